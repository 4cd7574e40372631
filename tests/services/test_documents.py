"""A meeting's report and the programme's pack: what they say, and what they must not."""

from datetime import date
from html import unescape

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from domain.ids import MeasureId
from domain.initiatives import InitiativeKind, Measure, Reading, Stage, StageEvent
from domain.recommendations import RecommendationState
from domain.talk import locate_quote
from services import chain, initiatives, recommendations, transcripts, written_contributions
from services.access import acting_as
from services.meeting_report import meeting_report
from services.meetings import roster, the_meeting
from services.programme_pack import programme_pack
from tests.services.conftest import AGREED

TODAY = date(2026, 11, 27)


@pytest.fixture
def recommended(told_meeting):
    """A chosen recommendation with a quote, and one that is not chosen."""
    said = transcripts.utterances(told_meeting)[0]
    first = recommendations.write(told_meeting, "Lend lifts within a week.", author="f")
    recommendations.write(told_meeting, "Teach the night shift.", author="f")
    recommendations.attach(first, _quote(said), author="f")
    recommendations.choose([first], author="f")
    return first


def _quote(said):
    return locate_quote(said.revision_id, said.text, said.text[:40])


def taken_up(meeting_id, recommendation_id, owner="Care services, Pat Example"):
    return initiatives.create(
        the_meeting(meeting_id).programme_id,
        title="Lifts on loan",
        kind=InitiativeKind.TOOL,
        owner=owner,
        summary="A shelf in every county.",
        answers=[recommendation_id],
        proposed_on=date(2025, 1, 10),
    )


def measure() -> Measure:
    return Measure(
        MeasureId(""), "days to a loan", "days", False, 41, date(2024, 1, 1), "s", 10, None
    )


def read(told) -> str:
    return unescape(told[1].decode())


def test_a_report_tells_what_is_recommended_with_its_words(told_meeting, recommended):
    told = read(meeting_report(told_meeting, TODAY))

    said = transcripts.utterances(told_meeting)[0]
    assert "1. Lend lifts within a week." in told
    assert f"“<span>{said.text[:40]}</span>”" in told
    assert "0 of 1 chosen recommendations have an initiative." in told


def test_a_report_names_nobody_who_spoke(told_meeting, recommended):
    told = read(meeting_report(told_meeting, TODAY))

    assert not any(a.name in told for a in roster(told_meeting))


def test_words_that_are_kept_from_others_stand_in_no_report(told_meeting, recommended):
    who = roster(told_meeting)[0].attendance_id
    secret = "The neighbour with the red door took the lift."
    facilitator = Actor("f", (Grant(StaffRole.FACILITATOR),))
    with acting_as(facilitator):
        written_contributions.add_written(told_meeting, [(who, secret)], author="f", consent=AGREED)

    told = read(meeting_report(told_meeting, TODAY))

    assert "red door" not in told


def test_a_report_of_an_empty_meeting_says_so(meeting_id):
    told = read(meeting_report(meeting_id, TODAY))

    assert "No theme can be shown to everybody yet." in told
    assert "Nothing yet." in told


def test_what_a_chosen_recommendation_lacks_is_listed(told_meeting, recommended):
    (first, second) = chain.chain_of_meeting(the_meeting(told_meeting))

    assert first.missing == (chain.NO_VOTE, chain.NO_INITIATIVE)
    assert second.missing == ()
    assert second.state is RecommendationState.PROPOSED


def test_a_launch_without_a_reading_is_a_missing_link(told_meeting, recommended):
    made = taken_up(told_meeting, recommended)
    programme_id = the_meeting(told_meeting).programme_id
    initiatives.set_stage(programme_id, made, StageEvent(Stage.LAUNCHED, date(2025, 5, 1)))

    (first, _) = chain.chain(programme_id)

    assert first.is_launched
    assert chain.NO_READING in first.missing
    assert chain.NO_INITIATIVE not in first.missing


def test_only_the_board_reads_whose_it_is_and_what_is_missing(told_meeting, recommended):
    taken_up(told_meeting, recommended)
    programme_id = the_meeting(told_meeting).programme_id

    board = read(programme_pack(programme_id, TODAY, is_for_board=True))
    everyone = read(programme_pack(programme_id, TODAY, is_for_board=False))

    assert "Pat Example" in board
    assert "Links that are missing" in board
    assert "Pat Example" not in everyone
    assert "missing" not in everyone
    assert "Lifts on loan" in everyone


def test_a_measure_stands_with_its_source(told_meeting, recommended):
    made = taken_up(told_meeting, recommended)
    programme_id = the_meeting(told_meeting).programme_id
    measure_id = initiatives.add_measure(made, measure())
    initiatives.add_reading(measure_id, Reading(19, date(2026, 9, 1), "count of 40 loans"))

    told = read(programme_pack(programme_id, TODAY, is_for_board=False))

    assert "days to a loan: 19 days in September 2026 (before 41 days, target 10 days)." in told
    assert "Source: count of 40 loans." in told


def test_who_may_take_nothing_along_gets_no_document(told_meeting):
    reviewer = Actor("r", (Grant(StaffRole.REVIEWER),))

    with acting_as(reviewer), pytest.raises(NotPermitted):
        meeting_report(told_meeting, TODAY)
    with acting_as(reviewer), pytest.raises(NotPermitted):
        programme_pack(the_meeting(told_meeting).programme_id, TODAY, is_for_board=False)


def test_the_chain_is_added_up_a_meeting_a_row(told_meeting, recommended):
    (held,) = chain.by_meeting(chain.chain_of_meeting(the_meeting(told_meeting)))

    assert held.numbers == (2, 1, 0, 1, 0, 0, 0)
