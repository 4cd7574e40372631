"""Quotes for and against a recommendation."""

import pytest

from domain.recommendations import Direction
from domain.talk import ConsentUse, locate_quote
from services import (
    evidence,
    meetings,
    recommendation_story,
    recommendations,
    story,
    transcripts,
    word_uses,
)
from services.runtime import runtime
from store import consent, own_words
from tests.pages.chain import make_chain

FOR, AGAINST = Direction.SUPPORTS, Direction.SPEAKS_AGAINST


@pytest.fixture
def recommendation_id(told_meeting):
    return recommendations.write(told_meeting, "Teach whoever is awake at night.", author="f")


@pytest.fixture
def quote(told_meeting):
    words = "nights at home are different"
    said = next(u for u in transcripts.utterances(told_meeting) if words in u.text)
    return locate_quote(said.revision_id, said.text, words)


def view(meeting_id):
    (found,) = recommendations.recommendations(meeting_id)
    return found


def test_a_quote_against_it_stands_apart_from_those_for_it(told_meeting, recommendation_id, quote):
    evidence.attach(recommendation_id, quote, author="f", direction=AGAINST)

    found = view(told_meeting)
    assert (found.evidence, [e.quote for e in found.against]) == ((), [quote])


def test_a_quote_can_be_turned_and_turned_back(told_meeting, recommendation_id, quote):
    evidence_id = evidence.attach(recommendation_id, quote, author="f")

    evidence.turn(evidence_id, AGAINST, author="f")
    turned = view(told_meeting)
    evidence.turn(evidence_id, FOR, author="f")

    assert (len(turned.evidence), len(turned.against)) == (0, 1)
    assert len(view(told_meeting).evidence) == 1


def test_attached_again_it_stands_where_it_was_put_last(told_meeting, recommendation_id, quote):
    first = evidence.attach(recommendation_id, quote, author="f")
    again = evidence.attach(recommendation_id, quote, author="f", direction=AGAINST)

    assert first == again
    assert len(view(told_meeting).against) == 1


def test_what_is_attached_in_either_direction_is_suggested_no_more(told_meeting, recommendation_id):
    near = evidence.suggest_evidence(recommendation_id)[0]

    evidence.attach(recommendation_id, near.quote, author="f", direction=AGAINST)

    after = [one.quote for one in evidence.suggest_evidence(recommendation_id)]
    assert near.quote not in after


def test_the_story_counts_both_directions(told_meeting, recommendation_id, quote):
    evidence.attach(recommendation_id, quote, author="f", direction=AGAINST)

    told = recommendation_story.story(recommendation_id)[0].sentence

    assert told.endswith("1 speaks against it")


def test_a_quote_against_it_starts_no_success_story(app_runtime):
    """The story of a programme begins with words that led to what was done."""
    chain = make_chain()
    before = story.chain_story(chain.programme_id)
    (found,) = recommendations.recommendations(chain.meeting_id)

    evidence.turn(found.evidence[0].evidence_id, AGAINST, author="f")

    assert before is not None
    assert story.chain_story(chain.programme_id) is None


def test_whoever_said_it_reads_that_it_stands_as_a_doubt(told_meeting, recommendation_id, quote):
    evidence.attach(recommendation_id, quote, author="f", direction=AGAINST)
    speaker = next(
        u for u in transcripts.utterances(told_meeting) if u.revision_id == quote.revision_id
    )

    with runtime().store.read() as tx:
        turns = own_words.turns_of(tx, [speaker.attendance_id])
        uses = word_uses.uses_of(tx, turns, [speaker.attendance_id])

    assert [q.speaks_against for q in uses[speaker.utterance_id].quoted] == [True]


def test_who_takes_words_back_takes_the_dissent_away_too(told_meeting, recommendation_id, quote):
    evidence.attach(recommendation_id, quote, author="f", direction=AGAINST)

    with runtime().store.write() as tx:
        consent.add_consent(
            tx,
            told_meeting,
            dict.fromkeys(ConsentUse, False),
            written_where="",
            recorded_by="participant",
            attendance_id=next(
                a.attendance_id for a in meetings.roster(told_meeting) if a.name == "Dr. Bo Diaz"
            ),
        )

    assert view(told_meeting).against == ()
