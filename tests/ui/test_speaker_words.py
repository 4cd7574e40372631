import pytest

from analysis.theme_speakers import Part, for_others, tell
from domain.ids import ThemeId
from domain.people import StakeholderGroup
from services.theme_speakers import ThemeSpeakers
from ui.speaker_words import FEW_IN_FILES, NOT_TOLD, file_row, heading, in_full, in_short, plausible

CARERS = (StakeholderGroup.CURRENT_CAREGIVER, StakeholderGroup.PAST_CAREGIVER)
CARE = (StakeholderGroup.CLINICIAN, StakeholderGroup.ACADEMIC_INVESTIGATOR)


def carers(n_speaking, n):
    return tell([Part(CARERS, n_speaking, n), Part(CARE, 0, 6)]).groups[0]


@pytest.mark.parametrize(
    ("n_speaking", "n", "words"),
    [
        (7, 12, "7 of 12 caregivers who spoke"),
        (2, 8, "some of 8 caregivers who spoke"),
        (8, 8, "most of 8 caregivers who spoke"),
        (0, 8, "none of 8 caregivers who spoke"),
        (1, 3, "too few to tell: 3 caregivers spoke"),
    ],
)
def test_who_speaks_is_told_with_how_many_there_are(n_speaking, n, words):
    assert in_full(carers(n_speaking, n)) == words


def test_a_field_of_few_people_says_so():
    assert in_short(carers(1, 3)) == "too few"


def test_a_family_goes_by_its_name():
    told = tell([Part(CARERS, 5, 10), Part(CARE, 5, 10)]).groups[1]

    assert (heading(told), in_full(told)) == (
        "Care and research",
        "5 of 10 people of care and research who spoke",
    )


def test_plausible_shares_are_whole_percent():
    assert plausible(carers(7, 12)) == "32 % to 81 %"


def test_where_nothing_is_told_no_share_is_plausible():
    assert plausible(carers(1, 3)) == ""


def speakers(*parts):
    told = [Part(*part) for part in parts]
    public = for_others(told) if sum(part.n_speaking for part in told) > 2 else None
    return ThemeSpeakers(ThemeId("t"), "Night alarms", 9, tell(told), public)


def test_a_file_tells_everybody_and_no_group_of_fewer_than_eleven():
    row = file_row(speakers((CARERS, 7, 14), (CARE, 6, 12)), 2)

    assert row == ("Night alarms", "13 of 26", NOT_TOLD, NOT_TOLD)


def test_a_file_tells_groups_where_eleven_people_stand_behind_every_number():
    row = file_row(speakers((CARERS, 12, 24), (CARE, 0, 12)), 2)

    assert row == ("Night alarms", "12 of 36", "12 of 24", "none of 12")


def test_the_name_of_a_theme_of_two_people_is_in_no_file():
    row = file_row(speakers((CARERS, 2, 14), (CARE, 0, 12)), 2)

    assert row == (FEW_IN_FILES, NOT_TOLD, NOT_TOLD, NOT_TOLD)
