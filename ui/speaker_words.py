"""Who speaks of a theme, in words: "7 of 12", "most of 5", "too few". Start at `in_short`."""

from domain.people import StakeholderGroup
from services.theme_speakers import Amount, Speakers, ThemeSpeakers, Told
from ui.tables import Cell
from ui.words import listed, sentence_case, share

HOW_TO_READ = (
    "Numbers are people, out of those who spoke at the meeting. Where a number would point at "
    "single people it becomes “most” (two thirds or more) or “some” (fewer)."
)
CHANCE = "Where such a share plausibly lies is Wilson's interval at 95 %: it tells chance alone."
PLURALS = {
    StakeholderGroup.PERSON_LIVING_WITH_ALS: "people living with ALS",
    StakeholderGroup.CURRENT_CAREGIVER: "current caregivers",
    StakeholderGroup.PAST_CAREGIVER: "past caregivers",
    StakeholderGroup.CLINICIAN: "clinicians",
    StakeholderGroup.ACADEMIC_INVESTIGATOR: "academic investigators",
    StakeholderGroup.INDUSTRY: "people from industry",
    StakeholderGroup.GOVERNMENT: "people from government",
    StakeholderGroup.ASSOCIATION_STAFF: "association staff",
    StakeholderGroup.OTHER: "others",
}
CAREGIVERS = {StakeholderGroup.CURRENT_CAREGIVER, StakeholderGroup.PAST_CAREGIVER}
_OF_PEOPLE = {Amount.NOBODY: "none", Amount.SOME: "some", Amount.MOST: "most"}
NOT_TOLD = "not told"
FEW_IN_FILES = "(a theme of few people)"


def in_short(told: Told) -> str:
    """As much as fits a field: "7 of 12", "most of 5", "none of 6", "too few"."""
    if told.n_speaking:
        return f"{told.n_speaking} of {told.n}"
    if told.amount is not None:
        return f"{_OF_PEOPLE[told.amount]} of {told.n}"
    return "too few" if told.is_small else NOT_TOLD


def in_full(told: Told) -> str:
    """The same as a sentence's part: "7 of 12 clinicians who spoke"."""
    if told.amount is None and told.is_small:
        return f"too few to tell: {told.n} {people_of(told)} spoke"
    if told.amount is None:
        return "not told, since it would point at single people"
    return f"{in_short(told)} {people_of(told)} who spoke"


def people_of(told: Told) -> str:
    """What people of these groups are called; joined groups by the name of what they are."""
    names = [group.value for group in told.groups]
    if set(told.groups) == CAREGIVERS:
        return "caregivers"
    if told.label in names or told.label == " and ".join(names):
        return listed([PLURALS[group] for group in told.groups])
    return "people" if told.is_everyone else f"people of {told.label}"


def heading(told: Told) -> str:
    """The same as the head of a row or a column."""
    people = people_of(told)
    return sentence_case(people.removeprefix("people of "))


def plausible(told: Told) -> str:
    """Between which shares such a share lies: "41 % to 86 %"; empty where nothing is told."""
    if told.low is None or told.high is None:
        return ""
    return f"{share(told.low)} to {share(told.high)}"


def in_file(speakers: Speakers | None) -> str:
    """How many of everybody speak of it, as a file may tell it."""
    return in_short(speakers.whole) if speakers else NOT_TOLD


def field(row: str, told: Told) -> dict[str, object]:
    """A field of the grid of who speaks of what, as the chart reads it."""
    return {
        "row": row,
        "column": heading(told),
        "told": in_short(told),
        "middle": told.middle,
        "is_most": told.amount is Amount.MOST,
    }


def file_row(theme: ThemeSpeakers, n_groups: int) -> tuple[Cell, ...]:
    """A theme's row in a file: its name, everybody, and its groups, as far as they leave."""
    told = theme.in_files
    name = theme.name if told else FEW_IN_FILES
    groups = [in_short(part) for part in told.groups] if told else []
    return (name, in_file(told), *(groups or [NOT_TOLD] * n_groups))
