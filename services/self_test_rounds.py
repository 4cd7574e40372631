"""Send what was planted through the installed system, and look at what comes out. See `go_through`.

Everything here runs in a store of its own, which `services.self_test` puts in place, and through
the same services as a real meeting: nothing is faked and nothing is measured on the way in.
"""

import csv
import io
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.planted_scores import Seen, Shown, ShownVote
from analysis.planted_truth import PlantedMeeting, PlantedTurn, as_vtt
from analysis.suppression import PUBLIC_K, ROOM_K
from domain.errors import RoundtableError
from domain.ids import BallotId, MeetingId, RecommendationId, UtteranceId
from domain.meetings import MeetingFormat, Pillar, Season
from domain.talk import ConsentUse, Quote, Utterance
from domain.votes import Answer
from services import (
    ballots,
    exports,
    links,
    meetings,
    programmes,
    recommendations,
    themes,
    transcripts,
    voting,
)
from services.passages import Progress
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from services.theme_reading import read_run
from services.theme_views import ThemeQuote
from services.transcripts import ConsentGiven
from store import recommendations as kept

AUTHOR = "self test"
N_EVIDENCE = 5
AGREED = ConsentGiven(frozenset(ConsentUse), "invented for the self test")
AFTER_GUARD_S = 0.05
"""A page takes presses only after the dwell guard; wait a little longer."""


@dataclass(frozen=True)
class _Place:
    """The meeting in the store, with its turns in the order in which they were planted."""

    meeting_id: MeetingId
    said: list[Utterance]
    asked: list[RecommendationId]

    @property
    def turn_of(self) -> dict[UtteranceId, int]:
        return {u.utterance_id: n for n, u in enumerate(self.said)}


def go_through(planted: PlantedMeeting, tell: Progress) -> Seen:
    """File in, words released, themes, quotes, votes; then everything that others can be shown."""
    tell(0.02, "Bringing an invented meeting in")
    meeting_id = _bring_in(planted)
    tell(0.1, "Finding its themes")
    find_themes_of_meeting(meeting_id, on_progress=lambda share, m: tell(0.1 + 0.4 * share, m))
    tell(0.5, "Looking for its quotes")
    place = _recommend(planted, meeting_id)
    evidence = [_evidence(place, recommendation_id) for recommendation_id in place.asked]
    n_altered, n_let_through = _pass_off(place)
    tell(0.65, "Voting")
    ballot_id, read_back = _vote(planted, place)
    tell(0.9, "Reading what others are shown")
    return Seen(
        [u.text for u in place.said],
        _themes_of(place),
        evidence,
        list(_shown(place)),
        n_altered,
        n_let_through,
        read_back,
        _votes_shown(ballot_id),
    )


def _bring_in(planted: PlantedMeeting) -> MeetingId:
    """The file as a meeting program writes it, read by the reader; one part stays unreleased."""
    meeting_id = meetings.create_meeting(
        programmes.start_ours("Self test"),
        season=Season.SPRING,
        held_on=date(2026, 4, 9),
        challenge="An invented meeting for the self test",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    for name, group in planted.groups.items():
        meetings.add_person(meeting_id, name, group)
    _store(meeting_id, "planted.vtt", planted.turns, is_released=True)
    _store(meeting_id, "unreleased.vtt", planted.unreleased, is_released=False)
    return meeting_id


def _store(
    meeting_id: MeetingId, name: str, turns: Sequence[PlantedTurn], *, is_released: bool
) -> None:
    understood = transcripts.understand(meeting_id, name, as_vtt(turns))
    people = {m.label: m.attendance_id for m in understood.matches}
    transcripts.store_transcript(
        meeting_id, understood, people, AGREED, is_released=is_released, author=AUTHOR
    )


def _recommend(planted: PlantedMeeting, meeting_id: MeetingId) -> _Place:
    """One recommendation about each theme."""
    asked = [
        recommendations.write(meeting_id, theme.recommendation, author=AUTHOR)
        for theme in planted.themes
    ]
    return _Place(meeting_id, transcripts.utterances(meeting_id), asked)


def _evidence(place: _Place, recommendation_id: RecommendationId) -> list[int]:
    """The turns that are suggested for a recommendation; each suggestion is attached."""
    found = recommendations.suggest_evidence(recommendation_id, N_EVIDENCE)
    for one in found:
        recommendations.attach(recommendation_id, one.quote, author=AUTHOR)
    return [place.turn_of[one.utterance_id] for one in found]


def _pass_off(place: _Place) -> tuple[int, int]:
    """Try to have changed words taken for a quote: by attaching them, and behind the door's back.

    How many were tried, and how many were taken or shown.
    """
    n_tried = n_through = 0
    for n, recommendation_id in enumerate(place.asked):
        said = place.said[n * 7 % len(place.said)]
        for altered in _altered(said):
            n_tried += 1
            try:
                recommendations.attach(recommendation_id, altered, author=AUTHOR)
            except RoundtableError:
                n_through += _is_shown_when_stored(place, recommendation_id, altered)
            else:
                n_through += 1
    return n_tried, n_through


def _altered(said: Utterance) -> Iterator[Quote]:
    """Quotes that claim a place and hold other words, each a little off."""
    text, end = said.text, len(said.text)
    yield Quote(said.revision_id, 0, end, text.replace("e", "a", 1) + ("" if "e" in text else "!"))
    yield Quote(said.revision_id, 0, end - 1, text[:-1] + "!")
    yield Quote(said.revision_id, 1, end, "T" + text[1:].upper())
    yield Quote(said.revision_id, 0, end + 6, text + " never")


def _is_shown_when_stored(
    place: _Place, recommendation_id: RecommendationId, altered: Quote
) -> bool:
    """Put a changed quote into the store past every check; whether it is drawn then."""
    with runtime().store.write() as tx:
        evidence_id = kept.add_evidence(tx, recommendation_id, altered)
    shown = {
        e.evidence_id
        for view in recommendations.recommendations(place.meeting_id)
        for e in view.evidence
        if e.quote.text == altered.text
    }
    if evidence_id not in shown:
        with runtime().store.write() as tx:
            kept.remove_evidence(tx, evidence_id)
    return evidence_id in shown


def _vote(
    planted: PlantedMeeting, place: _Place
) -> tuple[BallotId, dict[str, list[Answer | None]]]:
    """Everybody answers on their own pages, and reads their answers there; then the vote closes."""
    ballot_id = ballots.open_ballot(place.meeting_id, place.asked, title="Planted")
    secrets = {a.name: secret for a, secret in links.secrets_for(place.meeting_id)}
    pages = [
        (name, position, given, voting.ballot_page(secrets[name], ballot_id, position).mark)
        for name, column in planted.votes.items()
        for position, given in enumerate(column, start=1)
        if given is not None
    ]
    time.sleep(runtime().settings.dwell_guard_ms / 1000 + AFTER_GUARD_S)
    for name, position, given, mark in pages:
        voting.answer(secrets[name], ballot_id, position, given, mark)
    read_back = {name: _my_answers(secrets[name], ballot_id) for name in planted.votes}
    ballots.close_ballot(ballot_id)
    return ballot_id, read_back


def _my_answers(secret: str, ballot_id: BallotId) -> list[Answer | None]:
    ballot, given = voting.my_answers(secret, ballot_id)
    found = (given.get(item.position) for item in ballot.items)
    return [None if one is None else Answer(one) for one in found]


def _votes_shown(ballot_id: BallotId) -> list[ShownVote]:
    """What the room is shown and what everybody else is."""
    return [
        ShownVote(one.item.position - 1, one.item.text, one.vote)
        for k in (ROOM_K, PUBLIC_K)
        for one in ballots.results(ballot_id, k).results
    ]


def _themes_of(place: _Place) -> list[str | None]:
    """The broad theme of each planted turn, of its first passage."""
    with runtime().store.read() as tx:
        read = read_run(tx, place.meeting_id)
    found: dict[UtteranceId, str | None] = {}
    for p in read.passages if read else ():
        found.setdefault(p.utterance.utterance_id, p.member.theme_id)
    return [found.get(u.utterance_id) for u in place.said]


def _shown(place: _Place) -> Iterator[Shown]:
    """Every word that a screen, a page or a file gives as said."""
    turn_of = place.turn_of
    said = [*_quotes_of_themes(place), *themes.set_aside(place.meeting_id)]
    yield from (Shown(turn_of[one.utterance_id], one.quote.text) for one in said)
    for point in themes.map_points(place.meeting_id):
        yield Shown(-1, point.words)
    for view in recommendations.recommendations(place.meeting_id):
        yield from (Shown(turn_of[e.utterance_id], e.quote.text) for e in view.evidence)
    yield from _in_the_file(place)


def _quotes_of_themes(place: _Place) -> Iterator[ThemeQuote]:
    """What the staff is shown of each theme, and what everybody is."""
    report = themes.theme_report(place.meeting_id)
    for theme in report.themes if report else ():
        yield from theme.quotes
        yield from themes.theme_quotes(place.meeting_id, theme.theme_id, len(place.said))
    for public in themes.public_themes(place.meeting_id):
        yield from public.quotes


FILES = {"utterances.csv": "text", "memberships.csv": "words", "evidence.csv": "quote"}
"""Tables of an export with the column that holds what people said."""


def _in_the_file(place: _Place) -> Iterator[Shown]:
    _, data = exports.export_meeting(place.meeting_id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, column in FILES.items():
            rows = csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))
            for row in rows:
                if not row[column]:
                    continue  # the words are kept from others: nothing is shown
                yield Shown(place.turn_of[UtteranceId(row["utterance_id"])], row[column])
