"""A panel of experts from its start to its result, with the golden example of the method."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotPermitted
from domain.people import StakeholderGroup
from domain.votes import Asks
from services import ballots, erasure, links, panels, voting
from services.access import acting_as
from store import ballot_box
from tests.made_session import make

GOLDEN = (4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9)
APART = (1, 1, 1, 2, 2, 2, 3, 5, 7, 8, 8, 9, 9, 9, 9)


@pytest.fixture
def made(app_runtime):
    return make(n_options=2)


@pytest.fixture
def panel_id(made):
    return panels.start(made.meeting_id, made.options, made.people)


def vote_of(panel_id, number, asks):
    return panels.open_panel(panel_id).panel.ballots[number, asks]


def rate(made, panel_id, number, asks, *scores_of_options):
    """The members give these scores, one recommendation after the other."""
    ballot_id = vote_of(panel_id, number, asks)
    secrets = [secret for _, secret in links.secrets_for(made.meeting_id)]
    for option, scores in zip(made.options, scores_of_options, strict=False):
        for secret, score in zip(secrets, scores, strict=False):
            voting.lay_answer(secret, ballot_id, option, score)


def test_the_golden_example_goes_through_the_services(made, panel_id):
    """FIELD: Basger et al. 2012, Table 1: median 7, 30th and 70th percentile 7 and 8, 1.0 of 6.1."""
    rate(made, panel_id, 1, Asks.IMPORTANCE, GOLDEN)
    panels.close_round(panel_id)

    seen = panels.result(panel_id)[0].ratings[1, Asks.IMPORTANCE]

    assert panels.in_few_words(Asks.IMPORTANCE, seen) == "important"
    assert panels.in_numbers(seen) == (
        "15 of 15 rated: median 7, middle 7 to 8; range 1, disagreement above 6.1"
    )


def test_a_panel_that_lies_apart_disagrees(made, panel_id):
    rate(made, panel_id, 1, Asks.FEASIBILITY, GOLDEN, APART)
    panels.close_round(panel_id)

    seen = panels.result(panel_id)[1].ratings[1, Asks.FEASIBILITY]

    assert panels.in_few_words(Asks.FEASIBILITY, seen) == "disagreement"


def test_who_did_not_rate_stands_in_the_denominator(made, panel_id):
    rate(made, panel_id, 1, Asks.IMPORTANCE, GOLDEN[:4])
    panels.close_round(panel_id)

    first, second = panels.result(panel_id)

    told = [panels.in_numbers(row.ratings[1, Asks.IMPORTANCE]) for row in (first, second)]
    assert told == [
        "4 of 15 rated: counts would tell what single people said",
        "0 of 15 rated",
    ]
    assert panels.in_few_words(Asks.IMPORTANCE, first.ratings[1, Asks.IMPORTANCE]) == "withheld"


def test_both_rounds_stand_side_by_side(made, panel_id):
    rate(made, panel_id, 1, Asks.IMPORTANCE, APART)
    panels.close_round(panel_id)
    panels.open_second(panel_id)
    rate(made, panel_id, 2, Asks.IMPORTANCE, GOLDEN)
    panels.close_round(panel_id)

    row = panels.result(panel_id)[0]

    words = [panels.in_few_words(Asks.IMPORTANCE, row.ratings[n, Asks.IMPORTANCE]) for n in (1, 2)]
    assert words == ["disagreement", "important"]


def test_nothing_is_told_of_a_round_that_is_open(made, panel_id):
    rate(made, panel_id, 1, Asks.IMPORTANCE, GOLDEN)

    assert [row.ratings for row in panels.result(panel_id)] == [{}, {}]


def test_the_second_round_waits_for_the_first_and_asks_the_same_members(made):
    panel_id = panels.start(made.meeting_id, made.options, made.people[:7])
    with pytest.raises(NotAllowedNow, match="when both votes of the first have closed"):
        panels.open_second(panel_id)
    panels.close_round(panel_id)

    panels.open_second(panel_id)

    found = panels.open_panel(panel_id)
    assert [(v.round, v.asks, v.progress.n_invited) for v in found.votes] == [
        (1, Asks.IMPORTANCE, 7),
        (1, Asks.FEASIBILITY, 7),
        (2, Asks.IMPORTANCE, 7),
        (2, Asks.FEASIBILITY, 7),
    ]
    with pytest.raises(NotAllowedNow):
        panels.open_second(panel_id)


@pytest.mark.parametrize("n_members", [0, 1])
def test_a_panel_has_at_least_two_members(made, n_members):
    with pytest.raises(NotAllowedNow, match="2 to 30 members"):
        panels.start(made.meeting_id, made.options, made.people[:n_members])


def test_whoever_is_no_member_is_not_let_in_later(made):
    panel_id = panels.start(made.meeting_id, made.options, made.people[:7])

    with pytest.raises(NotAllowedNow, match="only its members"):
        ballots.invite_latecomers(vote_of(panel_id, 1, Asks.IMPORTANCE))


def test_a_panels_ratings_are_kept_without_stakeholder_group(made, panel_id, store):
    """B-8: Ranks of all together and counts of groups cannot be told apart into few people."""
    rate(made, panel_id, 1, Asks.IMPORTANCE, GOLDEN)

    with store.read() as tx:
        rows = ballot_box.box_of(tx, vote_of(panel_id, 1, Asks.IMPORTANCE))
    assert {row[3] for row in rows} == {StakeholderGroup.OTHER}


def test_a_file_tells_no_more_than_the_room_and_nobodys_name(made, panel_id):
    rate(made, panel_id, 1, Asks.IMPORTANCE, GOLDEN, APART[:7])
    panels.close_round(panel_id)

    name, data = panels.export_panel(panel_id)

    lines = data.decode("utf-8-sig").splitlines()
    assert name == "panel-2024-10-12.csv"
    assert lines[0] == ",".join(panels.EXPORTED)
    few = next(line for line in lines if line.startswith("2,") and "importance,1" in line)
    assert few.endswith("importance,1,7,15,withheld,,,,,")
    assert "Zq" not in data.decode()


def test_a_member_reads_what_is_asked_of_them(made, panel_id):
    secret = links.secrets_for(made.meeting_id)[0][1]

    lines = voting.votes_of(secret)

    assert {(line.ballot.title, line.ballot.asks) for line in lines} == {
        ("Importance, round 1 of 2", Asks.IMPORTANCE),
        ("Feasibility, round 1 of 2", Asks.FEASIBILITY),
    }


def test_a_member_who_is_erased_is_asked_no_more(made, panel_id):
    """B-10: Their open ratings go with them."""
    rate(made, panel_id, 1, Asks.IMPORTANCE, GOLDEN)

    erasure.erase_person(made.people[0], reason="asked")

    progress = panels.open_panel(panel_id).votes[0].progress
    assert (progress.n_answered, progress.n_invited) == (14, 14)


def test_a_panel_of_another_meeting_is_closed_by_nobody_else(made, panel_id):
    elsewhere = make(n_options=2)
    with (
        acting_as(Actor("Bo", (Grant(StaffRole.FACILITATOR, meeting_id=elsewhere.meeting_id),))),
        pytest.raises(NotPermitted),
    ):
        panels.close_round(panel_id)
