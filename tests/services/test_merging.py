"""Two recommendations of a meeting that say the same."""

from datetime import date

import pytest

from domain.errors import NotAllowedNow
from domain.talk import locate_quote
from services import (
    ballots,
    evidence,
    exports,
    merging,
    overview,
    recommendations,
    room,
    transcripts,
    what_happened,
)
from services.recommendation_story import story
from services.room import Showing
from store import merges, traces

KEPT, SAME, OTHER = (
    "Teach whoever is awake at night to fit the mask.",
    "Teach whoever is awake at night to fit masks.",
    "Name the missing form in every insurance letter.",
)


@pytest.fixture
def three(told_meeting):
    return [recommendations.write(told_meeting, t, author="f") for t in (KEPT, SAME, OTHER)]


def quote_of(meeting_id, words):
    said = next(u for u in transcripts.utterances(meeting_id) if words in u.text)
    return locate_quote(said.revision_id, said.text, words)


def numbers(meeting_id):
    return [v.recommendation.number for v in recommendations.recommendations(meeting_id)]


def test_two_that_say_the_same_are_offered_and_no_other_pair(told_meeting, three):
    pairs = merging.alike(told_meeting)

    assert [(p.first.number, p.second.number) for p in pairs] == [(1, 2)]


def test_a_joined_one_leaves_the_list_and_stays_readable(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    every = recommendations.recommendations(told_meeting, with_merged=True)
    assert numbers(told_meeting) == [1, 3]
    assert [v.recommendation.text for v in every] == [KEPT, SAME, OTHER]


def test_the_one_that_stands_shows_the_quotes_of_both(told_meeting, three):
    quote = quote_of(told_meeting, "The mask leaks")
    evidence.attach(three[1], quote, author="f")

    merging.merge(three[1], three[0], author="f")

    first = recommendations.recommendations(told_meeting)[0]
    assert [(e.quote, e.recommendation_id) for e in first.evidence] == [(quote, three[1])]
    assert [r.number for r in first.stands_for] == [2]


def test_parting_brings_everything_back(told_meeting, three):
    quote = quote_of(told_meeting, "The mask leaks")
    evidence.attach(three[1], quote, author="f")
    before = recommendations.recommendations(told_meeting)
    merging.merge(three[1], three[0], author="f")

    merging.part(three[1], author="f")

    assert recommendations.recommendations(told_meeting) == before


def test_a_chain_of_joined_ones_ends_at_the_one_that_stands(told_meeting, three):
    merging.merge(three[0], three[1], author="f")
    merging.merge(three[1], three[2], author="f")

    (last,) = recommendations.recommendations(told_meeting)
    assert [r.number for r in last.stands_for] == [1, 2]


def test_a_vote_asks_only_the_one_that_stands(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    ballot_id = ballots.open_ballot(told_meeting)

    (held,) = [b for b in ballots.ballots_of(told_meeting) if b.ballot.ballot_id == ballot_id]
    assert [item.recommendation_id for item in held.ballot.items] == [three[0], three[2]]


@pytest.mark.parametrize("held", [0, 1])
def test_what_a_ballot_holds_is_joined_no_more(told_meeting, three, held):
    ballots.open_ballot(told_meeting, [three[held]])

    with pytest.raises(NotAllowedNow, match="is in a vote"):
        merging.merge(three[1], three[0], author="f")


def test_once_people_vote_on_the_one_that_stands_the_two_are_parted_no_more(told_meeting, three):
    merging.merge(three[1], three[0], author="f")
    ballots.open_ballot(told_meeting, [three[0]])

    with pytest.raises(NotAllowedNow, match="is in a vote"):
        merging.part(three[1], author="f")


def test_what_was_decided_is_joined_no_more(told_meeting, three):
    recommendations.choose([three[1]])

    with pytest.raises(NotAllowedNow, match="is chosen"):
        merging.merge(three[1], three[0], author="f")


def test_a_recommendation_is_not_joined_with_itself(told_meeting, three):
    with pytest.raises(NotAllowedNow):
        merging.merge(three[0], three[0], author="f")


def test_no_circle_can_be_made(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    with pytest.raises(NotAllowedNow, match="is joined"):
        merging.merge(three[0], three[1], author="f")


def test_a_joined_one_is_not_decided_by_itself(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    with pytest.raises(NotAllowedNow, match="joined"):
        recommendations.choose([three[1]])


def test_the_wall_does_not_show_a_joined_one(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    with pytest.raises(Exception, match="recommendation"):
        room.show(told_meeting, Showing.RECOMMENDATION, three[1])


def test_the_overview_counts_a_joined_one_no_more(told_meeting, three, programme_id):
    merging.merge(three[1], three[0], author="f")

    assert overview.overview(programme_id, date(2026, 1, 1)).numbers[0].value == 2


def test_people_who_were_there_read_which_one_stands_for_theirs(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    asked = what_happened.what_happened(told_meeting).asked

    assert "same as recommendation 1" in asked[1].state


def test_both_stories_tell_of_it(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    kept, joined = ([e.sentence for e in story(one)] for one in (three[0], three[1]))

    assert "It stands for recommendation 2 as well" in kept
    assert "It was joined with recommendation 1" in joined


def test_the_export_says_which_one_stands(told_meeting, three):
    merging.merge(three[1], three[0], author="f")

    _, rows = exports._recommendations(told_meeting)

    assert [(row[0], row[5]) for row in rows] == [(1, None), (2, 1), (3, None)]


def test_a_removed_draft_gives_back_what_it_stood_for(told_meeting):
    drafts = [
        recommendations.write(told_meeting, t, author="f", is_draft=True) for t in (KEPT, SAME)
    ]
    merging.merge(drafts[1], drafts[0], author="f")

    recommendations.remove_draft(drafts[0])

    assert numbers(told_meeting) == [2]


def test_a_pair_that_is_not_the_same_is_not_offered_again(told_meeting, three):
    merging.keep_apart(three[1], three[0], author="Fay")

    assert merging.alike(told_meeting) == ()


def test_who_said_that_they_are_not_the_same_is_told(told_meeting, three):
    merging.keep_apart(three[1], three[0], author="Fay")

    (pair,) = merging.kept_apart(told_meeting)

    assert {pair.first.text, pair.second.text} == {KEPT, SAME}
    assert pair.marked_by == "Fay"


def test_a_pair_can_be_offered_again(told_meeting, three):
    merging.keep_apart(three[1], three[0], author="Fay")

    merging.offer_again(three[0], three[1], author="Fay")

    assert len(merging.alike(told_meeting)) == 1
    assert merging.kept_apart(told_meeting) == ()


def test_saying_it_twice_is_saying_it_once(told_meeting, three):
    merging.keep_apart(three[0], three[1], author="Fay")
    merging.keep_apart(three[1], three[0], author="Gil")

    (pair,) = merging.kept_apart(told_meeting)

    assert pair.marked_by == "Gil"


def test_a_recommendation_is_not_kept_apart_from_itself(three):
    with pytest.raises(NotAllowedNow):
        merging.keep_apart(three[0], three[0], author="Fay")


def test_a_recommendation_that_is_taken_away_takes_what_was_said_of_it(told_meeting, three, store):
    merging.keep_apart(three[0], three[1], author="Fay")

    with store.write() as tx:
        traces.remove_recommendation(tx, three[1])
        left = merges.kept_apart(tx, told_meeting)

    assert left == []
