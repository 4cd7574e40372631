"""Corrections made by hand, done again on a run that is being read. Start at `correct`.

Names and notes were typed by staff and may repeat what somebody said: where that line was taken
back since, and nobody else who may be quoted says the same, they are not shown.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from analysis.theme_replay import Found, Replayed, replay
from analysis.withdrawn_words import repeats, without_copies
from domain.ids import MeetingId, RevisionId, ThemeEditId, ThemeId
from domain.talk import ConsentUse, Utterance, Zone
from domain.theme_edits import EditKind, Outcome, ThemeEdit, ended_by, now_in, standing
from services.kept_readings import kept
from store import copies, talk, theme_edits
from store.engine import Connection


@dataclass(frozen=True)
class ToldEdit:
    """An entry of the log as it may be shown, what became of it, and who undid it.

    `text` is empty where it repeats what was taken back; then `is_text_hidden`.
    """

    edit: ThemeEdit
    text: str
    is_text_hidden: bool = False
    outcome: Outcome | None = None
    undone: ThemeEdit | None = None


@dataclass(frozen=True)
class Corrections:
    """What corrections make of a run; without any, nothing changes."""

    replayed: Replayed | None = None
    told: tuple[ToldEdit, ...] = ()
    by_id: dict[ThemeEditId, ToldEdit] = field(default_factory=dict)
    now_in: dict[ThemeId, ThemeId] = field(default_factory=dict)
    """Where each theme that was joined as a whole stands now."""

    def name_of(self, theme_id: ThemeId) -> str:
        """The name that somebody gave a theme; empty where nobody did, or it may not be shown."""
        edit = self.replayed.named_by.get(theme_id) if self.replayed else None
        return self.by_id[edit.edit_id].text if edit else ""

    def notes_of(self, theme_id: ThemeId) -> tuple[ToldEdit, ...]:
        """The notes on a theme, the oldest first."""
        noted = self.replayed.noted_by.get(theme_id, ()) if self.replayed else ()
        return tuple(self.by_id[edit.edit_id] for edit in noted)


def correct(tx: Connection, meeting_id: MeetingId, found: Sequence[Found]) -> Corrections:
    """Do every correction that holds at a meeting again on what its run found."""
    edits = theme_edits.edits_at(tx, meeting_id)
    if not edits:
        return Corrections()
    here = {f.place.revision_id for f in found}
    moved = {p for edit in edits for p in edit.passages if p.revision_id not in here}
    undone = ended_by(edits)
    gone = frozenset(
        edit.target_id
        for edit in edits
        if edit.kind is EditKind.SPLIT and edit.edit_id in undone and edit.target_id
    )
    hold = standing(edits)
    replayed = replay(found, hold, theme_edits.words_then(tx, moved), gone)
    now = now_in(hold)
    # Meetings where the same entries hold, as those of a whole programme do, share the answer.
    logged = tuple(edit.edit_id for edit in edits)
    texts = kept(tx, ("typed", logged), lambda: _texts_shown(tx, edits, _spoken_at(tx, edits, now)))
    told = tuple(
        ToldEdit(
            replace(edit, text=""),
            texts.get(edit.edit_id, edit.text),
            edit.text != texts.get(edit.edit_id, edit.text),
            replayed.outcomes.get(edit.edit_id),
            undone.get(edit.edit_id),
        )
        for edit in edits
        if edit.kind is not EditKind.UNDO
    )
    by_id = {one.edit.edit_id: one for one in told}
    return Corrections(replayed, told, by_id, now)


def _spoken_at(
    tx: Connection, edits: Sequence[ThemeEdit], now: Mapping[ThemeId, ThemeId]
) -> dict[ThemeEditId, set[MeetingId]]:
    """For each name or note, where it was typed and every meeting that has its theme now."""
    typed = [edit for edit in edits if edit.text]
    about = {edit.theme_id for edit in typed} | {edit.target_id for edit in typed}
    same = {t for t in about if t} | set(now) | set(now.values()) if typed else set()
    where: dict[ThemeId, set[MeetingId]] = {}
    for theme_id, meeting_ids in theme_edits.meetings_of_themes(tx, same).items():
        where.setdefault(now.get(theme_id, theme_id), set()).update(meeting_ids)
    found = {}
    for edit in typed:
        named = (edit.target_id if edit.kind is EditKind.SPLIT else edit.theme_id) or ThemeId("")
        found[edit.edit_id] = {edit.meeting_id} | where.get(now.get(named, named), set())
    return found


def _texts_shown(
    tx: Connection, edits: Sequence[ThemeEdit], spoken_at: Mapping[ThemeEditId, set[MeetingId]]
) -> dict[ThemeEditId, str]:
    """Names and notes without what was taken back where they were typed, or at their theme."""
    shown: dict[ThemeEditId, str] = {}
    for meeting_id in sorted({one for where in spoken_at.values() for one in where}):
        said = talk.utterances_of(tx, meeting_id, Zone.SHARED, use=ConsentUse.QUOTED)
        left = _quotable(tx, said)
        gone = copies.once_released(tx, meeting_id, {u.revision_id for u in left})
        if not gone:
            continue
        texts = [u.text for u in left]
        for edit in edits:
            if meeting_id in spoken_at.get(edit.edit_id, ()):
                kept = shown.get(edit.edit_id, edit.text)
                shown[edit.edit_id] = _without(replace(edit, text=kept), gone, texts)
    return shown


def _without(edit: ThemeEdit, gone: Sequence[str], left: Sequence[str]) -> str:
    if repeats(edit.text, gone, left):
        return ""
    kept = without_copies(edit.text, gone)
    # A name with a hole in it is no name; a note is still one.
    return kept if kept == edit.text or edit.kind is EditKind.NOTE else ""


def _quotable(tx: Connection, said: Sequence[Utterance]) -> list[Utterance]:
    allowed: Set[RevisionId] = talk.quotable(tx, said)
    return [one for one in said if one.revision_id in allowed]
