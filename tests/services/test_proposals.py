"""What people proposed at a meeting, and what is made of it."""

from dataclasses import replace

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted, QuoteNotInSource
from domain.people import StakeholderGroup
from domain.recommendations import Clearness, RecommendationState
from domain.talk import ConsentUse, RevisionKind, Wish, WishMadeBy
from services import erasure, meetings, proposals, recommendations, transcripts
from services.access import acting_as
from services.proposals import make_draft, proposed
from store import talk, wishes
from store.tables import not_proposal, text_revision
from tests.services.conftest import AGREED

WORDS = "We should teach whoever is awake at night, not only whoever comes to clinic."
SHORT = "Let's call every family."
READER = Actor("Lea", (Grant(StaffRole.LEADER),))


@pytest.fixture
def sentence(told_meeting):
    (found,) = proposed(told_meeting).sentences
    return found


@pytest.fixture
def long_turn(meeting_id):
    """A turn in which one short sentence of three proposes."""
    words = f"Ann Lee: The mask leaked for weeks. {SHORT} Nobody had told us about it."
    understood = transcripts.understand(meeting_id, "long.txt", words.encode())
    people = {match.label: match.attendance_id for match in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)
    (found,) = proposed(meeting_id).sentences
    return found


def only(meeting_id):
    (view,) = recommendations.recommendations(meeting_id)
    return view


def test_a_sentence_that_proposes_is_listed_with_group_and_place(sentence):
    assert sentence.quote.text == WORDS
    assert sentence.stakeholder_group is StakeholderGroup.PERSON_LIVING_WITH_ALS
    assert sentence.clearness is Clearness.CLEAR
    assert sentence.number is None


def test_a_meeting_without_words_lists_nothing(meeting_id):
    assert proposed(meeting_id) == proposals.Proposed((), ())


def test_the_quote_stands_at_its_offsets_within_the_turn(long_turn, meeting_id):
    (said,) = transcripts.utterances(meeting_id)

    assert long_turn.quote.text == SHORT
    assert said.text[long_turn.quote.start : long_turn.quote.end] == SHORT


def test_one_press_makes_a_draft_with_the_sentence_behind_it(told_meeting, sentence):
    make_draft(sentence.quote, author="f")

    view = only(told_meeting)
    assert (view.recommendation.text, view.recommendation.state) == (
        WORDS,
        RecommendationState.DRAFT,
    )
    assert [e.quote for e in view.evidence] == [sentence.quote]
    assert proposed(told_meeting).sentences[0].number == 1


def test_a_second_draft_in_the_same_words_is_refused(sentence):
    make_draft(sentence.quote, author="f")

    with pytest.raises(NotAllowedNow, match="Recommendation 1 has exactly these words"):
        make_draft(sentence.quote, author="f")


@pytest.mark.parametrize("act", [make_draft, proposals.dismiss, proposals.bring_back])
def test_words_that_are_not_exactly_there_are_refused(told_meeting, sentence, act):
    altered = replace(sentence.quote, text=WORDS.replace("night", "noon"))

    with pytest.raises(QuoteNotInSource):
        act(altered, author="f")

    assert recommendations.recommendations(told_meeting) == ()


@pytest.mark.parametrize("act", [make_draft, proposals.dismiss, proposals.bring_back])
def test_who_only_reads_sees_the_list_and_changes_nothing(told_meeting, sentence, act):
    with acting_as(READER):
        assert proposed(told_meeting).sentences == (sentence,)
        with pytest.raises(NotPermitted):
            act(sentence.quote, author="Lea")


def test_what_is_no_proposal_is_listed_apart_and_can_be_put_back(told_meeting, sentence):
    proposals.dismiss(sentence.quote, author="f")
    proposals.dismiss(sentence.quote, author="f")
    off = proposed(told_meeting)

    proposals.bring_back(sentence.quote, author="f")

    assert (off.sentences, off.dismissed) == ((), (sentence,))
    assert proposed(told_meeting).sentences == (sentence,)


def test_a_dismissal_holds_for_the_same_words_in_a_later_release(store, told_meeting, sentence):
    proposals.dismiss(sentence.quote, author="f")
    with store.write() as tx:
        again = f"So, yes. {WORDS}"
        talk.add_revision(
            tx, sentence.utterance_id, RevisionKind.RELEASED, again, author="reviewer"
        )

    (off,) = proposed(told_meeting).dismissed
    proposals.bring_back(off.quote, author="f")

    assert off.quote.revision_id != sentence.quote.revision_id
    assert len(proposed(told_meeting).sentences) == 1


def test_withheld_words_are_on_no_list_and_make_no_draft(store, told_meeting, sentence):
    with store.write() as tx:
        talk.add_revision(tx, sentence.utterance_id, RevisionKind.WITHHELD, "", author="r")

    assert proposed(told_meeting).sentences == ()
    with pytest.raises(NotFound):
        make_draft(sentence.quote, author="f")


def test_a_draft_of_one_sentence_is_hidden_when_the_turn_is_withdrawn(store, meeting_id, long_turn):
    make_draft(long_turn.quote, author="f")
    assert only(meeting_id).recommendation.text == SHORT

    with store.write() as tx:
        wishes.add_wish(tx, long_turn.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert recommendations.recommendations(meeting_id) == ()
    assert proposed(meeting_id).sentences == ()


def test_erasing_a_person_takes_the_draft_of_a_short_sentence_and_every_mark(
    store, meeting_id, long_turn
):
    make_draft(long_turn.quote, author="f")
    proposals.dismiss(long_turn.quote, author="f")
    ann = next(a for a in meetings.roster(meeting_id) if a.name == "Ann Lee")

    erasure.erase_person(ann.attendance_id, reason="asked by telephone")

    assert recommendations.recommendations(meeting_id) == ()
    with store.read() as tx:
        assert tx.execute(not_proposal.select()).all() == []


def test_no_word_is_stored_beside_the_place_of_what_is_no_proposal(store, sentence):
    proposals.dismiss(sentence.quote, author="f")

    with store.read() as tx:
        (row,) = tx.execute(not_proposal.select()).all()
    assert WORDS not in str(row)
    assert (row.start, row.end) == (sentence.quote.start, sentence.quote.end)


def test_whoever_did_not_agree_to_be_quoted_is_not_listed(meeting_id):
    understood = transcripts.understand(meeting_id, "t.txt", f"Ann Lee: {WORDS}".encode())
    people = {match.label: match.attendance_id for match in understood.matches}
    counted_only = transcripts.ConsentGiven(
        frozenset({ConsentUse.RECORDED, ConsentUse.GROUPED}), "forms"
    )
    transcripts.store_transcript(meeting_id, understood, people, counted_only, is_released=True)

    assert proposed(meeting_id).sentences == ()


def test_a_text_that_was_altered_underneath_is_read_anew(store, meeting_id, long_turn):
    with store.write() as tx:
        tx.execute(
            text_revision.update()
            .where(text_revision.c.revision_id == long_turn.quote.revision_id)
            .values(text=f"Well. {SHORT}")
        )

    (found,) = proposed(meeting_id).sentences

    assert (found.quote.text, found.quote.start) == (SHORT, 6)
