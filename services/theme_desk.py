"""All that the screen of themes shows, from one reading of the store. Start at `open_themes`."""

from dataclasses import dataclass, replace

from analysis.theme_changes import compare_runs
from domain.access import Act
from domain.ids import MeetingId, PassageId, ThemeId
from domain.theme_edits import EditKind, Effect
from domain.themes import AsideReason, ChangeKind
from services.access import require
from services.kept_readings import kept
from services.runtime import runtime
from services.theme_breadths import Group, Scale, Seen, seen_at
from services.theme_corrections import ToldEdit
from services.theme_reading import Placed, ReadRun, read_run, read_this_run
from services.theme_views import (
    FineView,
    ThemeQuote,
    ThemeReport,
    ThemeView,
    counts_of,
    names_of,
    quote_of,
    quotes_of,
    report_of,
)
from services.themes import MapPoint, points_of
from store import themes
from store.engine import Connection

OF_THEMES = frozenset({EditKind.RENAME, EditKind.MERGE, EditKind.NOTE})


@dataclass(frozen=True)
class Aside:
    """What stands in no theme for one reason; some may only be counted."""

    reason: AsideReason
    n_passages: int
    quotes: tuple[ThemeQuote, ...]


@dataclass(frozen=True)
class OpenThemes:
    """The themes as found and corrected, and as they look at the breadth that was asked for.

    `names` tells every theme, broad and fine, that stands now.
    """

    report: ThemeReport
    shown: tuple[ThemeView, ...]
    breadth: int
    as_found: int
    fewest: int
    most: int
    aside: tuple[Aside, ...]
    points: tuple[MapPoint, ...]
    edits: tuple[ToldEdit, ...]
    names: dict[ThemeId, str]


@dataclass(frozen=True)
class ToldChange:
    """What became of a theme since the last time, by name; `other` is the one it came out of."""

    kind: ChangeKind
    name: str
    n_before: int
    n_now: int
    other: str


def open_themes(meeting_id: MeetingId, breadth: int | None = None) -> OpenThemes | None:
    """Everything of a meeting's themes at a breadth: about so many in the list; None: as found.

    None before any were found.
    """
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return kept(tx, ("desk", (meeting_id, breadth)), lambda: _open(tx, meeting_id, breadth))


def _open(tx: Connection, meeting_id: MeetingId, breadth: int | None) -> OpenThemes | None:
    read = read_run(tx, meeting_id)
    if read is None:
        return None
    report = kept(tx, ("report", meeting_id), lambda: report_of(read, None))
    seen = seen_at(read, breadth)
    is_as_found = seen.breadth == seen.as_found
    return OpenThemes(
        report,
        report.themes if is_as_found else _shown(read, report, seen),
        seen.breadth,
        seen.as_found,
        seen.fewest,
        seen.most,
        _aside(read),
        points_of(read if is_as_found else seen.as_read(read)),
        _told_here(read),
        {theme.theme_id: theme.name for theme in read.themes},
    )


def what_changed(meeting_id: MeetingId) -> tuple[ToldChange, ...] | None:
    """What became of each theme since the run before, both corrected; None without one before."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        now = read_run(tx, meeting_id)
        earlier = themes.run_before(tx, now.run) if now else None
        before = read_this_run(tx, earlier, is_corrected=True) if earlier else None
    if now is None or before is None:
        return None
    names = {t.theme_id: t.name for t in (*before.themes, *now.themes)}
    return tuple(
        ToldChange(
            change.kind,
            names[change.theme],
            change.n_before,
            change.n_now,
            names[change.other] if change.other else "",
        )
        for change in compare_runs(_passages_of(before), _passages_of(now))
    )


def _told_here(read: ReadRun) -> tuple[ToldEdit, ...]:
    """Every correction but those at other meetings that do nothing here."""
    here = {theme.theme_id for theme in read.themes}
    return tuple(
        told
        for told in read.corrections.told
        if told.edit.meeting_id == read.run.meeting_id
        or told.edit.kind in OF_THEMES
        or (told.edit.kind is EditKind.SAME and told.edit.target_id in here)
        or (told.outcome is not None and told.outcome.effect is Effect.HOLDS)
    )


def _passages_of(read: ReadRun) -> dict[ThemeId, set[PassageId]]:
    found: dict[ThemeId, set[PassageId]] = {
        t.theme_id: set() for t in read.themes if t.parent_id is None
    }
    for p in read.passages:
        if p.member.theme_id in found:
            found[p.member.theme_id].add(p.member.passage_id)
    return found


def _shown(read: ReadRun, report: ThemeReport, seen: Seen) -> tuple[ThemeView, ...]:
    views = {view.theme_id: view for view in report.themes}
    return tuple(
        replace(
            views[group.theme_id] if group.scale is Scale.THEME else _view(group, read), rank=rank
        )
        for rank, group in enumerate(seen.groups)
    )


def _view(group: Group, read: ReadRun) -> ThemeView:
    """A part of a theme, or several together."""
    names = {t.theme_id: t.name for t in read.themes}
    also = names_of(read)
    inside: dict[ThemeId, list[Placed]] = {}
    for p in group.passages:
        of = p.member.fine_theme_id if group.scale is Scale.PART else p.member.theme_id
        if of in group.parts:
            inside.setdefault(of, []).append(p)
    fine = [
        FineView(one, names[one], len(inside[one]), quotes_of(inside[one], also))
        for one in group.parts
        if one in inside
    ]
    return ThemeView(
        group.theme_id,
        0,
        group.name,
        "",
        *counts_of(group.passages),
        quotes_of(group.passages, also),
        tuple(fine) if len(fine) > 1 else (),
        scale=group.scale,
        found_in=group.found_in,
    )


def _aside(read: ReadRun) -> tuple[Aside, ...]:
    """By reason; what an older run set aside without one stands with the last."""
    found: dict[AsideReason, list[Placed]] = {
        AsideReason.BY_HAND: [],
        AsideReason.OTHER_LANGUAGE: [],
        AsideReason.NO_COMPANY: [],
        AsideReason.MEETING_TALK: [],
    }
    also = names_of(read)
    for p in read.passages:
        if p.member.theme_id is None:
            found[p.member.aside or AsideReason.NO_COMPANY].append(p)
    return tuple(
        Aside(reason, len(held), tuple(quote_of(p, also) for p in held if p.is_quotable))
        for reason, held in found.items()
        if held
    )
