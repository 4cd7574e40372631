"""Corrections of themes by hand, as an ordered log. Start at `ThemeEdit`.

Nothing in the log is ever changed or taken out: an undo is a further entry. What a person sees is
the newest analysis with the entries that stand done again, one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import MeetingId, RevisionId, ThemeEditId, ThemeId, UtteranceId


class EditKind(StrEnum):
    """What somebody did to a theme or to quotes in it."""

    RENAME = "renamed"
    MERGE = "joined"
    SPLIT = "parted"
    MOVE = "moved"
    SET_ASIDE = "set aside"
    PIN = "pinned"
    NOTE = "noted"
    SAME = "said to be the same"
    """Two themes of different meetings: the first is the second, at every meeting."""
    UNDO = "undone"


WHOLE = frozenset({EditKind.MERGE, EditKind.SAME})
"""Puts a whole theme into another, with all that is ever found in it."""


@dataclass(frozen=True)
class PassagePlace:
    """A passage as an entry remembers it: where it stood, and as which of how many in its turn."""

    utterance_id: UtteranceId
    revision_id: RevisionId
    start: int
    end: int
    number: int = 0
    n_in_turn: int = 1


@dataclass(frozen=True)
class ThemeEdit:
    """An entry of the log.

    `theme_id` is what it was done to, `target_id` where passages go, `fine_theme_ids` and
    `passages` what was chosen, `text` a name or a note, `undoes_id` the entry that an undo ends.
    Made by somebody who may do this in the whole programme it holds at every meeting, otherwise
    at `meeting_id` alone.
    """

    edit_id: ThemeEditId
    number: int
    kind: EditKind
    meeting_id: MeetingId
    is_programme_wide: bool
    made_at: datetime
    author: str
    theme_id: ThemeId | None = None
    target_id: ThemeId | None = None
    undoes_id: ThemeEditId | None = None
    text: str = ""
    fine_theme_ids: tuple[ThemeId, ...] = ()
    passages: tuple[PassagePlace, ...] = ()


class Effect(StrEnum):
    """What became of an entry."""

    HOLDS = "holds"
    PARTLY = "holds in part"
    NOTHING_NOW = "has nothing to do now"
    NOT_APPLIED = "could not be applied"
    NEW_THEME_UNDONE = "could not be applied: the new theme was undone"


@dataclass(frozen=True)
class Outcome:
    """What became of an entry, and how many of its passages were known again."""

    effect: Effect
    n_asked: int = 0
    n_found: int = 0


def standing(edits: Sequence[ThemeEdit]) -> list[ThemeEdit]:
    """The entries that hold, in their order; an undo that was undone itself undoes nothing."""
    undone: set[ThemeEditId | None] = set()
    found = []
    for edit in sorted(edits, key=lambda edit: edit.number, reverse=True):
        if edit.edit_id in undone:
            continue
        if edit.kind is EditKind.UNDO:
            undone.add(edit.undoes_id)
        else:
            found.append(edit)
    return found[::-1]


def now_in(standing: Sequence[ThemeEdit]) -> dict[ThemeId, ThemeId]:
    """Where each theme that was joined as a whole stands now, by the standing entries in order."""
    found: dict[ThemeId, ThemeId] = {}
    for edit in standing:
        if edit.kind in WHOLE and edit.theme_id and edit.target_id:
            for theme_id, now in found.items():
                if now == edit.theme_id:
                    found[theme_id] = edit.target_id
            found[edit.theme_id] = edit.target_id
    return {theme_id: now for theme_id, now in found.items() if now != theme_id}


def ended_by(edits: Sequence[ThemeEdit]) -> dict[ThemeEditId, ThemeEdit]:
    """For each entry that does not hold, the undo that stands."""
    undone: dict[ThemeEditId, ThemeEdit] = {}
    for edit in sorted(edits, key=lambda edit: edit.number, reverse=True):
        if edit.kind is EditKind.UNDO and edit.edit_id not in undone and edit.undoes_id:
            undone[edit.undoes_id] = edit
    return undone
