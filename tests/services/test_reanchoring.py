"""What stands behind recommendations follows the words, or ends and says so."""

import pytest
from sqlalchemy import func, select

from domain.errors import NotFound
from domain.recommendations import LossReason
from domain.talk import Quote, RevisionKind, Zone
from services import passages, recommendations
from services.reanchoring import reanchor
from services.recommendation_reading import verified_evidence, waiting_evidence
from services.recommendation_story import story
from services.theme_finding import find_themes_of_meeting
from store import anchors, talk
from store.tables import embedding, evidence, membership, passage

ASKED = "Lend every family a cough machine before they ask for one."


@pytest.fixture
def said(told_meeting, store):
    """The first turn, as others see it."""
    with store.read() as tx:
        return talk.utterances_of(tx, told_meeting, Zone.SHARED)[0]


@pytest.fixture
def recommendation_id(told_meeting):
    return recommendations.write(told_meeting, ASKED, author="facilitator")


def attach(recommendation_id, said, words):
    start = said.text.index(words)
    quote = Quote(said.revision_id, start, start + len(words), words)
    recommendations.attach(recommendation_id, quote, author="facilitator")


def release_as(store, said, text, *, reason="text changed", kind=RevisionKind.RELEASED):
    with store.write() as tx:
        talk.add_revision(tx, said.utterance_id, kind, text, author="reviewer")
        reanchor(tx, said.utterance_id, reason=reason)


def quotes(store, recommendation_id):
    with store.read() as tx:
        found, n_broken = verified_evidence(tx, [recommendation_id])
    assert not n_broken
    return [e.quote.text for e in found.get(recommendation_id, ())]


def losses(store, recommendation_id):
    with store.read() as tx:
        found = anchors.losses_of(tx, [recommendation_id])
    return [reason for _, reason in found.get(recommendation_id, ())]


def count(store, table):
    with store.read() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_quote_that_stands_at_the_same_place_moves_along(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks")

    release_as(store, said, f"{said.text} Every one.")

    assert quotes(store, recommendation_id) == ["The mask leaks"]
    assert losses(store, recommendation_id) == []


def test_a_quote_that_stands_once_at_another_place_moves_there(store, said, recommendation_id):
    attach(recommendation_id, said, "nobody showed us")

    release_as(store, said, f"[name] said: {said.text}")

    assert quotes(store, recommendation_id) == ["nobody showed us"]


def test_a_quote_that_could_stand_at_two_places_is_not_guessed(store, said, recommendation_id):
    attach(recommendation_id, said, "nobody showed us")

    release_as(store, said, "Once, nobody showed us. Twice, nobody showed us.")

    assert quotes(store, recommendation_id) == []
    assert losses(store, recommendation_id) == [LossReason.TEXT_CHANGED]


def test_a_quote_that_overlaps_itself_is_not_guessed_either(store, said, recommendation_id):
    release_as(store, said, "ohohx")
    with store.read() as tx:
        now = talk.utterances_of(tx, said.meeting_id, Zone.SHARED)[0]
    attach(recommendation_id, now, "ohoh")

    release_as(store, now, "x ohohoh")

    assert losses(store, recommendation_id) == [LossReason.TEXT_CHANGED]


def test_a_quote_with_a_hidden_stretch_is_lost_and_the_loss_is_kept(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks")

    release_as(store, said, said.text.replace("mask", "[device]"))

    assert quotes(store, recommendation_id) == []
    assert losses(store, recommendation_id) == [LossReason.TEXT_CHANGED]


def test_words_that_are_taken_back_leave_only_that_a_source_was_withdrawn(
    store, said, recommendation_id
):
    """B-11: A recommendation keeps its text and knows that a source was withdrawn."""
    attach(recommendation_id, said, "The mask leaks")

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    assert count(store, evidence) == 0
    assert losses(store, recommendation_id) == [LossReason.WITHDRAWN]
    assert recommendations.recommendations(said.meeting_id)[0].recommendation.text == ASKED


def test_the_story_tells_that_a_source_was_withdrawn_and_no_more(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks")

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    assert "1 source withdrawn" in [event.sentence for event in story(recommendation_id)]
    assert recommendations.recommendations(said.meeting_id)[0].n_lost_sources == 1


def test_words_that_a_person_withdraws_go_though_their_release_stands(
    store, said, recommendation_id
):
    attach(recommendation_id, said, "The mask leaks")

    with store.write() as tx:
        reanchor(tx, said.utterance_id, reason="withdrawn")

    assert count(store, evidence) == 0


def test_two_quotes_that_become_one_are_one(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks")
    with store.write() as tx:
        talk.add_revision(
            tx, said.utterance_id, RevisionKind.RELEASED, said.text, author="reviewer"
        )
        now = talk.utterances_of(tx, said.meeting_id, Zone.SHARED)[0]
    attach(recommendation_id, now, "The mask leaks")

    with store.write() as tx:
        reanchor(tx, said.utterance_id, reason="text changed")

    assert quotes(store, recommendation_id) == ["The mask leaks"]
    assert losses(store, recommendation_id) == []


def test_a_quote_of_somebody_else_stays_as_it_is(store, told_meeting, said, recommendation_id):
    with store.read() as tx:
        other = talk.utterances_of(tx, told_meeting, Zone.SHARED)[1]
    attach(recommendation_id, other, "We teach the mask fitting")

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    assert quotes(store, recommendation_id) == ["We teach the mask fitting"]


def test_passages_of_a_release_that_stands_no_more_go_with_their_places_and_vectors(
    store, told_meeting, said
):
    """B-16: Vectors go with the words that they were made of."""
    find_themes_of_meeting(told_meeting)
    key = passages.sha256_of(said.text)
    before = count(store, passage), count(store, membership)

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    assert (count(store, passage), count(store, membership)) == (before[0] - 1, before[1] - 1)
    with store.read() as tx:
        left = tx.execute(select(embedding.c.text_sha256)).scalars().all()
    assert key not in left


def test_a_vector_stays_while_somebody_else_said_the_very_same(store, told_meeting, said):
    with store.read() as tx:
        other = talk.utterances_of(tx, told_meeting, Zone.SHARED)[1]
    release_as(store, other, said.text)
    find_themes_of_meeting(told_meeting)

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    with store.read() as tx:
        left = tx.execute(select(embedding.c.text_sha256)).scalars().all()
    assert passages.sha256_of(said.text) in left


def test_the_passages_of_what_was_heard_stay_in_the_restricted_zone(store, told_meeting, said):
    with store.write() as tx:
        talk.add_revision(
            tx, said.utterance_id, RevisionKind.CORRECTED, "Nobody showed us how.", author="r"
        )
    find_themes_of_meeting(told_meeting, Zone.RESTRICTED)
    before = count(store, passage)

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    assert count(store, passage) == before


def waiting(store, recommendation_id):
    with store.read() as tx:
        found = waiting_evidence(tx, [recommendation_id])
    return found.get(recommendation_id, [])


def test_a_quote_beside_a_correction_follows_though_its_words_stand_twice(
    store, said, recommendation_id
):
    twice = f"{said.text} {said.text}"
    release_as(store, said, twice)
    with store.read() as tx:
        now = talk.utterances_of(tx, said.meeting_id, Zone.SHARED)[0]
    words = "nobody showed us"
    start = now.text.rindex(words)
    quote = Quote(now.revision_id, start, start + len(words), words)
    recommendations.attach(recommendation_id, quote, author="f")

    release_as(store, now, twice.replace("The mask", "That mask", 1))

    (moved,) = recommendations.recommendations(said.meeting_id)[0].evidence
    assert moved.quote.text == words
    assert moved.quote.start == start + 1
    assert losses(store, recommendation_id) == []


def test_a_quote_whose_own_words_were_corrected_waits_and_is_not_shown(
    store, said, recommendation_id
):
    attach(recommendation_id, said, "The mask leaks every single night")

    release_as(store, said, said.text.replace("single", "singular"))

    assert quotes(store, recommendation_id) == []
    assert losses(store, recommendation_id) == []
    (one,) = waiting(store, recommendation_id)
    assert one.quote.text == "The mask leaks every singular night"


def test_a_corrected_quote_supports_again_once_it_is_confirmed(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks every single night")
    release_as(store, said, said.text.replace("single", "singular"))

    recommendations.confirm(waiting(store, recommendation_id)[0], author="f")

    assert quotes(store, recommendation_id) == ["The mask leaks every singular night"]
    assert waiting(store, recommendation_id) == []


def test_a_quote_is_confirmed_only_as_it_was_read(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks every single night")
    release_as(store, said, said.text.replace("single", "singular"))
    (read,) = waiting(store, recommendation_id)

    release_as(store, said, said.text.replace("single", "sole"))

    with pytest.raises(NotFound):
        recommendations.confirm(read, author="f")
    assert [e.quote.text for e in waiting(store, recommendation_id)] == [
        "The mask leaks every sole night"
    ]


def test_a_waiting_quote_goes_when_its_words_are_taken_back(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks every single night")
    release_as(store, said, said.text.replace("single", "singular"))

    release_as(store, said, "", reason="withdrawn", kind=RevisionKind.WITHHELD)

    assert count(store, evidence) == 0
    assert losses(store, recommendation_id) == [LossReason.WITHDRAWN]


def test_no_words_of_a_waiting_quote_are_kept_beside_it(store, said, recommendation_id):
    attach(recommendation_id, said, "The mask leaks every single night")
    release_as(store, said, said.text.replace("single", "singular"))

    with store.read() as tx:
        assert tx.execute(select(evidence.c.quote)).scalars().all() == [""]
