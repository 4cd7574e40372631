"""Every page of a participant, of family and of an owner, with real content. Start at `make_site`."""

from dataclasses import dataclass
from datetime import date

from domain.ids import MeasureId
from domain.initiatives import InitiativeKind, Measure, Milestone, Reading
from services import (
    family,
    initiatives,
    owner_links,
    participation,
    recommendations,
    statement_desk,
)
from services.my_words import Change, change, mark_of, my_words
from services.runtime import runtime
from tests.made_statement import write_statement
from tests.made_vote import MadeVote, make_vote
from tests.made_words import make_words


@dataclass(frozen=True)
class MadeSite:
    """Who opens what: the address that lets somebody in, and the pages below where they land."""

    vote: MadeVote
    ways: dict[str, tuple[str, tuple[str, ...]]]


def make_site() -> MadeSite:
    """Maria with words of every kind, Tom's family, and June with an initiative."""
    vote = make_vote(4, is_sample=True)
    make_words(vote)
    turns = my_words(vote.maria).turns
    for turn, wanted in ((turns[2], Change.MAKE_PRIVATE), (turns[3], Change.TAKE_BACK)):
        change(vote.maria, turn.utterance_id, wanted, mark_of(vote.maria, wanted, turn))
    ids = [turn.utterance_id for turn in turns]
    toms = my_words(vote.tom).turns[0].utterance_id
    asked = ["words", *(f"words/t/{u}" for u in ids), f"words/t/{ids[0]}/delete", "words/quoted/1"]
    asked += ["words/all", "words/all/delete", "promises", "hard", "help", "consent", ""]
    acting = ["words", f"words/t/{toms}", "words/all", "words/all/delete", "hard", "help"]
    owned = ["", "milestones/1", "milestone/1", "measures/1", "measure/1", "stage", "help"]
    mark = participation.consent_mark(vote.maria)
    participation.give_consent(vote.maria, participation.ConsentChoice.QUOTED, mark)
    written = write_statement(vote.maria, "Our lift broke twice in May.\n\nLend a second hoist.")
    draft = write_statement(vote.maria, "שלום, a wish of mine", is_sent=False)
    aside = write_statement(vote.maria, "Cure it <now> & for all")
    statement_desk.set_aside(aside, "This meeting is about equipment.", author="test")
    taken = statement_desk.accept(
        write_statement(vote.maria, "Lend chairs at once."), is_shared=True, author="test"
    )
    statement_desk.draft(taken, "Lend chairs at once.", author="test")
    asked += [f"write/{draft}", "written/1", "written/2", f"written/s/{written}/delete"]
    asked += [f"written/s/{s}" for s in (written, draft, aside)]
    maria = f"/p/j/{vote.maria}"
    return MadeSite(
        vote,
        {
            "maria": (maria, tuple(asked)),
            "family": (_family(vote), tuple(acting)),
            "owner": (_owner(vote), tuple(owned)),
        },
    )


def _family(vote: MadeVote) -> str:
    attendance_id = vote.people["Tom Okafor"].attendance_id
    wish = "Sam may act for him, as he wrote on the form."
    url = family.record_death(attendance_id, name="Sam Okafor", wish=wish)
    return _path(url)


def _owner(vote: MadeVote) -> str:
    asked = recommendations.recommendations(vote.meeting_id)[0].recommendation.recommendation_id
    initiative_id = initiatives.create(
        vote.programme_id,
        title="A pool of chairs that are lent within a week",
        kind=InitiativeKind.PROGRAMME,
        owner="June",
        summary="Chairs wait in three places and go out by the next day.",
        answers=[asked],
        proposed_on=date(2026, 1, 5),
    )
    for title in ("First chairs lent", "A second place opens", "A third", "All places known"):
        initiatives.add_milestone(initiative_id, Milestone(title, date(2026, 3, 1), None))
    for name in ("Days of waiting for a chair", "Chairs lent"):
        named = Measure(MeasureId(""), name, "days", False, 80, None, "", 20, None)
        measure_id = initiatives.add_measure(initiative_id, named)
        initiatives.add_reading(measure_id, Reading(31.5, date(2026, 3, 14), "loan register"))
    return _path(owner_links.make_link(initiative_id, "June Park"))


def _path(url: str) -> str:
    return url.removeprefix(runtime().settings.public_url)
