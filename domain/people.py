"""Who is at the table: stakeholder groups and their four families. Start at `StakeholderGroup`."""

from enum import StrEnum


class Family(StrEnum):
    """Four families that share a colour; groups inside one differ by label."""

    LIVED_EXPERIENCE = "lived experience"
    CARE_AND_RESEARCH = "care and research"
    INDUSTRY_AND_GOVERNMENT = "industry and government"
    STAFF_AND_OTHERS = "staff and others"


class StakeholderGroup(StrEnum):
    """The groups of the programme, in the order in which they are shown."""

    PERSON_LIVING_WITH_ALS = "person living with ALS"
    CURRENT_CAREGIVER = "current caregiver"
    PAST_CAREGIVER = "past caregiver"
    CLINICIAN = "clinician"
    ACADEMIC_INVESTIGATOR = "academic investigator"
    INDUSTRY = "industry"
    GOVERNMENT = "government"
    ASSOCIATION_STAFF = "association staff"
    OTHER = "other"

    @property
    def family(self) -> Family:
        return _FAMILY_OF[self]


_FAMILY_OF = {
    StakeholderGroup.PERSON_LIVING_WITH_ALS: Family.LIVED_EXPERIENCE,
    StakeholderGroup.CURRENT_CAREGIVER: Family.LIVED_EXPERIENCE,
    StakeholderGroup.PAST_CAREGIVER: Family.LIVED_EXPERIENCE,
    StakeholderGroup.CLINICIAN: Family.CARE_AND_RESEARCH,
    StakeholderGroup.ACADEMIC_INVESTIGATOR: Family.CARE_AND_RESEARCH,
    StakeholderGroup.INDUSTRY: Family.INDUSTRY_AND_GOVERNMENT,
    StakeholderGroup.GOVERNMENT: Family.INDUSTRY_AND_GOVERNMENT,
    StakeholderGroup.ASSOCIATION_STAFF: Family.STAFF_AND_OTHERS,
    StakeholderGroup.OTHER: Family.STAFF_AND_OTHERS,
}
