"""Correct themes by hand, and take a correction back. Start at `rename`.

Whoever may have themes found may correct them: a facilitator or an analyst. What somebody does who
may do it in the whole programme holds at all its meetings, since a theme is the programme's;
otherwise at this meeting alone. The log of who did what says that a theme was corrected, never
the words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from analysis.withdrawn_words import words_of
from domain.access import Act, Actor
from domain.errors import NotAllowedNow, NotFound
from domain.ids import MeetingId, PassageId, ProgrammeId, ThemeEditId, ThemeId
from domain.theme_edits import EditKind, PassagePlace, ThemeEdit, ended_by
from services import whose
from services.access import may, require
from services.runtime import runtime
from services.theme_reading import Placed, ReadRun, read_run
from store import audit, meetings, theme_edits, themes
from store.engine import Connection

LONGEST_NAME = 80
LONGEST_NOTE = 1000
THING = dict.fromkeys(EditKind, "theme") | {
    EditKind.MOVE: "quotes",
    EditKind.SET_ASIDE: "quotes",
    EditKind.PIN: "quotes",
}
"""What the log of who did what says was corrected."""


@dataclass(frozen=True)
class Chosen:
    """Quotes and whole fine themes that somebody chose."""

    passage_ids: tuple[PassageId, ...] = ()
    fine_theme_ids: tuple[ThemeId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.passage_ids or self.fine_theme_ids)


def rename(meeting_id: MeetingId, theme_id: ThemeId, name: str) -> ThemeEditId:
    """Give a theme, broad or fine, a name that stays when the themes are found again.

    Raises
    ------
    NotAllowedNow
        If the name is empty, too long, or another theme's.
    """
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    read = _read(meeting_id)
    text = _name(read, theme_id, name)
    return _keep(by, replace(_new(by, meeting_id, EditKind.RENAME), theme_id=theme_id, text=text))


def join(meeting_id: MeetingId, theme_id: ThemeId, into: ThemeId) -> ThemeEditId:
    """Join a theme into another, with all that is ever found in it.

    Raises
    ------
    NotAllowedNow
        If both are the same theme.
    """
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    read = _read(meeting_id)
    for known in (theme_id, into):
        _broad(read, known)
    if theme_id == into:
        raise NotAllowedNow(reason="A theme cannot be joined with itself. Choose another one.")
    places = _places(p for p in read.passages if p.member.theme_id == theme_id)
    new = _new(by, meeting_id, EditKind.MERGE)
    return _keep(by, replace(new, theme_id=theme_id, target_id=into, passages=places))


def say_same(programme_id: ProgrammeId, theme_id: ThemeId, same_as: ThemeId) -> ThemeEditId:
    """Say that a theme is one of other meetings; from now on both are that one, at every meeting.

    A name that somebody gave is kept: that of the other theme, or else of this one.

    Raises
    ------
    NotAllowedNow
        If both are themes of one meeting: then they are joined there.
    """
    by = require(Act.ANALYSE, programme_id=programme_id)
    with runtime().store.read() as tx:
        held = sorted(meetings.meetings_of(tx, programme_id), key=lambda m: m.held_on)
        read = {m.meeting_id: read_run(tx, m.meeting_id) for m in held}
    at = {
        known: [m for m in held if (run := read[m.meeting_id]) and _is_broad(run, known)]
        for known in (theme_id, same_as)
    }
    for known, where in at.items():
        if not where:
            raise NotFound(kind="theme of this programme", id=known)
    both = [m for m in at[theme_id] if m in at[same_as]]
    if both:
        raise NotAllowedNow(
            reason=f"Both are themes of {both[0].label}. Join them there, beside the theme."
        )
    new = _new(by, at[theme_id][-1].meeting_id, EditKind.SAME)
    return _keep(by, replace(new, theme_id=theme_id, target_id=same_as))


def part(meeting_id: MeetingId, theme_id: ThemeId, chosen: Chosen, name: str) -> ThemeEditId:
    """Put quotes and fine themes of a theme into a new one with a name."""
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    read = _read(meeting_id)
    _broad(read, theme_id)
    text = _name(read, None, name)
    chosen_here = _of(_new(by, meeting_id, EditKind.SPLIT), read, chosen)
    with runtime().store.write() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        (made,) = themes.add_themes(tx, programme_id, 1)
    return _keep(by, replace(chosen_here, theme_id=theme_id, target_id=made, text=text))


def move(meeting_id: MeetingId, chosen: Chosen, into: ThemeId) -> ThemeEditId:
    """Put quotes and fine themes into another theme, also such as were set aside."""
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    read = _read(meeting_id)
    _broad(read, into)
    new = replace(_new(by, meeting_id, EditKind.MOVE), target_id=into)
    return _keep(by, _of(new, read, chosen))


def set_aside(meeting_id: MeetingId, chosen: Chosen) -> ThemeEditId:
    """Take quotes and fine themes out of the themes; they stay listed."""
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    return _keep(by, _of(_new(by, meeting_id, EditKind.SET_ASIDE), _read(meeting_id), chosen))


def pin(meeting_id: MeetingId, passage_ids: tuple[PassageId, ...]) -> ThemeEditId:
    """Let quotes stand first in their theme, wherever that is."""
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    new = _new(by, meeting_id, EditKind.PIN)
    return _keep(by, _of(new, _read(meeting_id), Chosen(passage_ids)))


def note(meeting_id: MeetingId, theme_id: ThemeId, text: str) -> ThemeEditId:
    """Write something down about a theme, for whoever works with it next."""
    by = require(Act.ANALYSE, meeting_id=meeting_id)
    _broad(_read(meeting_id), theme_id)
    told = text.strip()
    if not told:
        raise NotAllowedNow(reason="There is nothing to keep yet: type a note.")
    if len(told) > LONGEST_NOTE:
        raise NotAllowedNow(
            reason=f"A note has up to {LONGEST_NOTE:,} characters; this one has {len(told):,}."
        )
    return _keep(by, replace(_new(by, meeting_id, EditKind.NOTE), theme_id=theme_id, text=told))


def undo(edit_id: ThemeEditId) -> ThemeEditId:
    """Take a correction back; everything after it stays.

    Raises
    ------
    NotAllowedNow
        If it does not hold any more.
    """
    programme_id, meeting_id = whose.theme_edit(edit_id)
    by = require(Act.ANALYSE, programme_id=programme_id, meeting_id=meeting_id)
    return _end(by, edit_id, is_redo=False)


def redo(edit_id: ThemeEditId) -> ThemeEditId:
    """Let a correction that was taken back hold again, at its old place in the order."""
    programme_id, meeting_id = whose.theme_edit(edit_id)
    by = require(Act.ANALYSE, programme_id=programme_id, meeting_id=meeting_id)
    return _end(by, edit_id, is_redo=True)


def _end(by: Actor, edit_id: ThemeEditId, *, is_redo: bool) -> ThemeEditId:
    with runtime().store.write() as tx:
        programme_id, meeting_id, is_wide = theme_edits.place_of_edit(tx, edit_id)
        edits = theme_edits.edits_at(tx, meeting_id)
        (edit,) = (e for e in edits if e.edit_id == edit_id)
        ended = ended_by(edits).get(edit_id)
        if edit.kind is EditKind.UNDO or (ended is None) is is_redo:
            state = "holds already" if is_redo else "was taken back already"
            raise NotAllowedNow(reason=f"This correction {state}. Nothing was changed.")
        undoes = ended.edit_id if ended else edit_id
        new = ThemeEdit(edit_id, 0, EditKind.UNDO, meeting_id, is_wide, datetime.now(UTC), by.name)
        kept = theme_edits.add_edit(
            tx, programme_id, replace(new, theme_id=edit.theme_id, undoes_id=undoes)
        )
        _write_down(tx, by, "done again" if is_redo else "undone", edit)
    return kept.edit_id


def _new(by: Actor, meeting_id: MeetingId, kind: EditKind) -> ThemeEdit:
    with runtime().store.read() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
    is_wide = may(Act.ANALYSE, programme_id=programme_id)
    return ThemeEdit(ThemeEditId(""), 0, kind, meeting_id, is_wide, datetime.now(UTC), by.name)


def _of(new: ThemeEdit, read: ReadRun, chosen: Chosen) -> ThemeEdit:
    """The entry about what was chosen, if it is there to be chosen."""
    by_id = {p.member.passage_id: p for p in read.passages if p.is_quotable}
    fine = {theme.theme_id for theme in read.themes if theme.parent_id}
    missing = [one for one in chosen.passage_ids if one not in by_id]
    missing_fine = [one for one in chosen.fine_theme_ids if one not in fine]
    if missing or missing_fine:
        raise NotAllowedNow(
            reason="Some of what you chose is not there any more: words came or went since. "
            "Nothing was changed; choose again."
        )
    inside = [p for p in read.passages if p.member.fine_theme_id in chosen.fine_theme_ids]
    places = _places([*(by_id[one] for one in chosen.passage_ids), *inside])
    if not places:
        raise NotAllowedNow(reason="Choose at least one quote first.")
    return replace(new, fine_theme_ids=chosen.fine_theme_ids, passages=places)


def _places(chosen: Iterable[Placed]) -> tuple[PassagePlace, ...]:
    return tuple(dict.fromkeys(p.place for p in chosen if p.place))


def _keep(by: Actor, new: ThemeEdit) -> ThemeEditId:
    with runtime().store.write() as tx:
        programme_id = meetings.meeting_by_id(tx, new.meeting_id).programme_id
        kept = theme_edits.add_edit(tx, programme_id, new)
        _write_down(tx, by, new.kind.value, kept)
    return kept.edit_id


def _write_down(tx: Connection, by: Actor, what: str, edit: ThemeEdit) -> None:
    subject = edit.theme_id or edit.target_id
    kind, subject_id = ("theme", subject) if subject else ("meeting", edit.meeting_id)
    audit.record(tx, by.name, f"{THING[edit.kind]} {what}", kind, subject_id)


def _read(meeting_id: MeetingId) -> ReadRun:
    with runtime().store.read() as tx:
        read = read_run(tx, meeting_id)
    if read is None:
        raise NotAllowedNow(reason="No themes were found here yet. Find the themes first.")
    return read


def _is_broad(read: ReadRun, theme_id: ThemeId) -> bool:
    return any(t.theme_id == theme_id and t.parent_id is None for t in read.themes)


def _broad(read: ReadRun, theme_id: ThemeId) -> None:
    if not _is_broad(read, theme_id):
        raise NotFound(kind="theme of this meeting", id=theme_id)


def _name(read: ReadRun, theme_id: ThemeId | None, name: str) -> str:
    """A name as it may be kept: short, and of one theme of its level alone."""
    here = next((t for t in read.themes if t.theme_id == theme_id), None)
    if theme_id and here is None:
        raise NotFound(kind="theme of this meeting", id=theme_id)
    text = " ".join(name.split())
    if not text:
        raise NotAllowedNow(reason="A theme needs a name: type two to five words.")
    if len(text) > LONGEST_NAME:
        raise NotAllowedNow(
            reason=f"A name has up to {LONGEST_NAME} characters; this one has {len(text)}."
        )
    _refuse_people(read.run.meeting_id, text)
    is_fine = here is not None and here.parent_id is not None
    for other in read.themes:
        is_same_level = (other.parent_id is not None) is is_fine
        if is_same_level and other.theme_id != theme_id and other.name.lower() == text.lower():
            raise NotAllowedNow(
                reason="Another theme has this name. Join the two, or choose another name."
            )
    return text


def _refuse_people(meeting_id: MeetingId, text: str) -> None:
    """A name stands on the wall too, and of people who speak there nobody is named."""
    with runtime().store.read() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        people = meetings.names_of(tx, programme_id)
    told = f" {' '.join(words_of(text))} "
    if any(f" {' '.join(words_of(name))} " in told for name in people if words_of(name)):
        raise NotAllowedNow(
            reason="A theme's name names nobody: it is shown where its people are not. Choose "
            "words for what was said."
        )
