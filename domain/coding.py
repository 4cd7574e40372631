"""Passages coded by people who do not see the machine's answer. Start at `ThemeCheck`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import AccountId, CheckId, PassageId, RunId, ThemeId


class CodedAs(StrEnum):
    """What a person says of a passage; a further line replaces their earlier one."""

    THEME = "theme"
    NONE = "none of these"
    CANNOT_TELL = "cannot tell"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True)
class ThemeCheck:
    """Passages of one run, drawn at random, that people code blind."""

    check_id: CheckId
    run_id: RunId
    seed: int
    drawn_at: datetime
    drawn_by: str
    is_of_current_run: bool


@dataclass(frozen=True)
class Coder:
    """Whoever codes: an account, or the name that was typed where there are none."""

    name: str
    account_id: AccountId | None = None

    @property
    def key(self) -> str:
        """Tells coders apart."""
        return self.account_id or self.name.casefold()


@dataclass(frozen=True)
class Coding:
    """What somebody said of a passage; `theme_id` only for a theme."""

    passage_id: PassageId
    coder: Coder
    answer: CodedAs
    theme_id: ThemeId | None = None
