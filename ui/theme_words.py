"""What was done to themes, in plain words. Start at `edit_words`."""

from collections.abc import Mapping

from domain.ids import ThemeId
from domain.theme_edits import EditKind, Effect
from domain.themes import ChangeKind
from services.theme_corrections import ToldEdit
from services.theme_desk import ToldChange
from ui.words import count, moment

HALF, THIRD = 0.5, 1 / 3
A_THEME = "a theme that is not shown now"


def edit_words(told: ToldEdit, names: Mapping[ThemeId, str]) -> str:
    """What somebody did: "Put 3 quotes into “Nights”"."""
    edit, text = told.edit, told.text or "words that were taken back"
    theme = _called(edit.theme_id, names)
    target = _called(edit.target_id, names)
    n_quotes = told.outcome.n_asked if told.outcome else len(edit.passages)
    quotes = count(n_quotes, "quote") if n_quotes else "quotes"
    words = {
        EditKind.RENAME: f"Named a theme “{text}”",
        EditKind.MERGE: f"Joined a theme into {target}",
        EditKind.SPLIT: f"Made the theme “{text}” of {quotes} out of {theme}",
        EditKind.MOVE: f"Put {quotes} into {target}",
        EditKind.SET_ASIDE: f"Set {quotes} aside",
        EditKind.PIN: f"Pinned {quotes}",
        EditKind.SAME: f"Said that a theme of another meeting is the same as {target}",
        EditKind.NOTE: f"Noted on {theme}: {text}",
    }
    return words[edit.kind]


def edit_state(told: ToldEdit) -> str:
    """Who did it and when, and what became of it."""
    by = f"{told.edit.author}, {moment(told.edit.made_at)}"
    if told.undone:
        return f"{by}. Taken back by {told.undone.author}, {moment(told.undone.made_at)}."
    if told.is_text_hidden:
        return f"{by}. It repeats words that were taken back, so they are not shown."
    outcome = told.outcome
    if outcome is None:
        return f"{by}."
    found = f"{outcome.n_found} of {count(outcome.n_asked, 'quote')}"
    states = {
        Effect.HOLDS: "Holds.",
        Effect.PARTLY: f"Holds for {found}; the words of the others are not shown any more.",
        Effect.NOTHING_NOW: "Has nothing to do now: nothing stands in that theme.",
        Effect.NOT_APPLIED: "Could not be applied: its words are not shown any more.",
        Effect.NEW_THEME_UNDONE: "Could not be applied: the new theme was taken back.",
    }
    return f"{by}. {states[outcome.effect]}"


def change_words(change: ToldChange) -> tuple[str, str]:
    """What became of a theme since the last time, and how large it was and is."""
    now = count(change.n_now, "passage")
    before = count(change.n_before, "passage")
    return {
        ChangeKind.APPEARED: (f"“{change.name}” appeared", now),
        ChangeKind.PARTED: (f"“{change.name}” came out of “{change.other}”", now),
        ChangeKind.GROWN: (f"“{change.name}” has grown", f"{before} before, {now} now"),
        ChangeKind.SHRUNK: (f"“{change.name}” has shrunk", f"{before} before, {now} now"),
        ChangeKind.JOINED: (f"“{change.name}” joined “{change.other}”", f"{before} before"),
        ChangeKind.GONE: (f"“{change.name}” is gone", f"{before} before"),
    }[change.kind]


def how_much(strength: float) -> str:
    """How much of a quote goes to another theme, in words."""
    if strength >= HALF:
        return "mostly"
    return "as much" if strength >= THIRD else "in part"


def _called(theme_id: ThemeId | None, names: Mapping[ThemeId, str]) -> str:
    return f"“{names[theme_id]}”" if theme_id and theme_id in names else A_THEME
