import pytest

from domain.people import StakeholderGroup as Group
from domain.votes import Answer
from services import ballots, links, meetings, recommendations, release_preview, voting
from tests.made_vote import make_meeting


def roster(meeting_id, **sizes):
    for group, n in sizes.items():
        for number in range(n):
            meetings.add_person(meeting_id, f"{group} {number}", Group[group])


@pytest.fixture
def meeting_id(app_runtime):
    return make_meeting()[1]


def test_groups_that_are_large_enough_can_be_shown(meeting_id):
    roster(meeting_id, PERSON_LIVING_WITH_ALS=6, CLINICIAN=5)

    found = release_preview.preview(meeting_id)

    assert found.room.groups == (
        (Group.PERSON_LIVING_WITH_ALS.value, 6),
        (Group.CLINICIAN.value, 5),
    )
    assert found.never_alone == ()


def test_a_group_of_two_is_never_shown_alone(meeting_id):
    roster(meeting_id, PERSON_LIVING_WITH_ALS=3, CURRENT_CAREGIVER=2, CLINICIAN=6)

    found = release_preview.preview(meeting_id)

    assert (Group.CURRENT_CAREGIVER.value, 2) in found.never_alone
    assert sum(n for _, n in found.room.groups) == 11


def test_too_few_people_show_nothing_but_how_many_answered(meeting_id):
    roster(meeting_id, CLINICIAN=4)

    found = release_preview.preview(meeting_id)

    assert (found.room.is_enough, found.room.groups) == (False, ())


def test_an_empty_roster_shows_nothing(meeting_id):
    found = release_preview.preview(meeting_id)

    assert (found.n_people, found.room.is_enough, found.never_alone) == (0, False, ())


def test_what_is_previewed_is_what_is_shown_when_everybody_answered(meeting_id):
    roster(meeting_id, PERSON_LIVING_WITH_ALS=6, CURRENT_CAREGIVER=2, CLINICIAN=7, INDUSTRY=1)
    recommendations.write(meeting_id, "Lend ramps.", author="test")
    seen = release_preview.preview(meeting_id)
    ballot_id = ballots.open_ballot(meeting_id)
    for _, secret in links.secrets_for(meeting_id):
        item = voting.ballot_page(secret, ballot_id, 1).item
        voting.lay_answer(secret, ballot_id, item.recommendation_id, Answer.AGREE)

    ballots.close_ballot(ballot_id)

    shown = ballots.results(ballot_id).results[0].vote.groups
    assert tuple((part.label, part.n) for part in shown) == seen.room.groups
