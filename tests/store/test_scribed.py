"""Lines typed in the room and drafts that were copied from them, in both databases."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from domain.ids import MeetingId, TranscriptId
from domain.meetings import Meeting, MeetingFormat, Pillar, Season
from domain.recommendations import RecommendationState
from domain.talk import ConsentUse, Manner, RevisionKind, Transcript, Wish, WishMadeBy
from store import consent, copies, meetings, recommendations, scribed, sources, talk, wishes
from store.tables import held_back
from store.talk import NewUtterance

LINE = "Lend machines at once."


@pytest.fixture
def meeting_id(any_store):
    with any_store.write() as tx:
        programme_id = meetings.add_programme(tx, "P", is_sample=False)
        held = Meeting(
            MeetingId(""),
            programme_id,
            Season.FALL,
            date(2024, 10, 3),
            "Nights",
            Pillar.CARE,
            MeetingFormat.ONLINE,
        )
        meeting_id = meetings.add_meeting(tx, held)
        all_of_it = dict.fromkeys(ConsentUse, True)
        consent.add_consent(tx, meeting_id, all_of_it, written_where="form", recorded_by="test")
        return meeting_id


@pytest.fixture
def line(any_store, meeting_id):
    """A proposing line that Ann typed, released."""
    source = Transcript(TranscriptId(""), meeting_id, "f", "live notes", "", "", datetime.now(UTC))
    typed = NewUtterance(None, LINE, None, None, "", manner=Manner.SCRIBED, is_proposal=True)
    with any_store.write() as tx:
        kept = Transcript(**{**vars(source), "transcript_id": sources.add_transcript(tx, source)})
        (utterance_id,) = talk.add_utterances(tx, kept, [typed], {}, author="Ann")
        talk.release_all(tx, [utterance_id], author="Ann")
    return utterance_id


def typed(store, meeting_id, author="Ann"):
    with store.read() as tx:
        return scribed.typed_by(tx, meeting_id, author)


def test_a_line_is_of_whoever_typed_it(any_store, meeting_id, line):
    assert typed(any_store, meeting_id) == {line}
    assert typed(any_store, meeting_id, "Bo") == set()


@pytest.mark.parametrize("how", ["withheld", "held back", "withdrawn"])
def test_a_line_that_was_taken_back_is_not_its_typists_any_more(any_store, meeting_id, line, how):
    """B-15: What a reviewer or the speaker took back is read by reviewers alone."""
    with any_store.write() as tx:
        if how == "withheld":
            talk.add_revision(tx, line, RevisionKind.WITHHELD, "", author="r")
        elif how == "held back":
            tx.execute(insert(held_back).values(utterance_id=line, held_at=datetime.now(UTC)))
        else:
            wishes.add_wish(tx, line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert typed(any_store, meeting_id) == set()


def copied(store, meeting_id, *texts):
    with store.read() as tx:
        return copies.taken_back(tx, meeting_id, texts)


def test_a_copy_is_taken_back_with_its_line_and_not_before(any_store, meeting_id, line):
    """B-4: The words of a draft follow the line that they were copied from."""
    assert copied(any_store, meeting_id, LINE) == set()

    with any_store.write() as tx:
        wishes.add_wish(tx, line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert copied(any_store, meeting_id, LINE, "Something else.") == {LINE}


def test_a_line_that_somebody_else_still_says_takes_no_copy_back(any_store, meeting_id, line):
    again = NewUtterance(None, LINE, None, None, "", manner=Manner.SCRIBED, is_proposal=True)
    with any_store.write() as tx:
        (source,) = sources.transcripts_of(tx, meeting_id)
        (second,) = talk.add_utterances(tx, source, [again], {}, author="Bo")
        talk.release_all(tx, [second], author="Bo")
        wishes.add_wish(tx, line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert copied(any_store, meeting_id, LINE) == set()


def test_drafts_go_with_a_line_that_is_taken_back_and_proposals_stay(any_store, meeting_id, line):
    with any_store.write() as tx:
        for state in (RecommendationState.DRAFT, RecommendationState.PROPOSED):
            recommendations.add_recommendation(tx, meeting_id, LINE, state, author="Ann")

        assert scribed.remove_drafts_of(tx, line) == 1

        left = recommendations.recommendations_of(tx, meeting_id)
    assert [r.state for r in left] == [RecommendationState.PROPOSED]


def test_a_draft_of_one_sentence_goes_with_the_line_that_holds_it(any_store, meeting_id, line):
    sentence = LINE.removesuffix(" at once.")
    with any_store.write() as tx:
        recommendations.add_recommendation(
            tx, meeting_id, sentence, RecommendationState.DRAFT, author="Ann"
        )

        assert scribed.remove_drafts_of(tx, line) == 1
