"""Nothing reaches others before a reviewer releases it, and everything can be taken back."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotPermitted
from domain.identifiers import IdentifierKind, Suggestion
from domain.review import ReviewState, Why
from domain.talk import ConsentUse, Quote, Wish, WishMadeBy, Zone
from services import (
    hide_suggestions,
    jobs,
    recommendations,
    releasing,
    review,
    themes,
    transcripts,
)
from services.access import acting_as
from services.passages import embed_texts
from services.review import Shelf
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store import anchors, audit, talk, wishes
from tests.services.conftest import TALK

WHY = "Release after the meeting"
REVIEWER = Actor("Rae", (Grant(StaffRole.REVIEWER),))
LEADER = Actor("Lee", (Grant(StaffRole.LEADER),))
FACILITATOR = Actor("Fay", (Grant(StaffRole.FACILITATOR),))


@pytest.fixture
def heard(meeting_id):
    """The meeting with its transcript stored and nothing released."""
    return store_talk(meeting_id, frozenset(ConsentUse))


def store_talk(meeting_id, uses):
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    people = {match.label: match.attendance_id for match in understood.matches}
    transcripts.store_transcript(
        meeting_id, understood, people, ConsentGiven(uses, "forms"), is_released=False
    )
    return meeting_id


@pytest.fixture
def page(heard):
    return review.queue(heard, reason=WHY, shelf=Shelf.WAITING)


@pytest.fixture
def first(page):
    return review.turn(page, page.turns[0])


def shared(meeting_id):
    return [u.text for u in transcripts.utterances(meeting_id)]


def release(found, *hides):
    releasing.release(found.turn.utterance_id, found.turn.texts.source, hides)


def events(store, action):
    with store.read() as tx:
        return [e for e in audit.events(tx) if e.action == action]


def stretch(text, words, kind=IdentifierKind.NAME, sureness=0.95):
    start = text.index(words)
    return Suggestion(start, start + len(words), kind, "on the roster", sureness)


@pytest.mark.parametrize("actor", [LEADER, FACILITATOR], ids=lambda a: a.name)
def test_nobody_but_a_reviewer_opens_the_queue(heard, actor):
    """B-15: Raw text needs the reviewer's role."""
    with acting_as(actor), pytest.raises(NotPermitted):
        review.queue(heard, reason=WHY)


def test_a_reviewer_of_another_meeting_does_not_open_this_one(heard):
    """B-15: A role for one meeting does not reach another."""
    elsewhere = Actor("Rae", (Grant(StaffRole.REVIEWER, meeting_id="another"),))

    with acting_as(elsewhere), pytest.raises(NotPermitted):
        review.queue(heard, reason=WHY)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_is_opened(heard, store, reason):
    """B-15: Raw text needs a reason."""
    with pytest.raises(NotAllowedNow, match="First say why"):
        review.queue(heard, reason=reason)

    assert events(store, "raw words read") == []


@pytest.mark.parametrize("ask", [review.turn, review.look_around, review.neighbours])
def test_a_page_does_not_open_turns_that_are_not_on_it(told_meeting, store, ask):
    """B-15: Words are returned only for turns whose opening was written down."""
    page = review.queue(told_meeting, reason=WHY, shelf=Shelf.WAITING)
    with store.read() as tx:
        other = talk.utterances_of(tx, told_meeting, Zone.RESTRICTED)[0].utterance_id

    with pytest.raises(NotAllowedNow):
        ask(page, other)


def test_a_role_that_ended_reads_no_turn_of_a_page_that_is_open(page):
    """B-15: The role is asked again for every turn."""
    with acting_as(LEADER), pytest.raises(NotPermitted):
        review.turn(page, page.turns[0])


def test_an_opened_page_is_written_down_once_with_its_reason(heard, store, record_property):
    """B-14: Each reading of raw text has who, when, what and why, and no words."""
    with acting_as(REVIEWER):
        page = review.queue(heard, reason=WHY, shelf=Shelf.WAITING)
        for utterance_id in page.turns:
            review.turn(page, utterance_id)

    (event,) = events(store, "raw words read")
    assert (event.actor, event.subject_id) == ("Rae", heard)
    assert event.reason == f"{len(page.turns)} turns: {WHY}"
    record_property("figure", f"1 event for {len(page.turns)} turns read")


def test_neighbours_are_read_only_once_they_were_opened(page, store):
    third = page.turns[2]
    with pytest.raises(NotAllowedNow):
        review.neighbours(review.queue(page.meeting_id, reason=WHY, skip=page.turns), third)

    wider = review.look_around(page, third)

    assert len(review.neighbours(wider, third)) == 5
    assert review.look_around(wider, third) == wider


def test_nothing_is_shared_before_a_release(heard):
    """B-3: A line that was not released is nowhere in the shared zone."""
    assert shared(heard) == []
    assert themes.theme_report(heard) is None


def test_others_see_the_words_without_the_hidden_stretches(heard, first):
    words = first.turn.said.text

    release(first, stretch(words, "mask", IdentifierKind.DEVICE))

    assert shared(heard) == [words.replace("mask", "[device]")]


def test_what_was_heard_stays_after_a_release(page, first):
    words = first.turn.said.text

    release(first, stretch(words, "mask", IdentifierKind.DEVICE))

    again = review.turn(page, page.turns[0])
    assert again.turn.said.text == words
    assert again.released == words.replace("mask", "[device]")
    assert again.turn.state is ReviewState.RELEASED


def test_a_release_is_written_down_without_words(first, store):
    """B-14: No content in the log."""
    with acting_as(REVIEWER):
        release(first, stretch(first.turn.said.text, "mask"))

    (event,) = events(store, "words released")
    assert (event.actor, event.subject_id) == ("Rae", first.turn.utterance_id)
    assert event.reason == "1 stretches hidden"


@pytest.mark.parametrize("actor", [LEADER, FACILITATOR], ids=lambda a: a.name)
def test_nobody_but_a_reviewer_releases(heard, first, actor):
    """B-15: Releasing needs the reviewer's role."""
    with acting_as(actor), pytest.raises(NotPermitted):
        release(first)

    assert shared(heard) == []


def test_words_that_changed_since_they_were_read_are_not_released(heard, first):
    releasing.correct(first.turn.utterance_id, first.turn.texts.source, "The mask leaks.")

    with pytest.raises(NotAllowedNow, match="changed"):
        release(first)

    assert shared(heard) == []


def test_nothing_is_released_for_somebody_who_did_not_agree(meeting_id):
    """B-4: Without agreement a release is refused."""
    page = review.queue(
        store_talk(meeting_id, frozenset({ConsentUse.RECORDED})), reason=WHY, shelf=Shelf.WAITING
    )
    assert page.turns == ()
    assert review.progress(meeting_id).n_not_agreed == 7


def test_a_person_who_took_a_turn_back_is_not_overruled(heard, first, store):
    """B-4: What somebody withdrew is not released."""
    with store.write() as tx:
        wishes.add_wish(tx, first.turn.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    with pytest.raises(NotAllowedNow, match="took it back"):
        release(first)


def test_words_of_a_stranger_wait_for_nobody(heard):
    """B-4: An unknown speaker agreed to nothing; two of the labels are nobody on the roster."""
    told = review.progress(heard)

    assert (told.n_waiting, told.n_not_agreed) == (5, 2)


def test_hiding_everything_is_no_release(heard, first):
    words = first.turn.said.text
    blank = Suggestion(0, len(words), IdentifierKind.NAME, "by hand", 1.0)
    releasing.correct(first.turn.utterance_id, first.turn.texts.source, "  x  ")

    with pytest.raises(NotAllowedNow):
        releasing.correct(first.turn.utterance_id, first.turn.texts.source, "   ")
    with pytest.raises(NotAllowedNow):
        release(first, blank)


def test_a_correction_alone_changes_nothing_for_others(heard, page, first):
    release(first)
    before = shared(heard)

    releasing.correct(first.turn.utterance_id, first.turn.texts.source, "The mask leaks.")

    assert shared(heard) == before
    assert review.turn(page, page.turns[0]).turn.said.text == "The mask leaks."


def test_a_correction_is_looked_through_anew(heard, page, first):
    releasing.correct(first.turn.utterance_id, first.turn.texts.source, "The mask leaks.")

    assert not review.turn(page, page.turns[0]).is_checked
    assert jobs.newest(heard, hide_suggestions.IDENTIFIERS)


def test_what_is_taken_back_is_shown_to_nobody_and_waits_again(heard, first):
    release(first)

    releasing.take_back(first.turn.utterance_id)

    assert shared(heard) == []
    assert review.progress(heard).n_taken_back == 1
    assert Why.TAKEN_BACK in review.queue(heard, reason=WHY).whys[first.turn.utterance_id]


def test_taking_back_twice_is_taking_back_once(first, store):
    release(first)

    releasing.take_back(first.turn.utterance_id)
    releasing.take_back(first.turn.utterance_id)

    assert len(events(store, "release taken back")) == 1


def test_what_is_held_back_is_shown_to_nobody_and_leaves_the_queue(heard, first):
    release(first)

    releasing.hold_back(first.turn.utterance_id, "They would be recognised")

    assert shared(heard) == []
    assert first.turn.utterance_id not in review.queue(heard, reason=WHY, shelf=Shelf.WAITING).turns
    assert review.queue(heard, reason=WHY, shelf=Shelf.HELD_BACK).turns == (
        first.turn.utterance_id,
    )


def test_holding_back_needs_a_reason(heard, first):
    with pytest.raises(NotAllowedNow, match="First say why"):
        releasing.hold_back(first.turn.utterance_id, " ")


def test_what_is_held_back_no_more_waits_again(heard, first):
    releasing.hold_back(first.turn.utterance_id, "They would be recognised")

    releasing.let_go(first.turn.utterance_id)

    assert first.turn.utterance_id in review.queue(heard, reason=WHY, shelf=Shelf.WAITING).turns


def test_a_quote_moves_along_when_a_turn_is_released_anew(heard, page, first, store):
    release(first)
    asked = recommendations.write(heard, "Teach mask fitting.", author="facilitator")
    revision = transcripts.utterances(heard)[0]
    words = "The mask leaks"
    recommendations.attach(
        asked, Quote(revision.revision_id, 0, len(words), words), author="facilitator"
    )

    release(first, stretch(first.turn.said.text, "nobody"))

    (view,) = recommendations.recommendations(heard)
    assert [e.quote.text for e in view.evidence] == [words]
    assert view.n_broken == 0


def test_a_turn_taken_back_leaves_that_a_source_was_withdrawn(heard, first, store):
    """B-11: The recommendation stays and shows "1 source withdrawn"."""
    release(first)
    asked = recommendations.write(heard, "Teach mask fitting.", author="facilitator")
    said = transcripts.utterances(heard)[0]
    recommendations.attach(asked, Quote(said.revision_id, 0, 8, said.text[:8]), author="f")

    releasing.take_back(first.turn.utterance_id)

    with store.read() as tx:
        assert len(anchors.losses_of(tx, [asked])[asked]) == 1


def test_themes_are_found_again_when_words_of_theirs_are_taken_back(told_meeting):
    find_themes_of_meeting(told_meeting)
    page = review.queue(told_meeting, reason=WHY, shelf=Shelf.RELEASED)
    assert jobs.newest(told_meeting, themes.THEMES) is None

    releasing.take_back(page.turns[0])

    assert jobs.newest(told_meeting, themes.THEMES)


def test_a_line_that_proposes_is_read_before_others(heard, store):
    with store.write() as tx:
        last = talk.utterances_of(tx, heard, Zone.RESTRICTED)[5].utterance_id
        talk.mark_proposal(tx, last, is_proposal=True)

    page = review.queue(heard, reason=WHY)

    assert page.turns[0] == last
    assert page.whys[last][0] is Why.PROPOSES


@pytest.mark.parametrize("is_meaning_known", [True, False], ids=["by meaning", "by words"])
def test_words_near_a_recommendation_are_read_next(heard, is_meaning_known):
    asked = "Insurance denial letters name the missing form."
    recommendations.write(heard, asked, author="facilitator")
    if is_meaning_known:
        find_themes_of_meeting(heard, Zone.RESTRICTED)
        embed_texts([asked])

    page = review.queue(heard, reason=WHY)

    texts = {u.utterance_id: u.text for u in transcripts.utterances(heard, Zone.RESTRICTED)}
    supports = [texts[u] for u in page.turns if Why.SUPPORTS in page.whys[u]]
    assert any("insurance denial letters" in text for text in supports)


def test_typical_words_of_themes_are_read_before_the_rest(heard):
    find_themes_of_meeting(heard, Zone.RESTRICTED)

    page = review.queue(heard, reason=WHY, shelf=Shelf.WAITING)

    ranks = [page.whys[u][0] for u in page.turns]
    assert ranks == sorted(ranks)
    assert Why.TYPICAL in ranks


def test_without_themes_the_longest_turns_of_each_person_come_first(heard):
    page = review.queue(heard, reason=WHY)

    assert {Why.LONGEST} <= {why for whys in page.whys.values() for why in whys}


def test_a_skipped_turn_does_not_come_again(heard, page):
    again = review.queue(heard, reason=WHY, shelf=Shelf.WAITING, skip=page.turns[:2])

    assert again.turns == page.turns[2:]
