"""Who of the staff may do what, where. Start at `ALLOWED`."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import AccountId, MeetingId, ProgrammeId


class StaffRole(StrEnum):
    """What somebody of the staff is here for; one person can have several."""

    ADMIN = "admin"
    FACILITATOR = "facilitator"
    REVIEWER = "reviewer"
    LEADER = "leader"
    ANALYST = "analyst"


class Act(StrEnum):
    """What can be allowed, each on its own, in the words of a refusal."""

    READ = "see what was released"
    READ_RAW = "read what was not released"
    RELEASE = "release words to others"
    RUN_MEETING = "change this meeting"
    RUN_VOTE = "run a vote"
    FOLLOW_UP = "change what is done about recommendations"
    ANALYSE = "have themes found"
    SELF_TEST = "test this installation"
    TRANSLATE = "translate what was released"
    CODE = "check the machine's themes"
    EXPORT = "take data elsewhere"
    ERASE = "erase a person's words"
    START_PROGRAMME = "begin a programme"
    MANAGE_ACCOUNTS = "look after accounts"
    READ_AUDIT = "read who did what"


ALLOWED: dict[StaffRole, frozenset[Act]] = {
    StaffRole.ADMIN: frozenset(
        {
            Act.READ,
            Act.ERASE,
            Act.START_PROGRAMME,
            Act.MANAGE_ACCOUNTS,
            Act.READ_AUDIT,
            Act.SELF_TEST,
        }
    ),
    StaffRole.FACILITATOR: frozenset(
        {
            Act.READ,
            Act.RUN_MEETING,
            Act.RUN_VOTE,
            Act.FOLLOW_UP,
            Act.ANALYSE,
            Act.TRANSLATE,
            Act.EXPORT,
            Act.ERASE,
        }
    ),
    StaffRole.REVIEWER: frozenset({Act.READ, Act.READ_RAW, Act.RELEASE, Act.TRANSLATE, Act.CODE}),
    StaffRole.LEADER: frozenset({Act.READ, Act.EXPORT}),
    StaffRole.ANALYST: frozenset({Act.READ, Act.ANALYSE, Act.CODE, Act.SELF_TEST, Act.EXPORT}),
}


@dataclass(frozen=True)
class Grant:
    """A role, for one meeting, for a whole programme, or (both None) for everything here."""

    role: StaffRole
    programme_id: ProgrammeId | None = None
    meeting_id: MeetingId | None = None

    def reaches(self, programme_id: ProgrammeId | None, meeting_id: MeetingId | None) -> bool:
        """Whether it holds for this meeting of this programme; None asks for all of them."""
        if self.meeting_id is not None:
            return meeting_id == self.meeting_id
        return self.programme_id is None or programme_id == self.programme_id


@dataclass(frozen=True)
class Actor:
    """Whoever acts now: somebody of the staff, the command line or the worker."""

    name: str
    grants: tuple[Grant, ...]
    account_id: AccountId | None = None

    def may(
        self,
        act: Act,
        programme_id: ProgrammeId | None = None,
        meeting_id: MeetingId | None = None,
    ) -> bool:
        """Whether one of the roles allows the act there."""
        return any(
            act in ALLOWED[grant.role] and grant.reaches(programme_id, meeting_id)
            for grant in self.grants
        )

    def has(self, role: StaffRole) -> bool:
        """Whether the role is held anywhere."""
        return any(grant.role is role for grant in self.grants)


EVERY_ROLE = tuple(Grant(role) for role in StaffRole)


def who_can(act: Act) -> str:
    """The roles that allow an act, for a refusal: "a reviewer" or "a leader or an analyst"."""
    roles = [role.value for role in StaffRole if act in ALLOWED[role]]
    return " or ".join(("an " if role[0] in "aeiou" else "a ") + role for role in roles)
