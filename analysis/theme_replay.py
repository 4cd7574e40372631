"""Do the corrections made by hand again on what an analysis found. Start at `replay`.

Every run is corrected anew, so no correction is lost by finding the themes again. A passage is
known again by its words: they stand where they stood, or once in the same turn; where its words
changed, by its place in a turn of as many passages as before. What cannot be known again is told,
never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.ids import ThemeEditId, ThemeId, UtteranceId
from domain.theme_edits import WHOLE, EditKind, Effect, Outcome, PassagePlace, ThemeEdit
from domain.themes import AsideReason

PLACES = WHOLE | {EditKind.SPLIT, EditKind.MOVE, EditKind.SET_ASIDE}
"""What puts passages elsewhere."""


@dataclass(frozen=True)
class Found:
    """A passage as the analysis placed it."""

    place: PassagePlace
    words: str
    theme_id: ThemeId | None
    fine_theme_id: ThemeId | None
    aside: AsideReason | None = None


@dataclass(frozen=True)
class Corrected:
    """The same after the corrections; `by` is the last entry that put it where it is."""

    theme_id: ThemeId | None
    fine_theme_id: ThemeId | None
    aside: AsideReason | None
    by: ThemeEditId | None = None
    pinned_by: ThemeEditId | None = None


@dataclass(frozen=True)
class Replayed:
    """One row for each passage; the entries that name and note each theme; every outcome."""

    passages: tuple[Corrected, ...]
    named_by: dict[ThemeId, ThemeEdit]
    noted_by: dict[ThemeId, tuple[ThemeEdit, ...]]
    outcomes: dict[ThemeEditId, Outcome]


def replay(
    found: Sequence[Found],
    edits: Sequence[ThemeEdit],
    words_then: Mapping[PassagePlace, str] | None = None,
    gone_themes: frozenset[ThemeId] = frozenset(),
) -> Replayed:
    """Correct what an analysis found by the entries that stand.

    Parameters
    ----------
    found
        Every passage of a run.
    edits
        The entries that stand, in their order, with only those places that are of this meeting.
    words_then
        What a passage said when it was chosen, for those whose text was released anew since.
    gone_themes
        Themes that were made by an entry that was undone: nothing can be put there.

    Returns
    -------
    One row for each passage, in the same order. The same passages and entries give the same rows,
    whichever order the passages come in.
    """
    state = _State(found, dict(words_then or {}), gone_themes)
    for edit in edits:
        state.outcomes[edit.edit_id] = state.do(edit)
    return Replayed(
        tuple(state.rows),
        state.named_by,
        {theme_id: tuple(notes) for theme_id, notes in state.noted_by.items()},
        state.outcomes,
    )


@dataclass
class _State:
    found: Sequence[Found]
    words_then: dict[PassagePlace, str]
    gone_themes: frozenset[ThemeId]
    rows: list[Corrected] = field(init=False)
    named_by: dict[ThemeId, ThemeEdit] = field(default_factory=dict)
    noted_by: dict[ThemeId, list[ThemeEdit]] = field(default_factory=dict)
    outcomes: dict[ThemeEditId, Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = [Corrected(f.theme_id, f.fine_theme_id, f.aside) for f in self.found]
        self.of_theme: dict[ThemeId | None, set[int]] = {}
        self.of_fine: dict[ThemeId | None, set[int]] = {}
        self.of_turn: dict[UtteranceId, list[int]] = {}
        for n, f in enumerate(self.found):
            self.of_theme.setdefault(f.theme_id, set()).add(n)
            self.of_fine.setdefault(f.fine_theme_id, set()).add(n)
            self.of_turn.setdefault(f.place.utterance_id, []).append(n)

    def do(self, edit: ThemeEdit) -> Outcome:
        if edit.kind in PLACES:
            return self._put(edit)
        if edit.kind is EditKind.PIN:
            return self._pin(edit)
        if edit.theme_id:
            if edit.kind is EditKind.RENAME:
                self.named_by[edit.theme_id] = edit
            if edit.kind is EditKind.NOTE:
                self.noted_by.setdefault(edit.theme_id, []).append(edit)
        return Outcome(Effect.HOLDS if self.of_theme.get(edit.theme_id) else Effect.NOTHING_NOW)

    def _put(self, edit: ThemeEdit) -> Outcome:
        if edit.target_id in self.gone_themes:
            return Outcome(Effect.NEW_THEME_UNDONE)
        chosen = self._known_again(edit.passages)
        n_found = len(chosen)
        whole = self.of_theme.get(edit.theme_id, set()) if _is_whole(edit) else set()
        fine = {n for fine in edit.fine_theme_ids for n in self.of_fine.get(fine, ())}
        for n in chosen | whole | fine:
            self._move(n, edit, keeps_fine=n in whole or n in fine)
        if edit.kind is EditKind.SPLIT and edit.target_id:
            self.named_by[edit.target_id] = edit
        if edit.kind in WHOLE and edit.theme_id and edit.target_id:
            self._hand_over(edit, edit.theme_id, edit.target_id)
        return _outcome(edit, n_found, bool(chosen or whole or fine))

    def _hand_over(self, edit: ThemeEdit, theme_id: ThemeId, into: ThemeId) -> None:
        """What was noted on a theme goes along; over the years a name by hand does too."""
        notes = self.noted_by.pop(theme_id, [])
        if notes:
            self.noted_by.setdefault(into, []).extend(notes)
        if edit.kind is EditKind.SAME and theme_id in self.named_by:
            self.named_by.setdefault(into, self.named_by[theme_id])

    def _move(self, n: int, edit: ThemeEdit, *, keeps_fine: bool) -> None:
        row, target = self.rows[n], edit.target_id
        fine = row.fine_theme_id if keeps_fine and target else None
        if fine != row.fine_theme_id:
            self.of_fine[row.fine_theme_id].discard(n)
        self.of_theme[row.theme_id].discard(n)
        self.of_theme.setdefault(target, set()).add(n)
        aside = None if target else AsideReason.BY_HAND
        self.rows[n] = Corrected(target, fine, aside, edit.edit_id, row.pinned_by)

    def _pin(self, edit: ThemeEdit) -> Outcome:
        chosen = self._known_again(edit.passages)
        for n in chosen:
            row = self.rows[n]
            self.rows[n] = Corrected(
                row.theme_id, row.fine_theme_id, row.aside, row.by, edit.edit_id
            )
        return _outcome(edit, len(chosen), bool(chosen))

    def _known_again(self, places: Sequence[PassagePlace]) -> set[int]:
        return {n for place in places if (n := self._one(place)) is not None}

    def _one(self, place: PassagePlace) -> int | None:
        turn = self.of_turn.get(place.utterance_id, [])
        here = (place.revision_id, place.start, place.end)
        for n in turn:
            p = self.found[n].place
            if (p.revision_id, p.start, p.end) == here:
                return n
        said = self.words_then.get(place)
        same = [n for n in turn if said is not None and self.found[n].words == said]
        if len(same) == 1:
            return same[0]
        if same or len(turn) != place.n_in_turn:
            return None
        return next((n for n in turn if self.found[n].place.number == place.number), None)


def _is_whole(edit: ThemeEdit) -> bool:
    """Whether an entry is about everything in its theme, also what comes in later."""
    if edit.kind in WHOLE:
        return True
    return edit.kind is EditKind.SET_ASIDE and edit.theme_id is not None


def _outcome(edit: ThemeEdit, n_found: int, has_effect: bool) -> Outcome:
    n_asked = len(edit.passages)
    if not has_effect:
        # Of what was chosen quote by quote nothing is left; a whole theme may be empty for now.
        is_lost = n_asked or not _is_whole(edit)
        return Outcome(Effect.NOT_APPLIED if is_lost else Effect.NOTHING_NOW, n_asked, n_found)
    return Outcome(Effect.PARTLY if n_found < n_asked else Effect.HOLDS, n_asked, n_found)
