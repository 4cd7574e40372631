"""A run of themes with the words that may be shown of it now. Start at `read_run`.

A run is read anew each time: whoever took words back since is in no count, no quote and no name,
and every correction that was made by hand is done again on it.
"""

from dataclasses import dataclass, field, replace

from analysis.theme_replay import Found
from domain.ids import MeetingId
from domain.talk import ConsentUse, Zone
from domain.themes import FineMerge, RunTheme, ThemeRun
from services.kept_readings import kept
from services.theme_corrections import Corrections, correct
from services.theme_passages import (
    Placed,
    is_read_otherwise,
    standing_passages,
    without_its_translation,
)
from services.theme_shown import one_parent, shown_themes
from store import talk, themes
from store.engine import Connection

__all__ = ["Placed", "ReadRun", "read_run", "read_this_run"]


@dataclass(frozen=True)
class ReadRun:
    """A run as it may be shown now: themes that still hold something, passages that still stand.

    It is stale when words or translations came in or went since it was found.
    """

    run: ThemeRun
    themes: list[RunTheme]
    passages: list[Placed]
    n_utterances: int
    is_stale: bool
    merges: tuple[FineMerge, ...] = ()
    corrections: Corrections = field(default_factory=Corrections)


def read_run(tx: Connection, meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> ReadRun | None:
    """The current run of a meeting in a zone, corrected by hand; None before the first."""
    if zone is Zone.RESTRICTED:
        return _read_now(tx, meeting_id, zone)
    return kept(tx, ("run", meeting_id), lambda: _read_now(tx, meeting_id, zone))


def _read_now(tx: Connection, meeting_id: MeetingId, zone: Zone) -> ReadRun | None:
    run = themes.current_run(tx, meeting_id, zone)
    return read_this_run(tx, run, is_corrected=True) if run else None


def read_this_run(tx: Connection, run: ThemeRun, *, is_corrected: bool = False) -> ReadRun:
    """A run of the past, or the current one, in the same way: as found, unless corrected by hand.

    Corrections are made where others read, so what nobody released is shown as it was found.
    """
    meeting_id, zone = run.meeting_id, run.zone
    said = talk.utterances_of(tx, meeting_id, zone, use=ConsentUse.GROUPED)
    placed = standing_passages(tx, run, said)
    read = {p.utterance.revision_id for p in placed}
    is_unread = any(u.revision_id not in read and u.text.strip() for u in said)
    is_stale = is_unread or len(placed) < run.n_passages or any(map(is_read_otherwise, placed))
    placed = [without_its_translation(p) for p in placed]
    corrects = is_corrected and zone is Zone.SHARED
    corrections = correct(tx, meeting_id, _found(placed)) if corrects else Corrections()
    corrected = one_parent(_corrected(placed, corrections))
    shown = shown_themes(tx, themes.themes_of_run(tx, run.run_id), placed, corrected, corrections)
    merges = tuple(themes.merges_of_run(tx, run.run_id))
    return ReadRun(run, shown, corrected, len(said), is_stale, merges, corrections)


def _found(placed: list[Placed]) -> list[Found]:
    return [
        Found(p.place, p.quote.text, p.member.theme_id, p.member.fine_theme_id, p.member.aside)
        for p in placed
        if p.place
    ]


def _corrected(placed: list[Placed], corrections: Corrections) -> list[Placed]:
    if corrections.replayed is None:
        return placed
    return [
        replace(
            p,
            member=replace(
                p.member,
                theme_id=now.theme_id,
                fine_theme_id=now.fine_theme_id,
                aside=now.aside,
            ),
            moved_by=now.by,
            pinned_by=now.pinned_by,
        )
        for p, now in zip(placed, corrections.replayed.passages, strict=True)
    ]
