"""Nobody reads a thousand lines: the rest is released at once, and taken back at once."""

import os

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from domain.identifiers import IdentifierKind, Suggestion
from domain.talk import ConsentUse, Quote
from services import bulk_release, jobs, recommendations, releasing, review, themes, transcripts
from services import hide_suggestions as hides
from services.access import acting_as
from services.hide_suggestions import suggest
from services.review import Shelf
from services.transcripts import ConsentGiven
from store import audit
from store import review as kept

TALK = b"""Ann Lee: The mask leaks every single night and nobody showed us how to fit it.
Bo Diaz: Ann Lee told me that the mask fitting in clinic is different from nights at home.
Ann Lee: My daughter is the mayor and she asked at the town hall about the mask.
Bo Diaz: Write to bo.diaz@example.org about the mask and the letters.
Stranger: Hello, can you hear me?
Ann Lee: Insurance denied the cough machine twice before anybody called them.
"""
WHY = "Release after the meeting"
N_PLANTED = 1000 if os.environ.get("STRESS") == "1" else 60
REVIEWER = Actor("Rae", (Grant(StaffRole.REVIEWER),))
HIDDEN = (
    "[name] told me that the mask fitting in clinic is different from nights at home.",
    "Write to [e-mail] about the mask and the letters.",
)


class FindsNoNames:
    """A language model that finds nothing: the roster and the patterns are left."""

    def entities(self, texts):
        yield from (() for _ in texts)


@pytest.fixture
def heard(app_runtime, meeting_id):
    """Six turns, nothing released: one asks a question, one is nobody's."""
    app_runtime.__dict__["_name_model"] = FindsNoNames()
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    people = {match.label: match.attendance_id for match in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=False)
    return meeting_id


@pytest.fixture
def looked_at(heard):
    """The same once the machine looked through it."""
    suggest(heard)
    return heard


def shared(meeting_id):
    return [u.text for u in transcripts.utterances(meeting_id)]


def turn_with(meeting_id, words):
    page = review.queue(meeting_id, reason=WHY, shelf=Shelf.WAITING)
    return next(t for u in page.turns if words in (t := review.turn(page, u)).turn.said.text)


def events(store, action):
    with store.read() as tx:
        return [e for e in audit.events(tx) if e.action == action]


def test_the_preview_tells_what_goes_out_and_what_is_left_out(looked_at):
    told = bulk_release.preview(looked_at)

    assert (told.n_turns, told.n_to_read, told.n_not_agreed) == (4, 1, 1)
    assert dict(told.kinds) == {"name": 1, "e-mail address": 1}
    assert told.n_stretches == 2


def test_a_preview_releases_nothing(looked_at):
    bulk_release.preview(looked_at)

    assert shared(looked_at) == []


def test_what_is_released_is_what_the_preview_told(looked_at):
    told = bulk_release.preview(looked_at)

    done = bulk_release.release_rest(looked_at)

    assert done.n_turns == told.n_turns == len(shared(looked_at))


def test_suggested_stretches_are_hidden_and_the_rest_stands_verbatim(looked_at):
    bulk_release.release_rest(looked_at)

    assert set(HIDDEN) < set(shared(looked_at))
    assert TALK.decode().splitlines()[0].removeprefix("Ann Lee: ") in shared(looked_at)


def test_what_the_machine_did_not_look_at_is_not_released(heard):
    told = bulk_release.preview(heard)

    assert bulk_release.release_rest(heard).n_turns == 0
    assert (told.n_turns, told.n_unchecked) == (0, 5)


def test_a_turn_that_asks_a_question_waits_for_a_person(looked_at):
    bulk_release.release_rest(looked_at)

    assert not any("mayor" in text for text in shared(looked_at))
    page = review.queue(looked_at, reason=WHY)
    assert len(page.turns) == 1


def test_a_turn_with_a_stretch_that_the_machine_is_unsure_of_waits_for_a_person(
    looked_at, app_runtime
):
    turn = turn_with(looked_at, "Insurance denied").turn
    unsure = Suggestion(0, 9, IdentifierKind.ORGANISATION, "a guess", 0.4)
    with app_runtime.store.write() as tx:
        from store.hide_suggestions import replace_suggestions

        name = hides._search_name(hides._roster(tx, looked_at))
        replace_suggestions(tx, {turn.texts.source: [unsure]}, name)

    bulk_release.release_rest(looked_at)

    assert not any("Insurance" in text for text in shared(looked_at))


def test_what_is_held_back_stays_so(looked_at):
    turn = turn_with(looked_at, "Insurance denied").turn
    releasing.hold_back(turn.utterance_id, "They asked for it")

    bulk_release.release_rest(looked_at)

    assert bulk_release.preview(looked_at).n_held_back == 1
    assert not any("Insurance" in text for text in shared(looked_at))


def test_words_of_somebody_who_did_not_agree_stay(looked_at):
    """B-4: A stranger's words are in no release."""
    bulk_release.release_rest(looked_at)

    assert not any("can you hear me" in text for text in shared(looked_at))


def test_only_a_reviewer_releases_at_once(looked_at):
    """B-15: Releasing needs the reviewer's role."""
    facilitator = Actor("Fay", (Grant(StaffRole.FACILITATOR),))

    for call in (bulk_release.preview, bulk_release.release_rest, bulk_release.releases):
        with acting_as(facilitator), pytest.raises(NotPermitted):
            call(looked_at)

    assert shared(looked_at) == []


def test_a_release_in_parts_is_one_release(looked_at, monkeypatch):
    monkeypatch.setattr(bulk_release, "AT_ONCE", 1)
    told = []

    done = bulk_release.release_rest(looked_at, on_progress=lambda s, _: told.append(round(s, 2)))

    assert told == [0.25, 0.5, 0.75, 1.0]
    assert [made.n_turns for made in bulk_release.releases(looked_at)] == [done.n_turns] == [4]


def test_a_release_that_was_cut_off_is_finished_by_doing_it_again(looked_at, monkeypatch):
    monkeypatch.setattr(bulk_release, "AT_ONCE", 1)

    def stop(share, _):
        if share >= 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk_release.release_rest(looked_at, on_progress=stop)
    assert len(shared(looked_at)) == 2

    bulk_release.release_rest(looked_at)

    assert len(shared(looked_at)) == 4


def test_releasing_again_releases_nothing_twice(looked_at):
    bulk_release.release_rest(looked_at)

    assert bulk_release.release_rest(looked_at).n_turns == 0


def test_a_release_is_taken_back_as_a_whole(looked_at):
    """B-3: After it, no line of it is in the shared zone."""
    made = bulk_release.release_rest(looked_at)

    n_turns = bulk_release.take_back(looked_at, made.at)

    assert (n_turns, shared(looked_at)) == (4, [])
    assert bulk_release.releases(looked_at) == ()
    assert review.progress(looked_at).n_taken_back == 4


def test_what_was_released_anew_since_stays_when_the_whole_is_taken_back(looked_at):
    made = bulk_release.release_rest(looked_at)
    page = review.queue(looked_at, reason=WHY, shelf=Shelf.RELEASED)
    turn = review.turn(page, page.turns[0]).turn
    only = Suggestion(0, 3, IdentifierKind.NAME, "by hand", 1.0)
    releasing.release(turn.utterance_id, turn.texts.source, [only])

    bulk_release.take_back(looked_at, made.at)

    assert [text[:6] for text in shared(looked_at)] == ["[name]"]


def test_what_was_taken_back_goes_out_again_only_when_asked_for(looked_at):
    made = bulk_release.release_rest(looked_at)
    bulk_release.take_back(looked_at, made.at)

    assert bulk_release.release_rest(looked_at).n_turns == 0
    assert bulk_release.release_rest(looked_at, with_taken_back=True).n_turns == 4
    assert set(HIDDEN) < set(shared(looked_at))


def test_what_came_in_released_can_be_taken_back_and_released_with_stretches_hidden(
    app_runtime, meeting_id
):
    app_runtime.__dict__["_name_model"] = FindsNoNames()
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    people = {match.label: match.attendance_id for match in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    (made,) = bulk_release.releases(meeting_id)

    bulk_release.take_back(meeting_id, made.at)
    suggest(meeting_id)
    bulk_release.release_rest(meeting_id, with_taken_back=True)

    assert set(HIDDEN) < set(shared(meeting_id))


def test_quotes_of_a_release_that_is_taken_back_are_lost_sources(looked_at, store):
    made = bulk_release.release_rest(looked_at)
    asked = recommendations.write(looked_at, "Teach mask fitting.", author="f")
    said = transcripts.utterances(looked_at)[0]
    recommendations.attach(asked, Quote(said.revision_id, 0, 8, said.text[:8]), author="f")

    bulk_release.take_back(looked_at, made.at)

    (view,) = recommendations.recommendations(looked_at)
    assert view.evidence == ()
    assert view.n_lost_sources == 1


def test_themes_are_found_after_a_release_and_after_taking_it_back(looked_at):
    made = bulk_release.release_rest(looked_at)
    first = jobs.newest(looked_at, themes.THEMES)
    assert first

    jobs.cancel(first.job_id)
    bulk_release.take_back(looked_at, made.at)

    assert jobs.newest(looked_at, themes.THEMES).job_id != first.job_id


def test_both_are_written_down_with_their_moment_and_no_words(looked_at, store):
    """B-14: Who, when, what and no content."""
    with acting_as(REVIEWER):
        made = bulk_release.release_rest(looked_at)
        bulk_release.take_back(looked_at, made.at)

    (released,) = events(store, "words released in bulk")
    (taken_back,) = events(store, "bulk release taken back")
    assert released.actor == taken_back.actor == "Rae"
    assert released.reason == taken_back.reason == f"4 turns of {made.at.isoformat()}"


def test_the_moment_in_the_log_names_every_turn_of_a_release(looked_at, store):
    """B-14: What was released can be told from the log alone."""
    made = bulk_release.release_rest(looked_at)

    with store.read() as tx:
        theirs = [t for t in kept.texts_of(tx, looked_at).values() if t.released_at == made.at]
    assert len(theirs) == 4


def test_no_identifier_that_was_suggested_is_in_the_shared_zone_after_a_bulk_release(
    app_runtime, meeting_id, record_property
):
    """B-3: What the machine would hide reaches nobody by a release of many."""
    app_runtime.__dict__["_name_model"] = FindsNoNames()
    planted = [f"canary{n:04}@example.org" for n in range(N_PLANTED)]
    lines = [
        f"{('Ann Lee', 'Bo Diaz')[n % 2]}: Bo Diaz wrote to {one} about the chair."
        for n, one in enumerate(planted)
    ]
    understood = transcripts.understand(meeting_id, "talk.txt", "\n".join(lines).encode())
    people = {match.label: match.attendance_id for match in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=False)
    suggest(meeting_id)

    bulk_release.release_rest(meeting_id)

    told = "\n".join(shared(meeting_id))
    leaked = [one for one in [*planted, "Bo Diaz"] if one in told]
    assert told.count("[e-mail]") == N_PLANTED
    assert leaked == []
    record_property("figure", f"{len(leaked)} of {N_PLANTED + 1} planted identifiers shared")
