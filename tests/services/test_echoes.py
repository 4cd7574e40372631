"""What was recommended before and says the same."""

from datetime import date

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.initiatives import Stage, StageEvent
from domain.meetings import MeetingFormat, Pillar, Season
from services import (
    ballots,
    echo_index,
    echoes,
    erasure,
    initiatives,
    meetings,
    merging,
    recommendations,
)
from services.access import acting_as
from services.passages import sha256_of
from services.runtime import runtime
from store.embeddings import embeddings_of
from tests.pages.chain import TEXT, TITLE, make_chain

LEND = "Lend cough machines before the first night."


@pytest.fixture
def later_meeting(programme_id):
    return meetings.create_meeting(
        programme_id,
        season=Season.SPRING,
        held_on=date(2025, 4, 3),
        challenge="First nights",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


@pytest.fixture
def earlier(meeting_id):
    return recommendations.write(meeting_id, LEND, author="f")


def found(meeting_id, text=LEND, **more):
    return echoes.echoes(meeting_id, text, **more).found


def is_kept(text):
    model, path_name = runtime().model_name
    with runtime().store.read() as tx:
        return bool(embeddings_of(tx, model, path_name, [sha256_of(text)]))


def test_an_earlier_one_with_the_same_words_is_told_with_its_meeting(later_meeting, earlier):
    (echo,) = found(later_meeting)

    assert (echo.recommendation.recommendation_id, echo.is_same) == (earlier, True)
    assert echo.meeting.label == "Fall 2024"


def test_something_else_has_no_echo(later_meeting, earlier):
    told = echoes.echoes(later_meeting, "Name the missing form in every letter.")

    assert (told.found, told.n_compared) == ((), 1)


def test_one_word_is_compared_with_nothing(later_meeting, earlier):
    assert echoes.echoes(later_meeting, "Lend").n_compared == 0


def test_the_same_with_a_not_is_no_echo(later_meeting, earlier):
    assert found(later_meeting, "Do not lend cough machines before the first night.") == ()


def test_why_it_was_not_chosen_is_told(later_meeting, earlier):
    recommendations.leave([earlier], author="f", because="no money that year")

    assert found(later_meeting)[0].became == ("not chosen: no money that year",)


def test_taking_the_decision_back_forgets_why(later_meeting, earlier):
    recommendations.leave([earlier], author="f", because="no money that year")

    recommendations.unchoose(earlier)

    assert found(later_meeting)[0].became == ("not decided yet",)


def test_the_initiative_that_answered_it_is_told_with_its_stage_and_why_it_ended(app_runtime):
    chain = make_chain()
    initiatives.set_stage(
        chain.programme_id,
        chain.initiative_id,
        StageEvent(Stage.CLOSED_NOT_IMPLEMENTED, date(2026, 1, 5), reason="the county left"),
    )

    (echo,) = found(chain.meeting_id, TEXT)

    assert echo.became == (
        "chosen by the meeting",
        f"answered by {TITLE}, closed: not implemented: the county left",
    )


def test_a_joined_one_says_with_which(later_meeting, meeting_id, earlier):
    into = recommendations.write(meeting_id, "Bring devices early.", author="f")
    merging.merge(earlier, into, author="f")

    assert "joined with recommendation 2" in found(later_meeting)[0].became


def test_the_one_that_is_open_is_no_echo_of_itself(meeting_id, earlier):
    assert found(meeting_id, without=earlier) == ()


def test_a_new_wording_is_found_at_once_and_the_old_one_no_more(later_meeting, earlier):
    assert found(later_meeting)

    recommendations.revise(earlier, "Name the missing form in every letter.", author="f")

    assert found(later_meeting) == ()
    assert found(later_meeting, "Name the missing form in every letter.")


def test_drafts_of_other_meetings_are_left_out(later_meeting, meeting_id):
    recommendations.write(meeting_id, LEND, author="f", is_draft=True)

    assert found(later_meeting) == ()
    assert len(found(meeting_id)) == 1


def test_another_programme_is_another_matter(later_meeting, earlier):
    chain = make_chain()

    assert found(chain.meeting_id) == ()


def test_meetings_that_somebody_may_not_read_are_left_out(later_meeting, earlier):
    only_here = Actor("Fay", (Grant(StaffRole.FACILITATOR, meeting_id=later_meeting),))

    with acting_as(only_here):
        told = found(later_meeting)

    assert told == ()


def test_what_is_typed_is_not_kept(later_meeting, earlier):
    typed = "Lend cough machines before the first night, please."

    found(later_meeting, typed)

    assert is_kept(LEND)
    assert not is_kept(typed)


def test_a_removed_draft_leaves_no_vector(meeting_id):
    draft = recommendations.write(meeting_id, LEND, author="f", is_draft=True)
    found(meeting_id)
    before = is_kept(LEND)

    recommendations.remove_draft(draft)

    assert before
    assert not is_kept(LEND)
    assert found(meeting_id) == ()


def test_more_than_can_be_embedded_at_once_are_counted_as_waiting(
    later_meeting, meeting_id, monkeypatch
):
    monkeypatch.setattr(echo_index, "MOST_NEW", 2)
    for n in range(3):
        recommendations.write(meeting_id, f"{LEND} Part {n}.", author="f")

    first = echoes.echoes(later_meeting, LEND)
    second = echoes.echoes(later_meeting, LEND)

    assert (first.n_compared, first.n_waiting) == (2, 1)
    assert (second.n_compared, second.n_waiting) == (3, 0)


def test_an_index_is_made_once_for_one_state_of_the_store(later_meeting, earlier, programme_id):
    first = echo_index.index_of(programme_id)

    assert echo_index.index_of(programme_id) is first
    recommendations.write(later_meeting, "Teach the night shift.", author="f")
    assert echo_index.index_of(programme_id) is not first


def test_a_vote_changes_no_echo(later_meeting, earlier, told_meeting):
    ballots.open_ballot(told_meeting)

    assert len(found(later_meeting)) == 1


def test_erasing_somebody_takes_the_vector_of_a_draft_made_of_their_words(
    told_meeting, programme_id
):
    words = "We should teach whoever is awake at night, not only whoever comes to clinic."
    draft = recommendations.write(told_meeting, words, author="f", is_draft=True)
    assert found(told_meeting, words)
    held = echo_index.index_of(programme_id)

    erasure.erase_person(ann(told_meeting), reason="asked by telephone")

    assert draft in held.recommendation_ids
    assert not is_kept(words)
    assert draft not in echo_index.index_of(programme_id).recommendation_ids
    assert found(told_meeting, words) == ()


def test_erasing_somebody_takes_their_words_out_of_a_reason(told_meeting, earlier):
    words = "The mask leaks every single night and nobody showed us how to fit it."
    recommendations.leave([earlier], author="f", because=words)

    erasure.erase_person(ann(told_meeting), reason="asked by telephone")

    (kept,) = recommendations.recommendations(told_meeting)
    assert "mask leaks" not in kept.recommendation.decided_because


def ann(meeting_id):
    return next(a.attendance_id for a in meetings.roster(meeting_id) if a.name == "Ann Lee")
