import pytest
from sqlalchemy import update

from domain.errors import NotAllowedNow, NotFound, QuoteNotInSource
from domain.recommendations import RecommendationState
from domain.talk import Quote, Zone, locate_quote
from services import recommendations, transcripts
from store.tables import text_revision
from tests.services.conftest import AGREED, TALK


@pytest.fixture
def recommendation_id(told_meeting):
    return recommendations.write(told_meeting, "Teach whoever is awake at night.", author="f")


def quote_of(meeting_id, words):
    said = next(u for u in transcripts.utterances(meeting_id) if words in u.text)
    return locate_quote(said.revision_id, said.text, words)


def view(meeting_id):
    (found,) = recommendations.recommendations(meeting_id)
    return found


def test_evidence_points_at_the_exact_words(told_meeting, recommendation_id):
    quote = quote_of(told_meeting, "teach whoever is awake at night")

    recommendations.attach(recommendation_id, quote, author="f")

    assert [e.quote for e in view(told_meeting).evidence] == [quote]


@pytest.mark.parametrize(
    "change",
    [
        lambda q: Quote(q.revision_id, q.start, q.end, q.text.replace("awake", "asleep")),
        lambda q: Quote(q.revision_id, q.start + 1, q.end + 1, q.text),
        lambda q: Quote(q.revision_id, q.start, q.end + 500, q.text),
        lambda q: Quote(q.revision_id, -1, q.end, q.text),
        lambda q: Quote(q.revision_id, q.start, q.start, ""),
    ],
    ids=["other words", "moved", "beyond the end", "negative", "empty"],
)
def test_a_quote_that_is_not_exactly_there_is_refused(told_meeting, recommendation_id, change):
    quote = quote_of(told_meeting, "teach whoever is awake at night")

    with pytest.raises(QuoteNotInSource):
        recommendations.attach(recommendation_id, change(quote), author="f")

    assert view(told_meeting).evidence == ()


def test_evidence_whose_source_was_altered_is_counted_and_not_shown(
    told_meeting, recommendation_id, store
):
    quote = quote_of(told_meeting, "teach whoever is awake at night")
    recommendations.attach(recommendation_id, quote, author="f")

    with store.write() as tx:
        altered = update(text_revision).where(text_revision.c.revision_id == quote.revision_id)
        tx.execute(altered.values(text="Nobody ever said that at all, not once in the meeting."))

    found = view(told_meeting)
    assert (found.evidence, found.n_broken) == ((), 1)


def test_the_same_quote_twice_is_kept_once(told_meeting, recommendation_id):
    quote = quote_of(told_meeting, "teach whoever is awake at night")

    first = recommendations.attach(recommendation_id, quote, author="f")
    second = recommendations.attach(recommendation_id, quote, author="f")

    assert first == second


def test_suggestions_are_verified_quotes_and_leave_out_what_is_attached(
    told_meeting, recommendation_id
):
    first = recommendations.suggest_evidence(recommendation_id)[0]
    assert "awake at night" in first.quote.text

    recommendations.attach(recommendation_id, first.quote, author="f")

    after = [s.quote for s in recommendations.suggest_evidence(recommendation_id)]
    assert first.quote not in after


def test_a_new_wording_keeps_the_earlier_one(told_meeting, recommendation_id):
    recommendations.revise(recommendation_id, "Teach the night shift.", author="f")

    assert [text for _, text, _ in recommendations.wordings(recommendation_id)] == [
        "Teach whoever is awake at night.",
        "Teach the night shift.",
    ]


def test_a_choice_can_be_undone(told_meeting, recommendation_id):
    recommendations.choose([recommendation_id])

    recommendations.unchoose(recommendation_id)

    assert view(told_meeting).recommendation.state is RecommendationState.PROPOSED


def test_only_a_draft_can_be_removed(told_meeting, recommendation_id):
    recommendations.remove_draft(recommendation_id)

    assert len(recommendations.recommendations(told_meeting)) == 1


def test_a_recommendation_without_words_is_refused(told_meeting):
    with pytest.raises(NotAllowedNow):
        recommendations.write(told_meeting, "  \n ", author="f")


def test_a_list_imported_twice_is_kept_once(told_meeting):
    data = b"recommendation\nLend cough machines at once.\nName the missing form.\n"
    found = recommendations.read_list("list.csv", data)

    first = recommendations.save_list(told_meeting, found, author="f")
    second = recommendations.save_list(told_meeting, found, author="f")

    assert (first, second) == (2, 0)


def test_words_that_were_not_released_are_no_evidence(meeting_id):
    recommendation_id = recommendations.write(meeting_id, "Lend machines.", author="f")
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    transcripts.store_transcript(meeting_id, understood, {}, AGREED, is_released=False)
    said = transcripts.utterances(meeting_id, Zone.RESTRICTED)[0]
    quote = locate_quote(said.revision_id, said.text, "The mask leaks")

    with pytest.raises(NotFound):
        recommendations.attach(recommendation_id, quote, author="f")
