"""What must be in the roll and the box after everything that was acknowledged. Start at `Expected`."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

from domain.ballots import AnsweringMode
from domain.ids import AttendanceId
from domain.people import StakeholderGroup

Row = tuple[int, int, StakeholderGroup, bool]
"""Place on the ballot, answer, group, whether somebody else gave it."""


@dataclass
class Voter:
    """One person, as they and everybody around them would remember it."""

    attendance_id: AttendanceId
    group: StakeholderGroup
    secret: str
    mode: AnsweringMode = AnsweringMode.MYSELF
    may_be_answered_for: bool = False
    answers: dict[int, int] = field(default_factory=dict)

    @property
    def is_proxy(self) -> bool:
        return self.mode is AnsweringMode.PROXY

    def rows(self) -> list[Row]:
        return [(place, a, self.group, self.is_proxy) for place, a in self.answers.items()]


@dataclass
class Expected:
    """The whole vote as it should be. `gone` are people who were erased."""

    voters: list[Voter]
    is_open: bool = True
    gone: set[int] = field(default_factory=set)

    def box(self) -> Counter[Row]:
        """What lies in the box, whoever's it is."""
        return Counter(row for voter in self.voters for row in voter.rows())

    def n_ballots(self) -> int:
        return sum(bool(voter.answers) for voter in self.voters)

    def here(self) -> list[int]:
        """Who can still do something."""
        return [n for n in range(len(self.voters)) if n not in self.gone]

    def answered_for(self) -> set[str]:
        """Who agreed to it, of those who are still known."""
        found = [self.voters[n] for n in self.here()]
        return {voter.attendance_id for voter in found if voter.may_be_answered_for}

    def erase(self, who: int) -> None:
        """While a vote is open its answers go along; after the close nobody knows which they are."""
        self.gone.add(who)
        if self.is_open:
            self.voters[who].answers.clear()

    def put_back(self, backup: "Expected") -> "Expected":
        """What a restore makes of a backup: what ended since does not begin again."""
        found = deepcopy(backup)
        found.is_open = backup.is_open and self.is_open
        for who in self.gone - backup.gone:
            found.erase(who)
        for then, now in zip(found.voters, self.voters, strict=True):
            then.secret = now.secret  # a link that was replaced stays replaced
            then.may_be_answered_for = now.may_be_answered_for  # so does what was taken back
        return found
