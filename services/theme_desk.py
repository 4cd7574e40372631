"""All that the screen of themes shows, from one reading of the store. Start at `open_themes`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.theme_breadth import Breadths, at_breadth, breadths
from analysis.theme_changes import compare_runs
from domain.access import Act
from domain.ids import MeetingId, PassageId, ThemeId
from domain.theme_edits import EditKind, Effect
from domain.themes import AsideReason, ChangeKind
from services.access import require
from services.runtime import runtime
from services.theme_corrections import ToldEdit
from services.theme_reading import Placed, ReadRun, read_run, read_this_run
from services.theme_views import (
    FineView,
    Scale,
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
        read = read_run(tx, meeting_id)
    if read is None:
        return None
    report = report_of(read, None)
    found = breadths(_leaves(read), [(m.theme_id, m.joined_id) for m in read.merges])
    wanted = found.as_found if breadth is None else min(max(breadth, found.fewest), found.most)
    shown = report.themes if wanted == found.as_found else _shown(read, report, found, wanted)
    return OpenThemes(
        report,
        shown,
        wanted,
        found.as_found,
        found.fewest,
        found.most,
        _aside(read),
        points_of(read),
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


def _leaves(read: ReadRun) -> dict[ThemeId, ThemeId]:
    """Each fine theme with its broad one, the largest broad first; one without fine is its own."""
    fine_of: dict[ThemeId, list[ThemeId]] = {}
    for theme in read.themes:
        if theme.parent_id:
            fine_of.setdefault(theme.parent_id, []).append(theme.theme_id)
    return {
        leaf: theme.theme_id
        for theme in read.themes
        if theme.parent_id is None
        for leaf in fine_of.get(theme.theme_id, [theme.theme_id])
    }


def _shown(
    read: ReadRun, report: ThemeReport, found: Breadths[ThemeId], wanted: int
) -> tuple[ThemeView, ...]:
    theme_of = _leaves(read)
    by_leaf = _by_leaf(read, theme_of)
    views = [_group(group, theme_of, by_leaf, read, report) for group in at_breadth(found, wanted)]
    views.sort(key=lambda view: (-view.n_utterances, view.name))
    return tuple(replace(view, rank=rank) for rank, view in enumerate(views))


def _by_leaf(read: ReadRun, theme_of: Mapping[ThemeId, ThemeId]) -> dict[ThemeId, list[Placed]]:
    """Passages of each fine theme; what a person put into a theme goes with its largest one."""
    first: dict[ThemeId, ThemeId] = {}
    for leaf, theme_id in theme_of.items():
        first.setdefault(theme_id, leaf)
    found: dict[ThemeId, list[Placed]] = {leaf: [] for leaf in theme_of}
    for p in read.passages:
        if p.member.theme_id:
            found[p.member.fine_theme_id or first[p.member.theme_id]].append(p)
    return found


def _group(
    leaves: Sequence[ThemeId],
    theme_of: Mapping[ThemeId, ThemeId],
    by_leaf: Mapping[ThemeId, list[Placed]],
    read: ReadRun,
    report: ThemeReport,
) -> ThemeView:
    """A theme as it is, a part of one, or several together."""
    inside = list(dict.fromkeys(theme_of[leaf] for leaf in leaves))
    of_first = [leaf for leaf, theme_id in theme_of.items() if theme_id == inside[0]]
    views = {view.theme_id: view for view in report.themes}
    if len(inside) == 1 and len(leaves) == len(of_first):
        return views[inside[0]]
    scale = Scale.PART if len(inside) == 1 else Scale.FAMILY
    names = {t.theme_id: t.name for t in read.themes}
    also = names_of(read)
    parts = leaves if scale is Scale.PART else inside
    held = [p for leaf in leaves for p in by_leaf[leaf]]
    fine = [
        FineView(
            one,
            names[one],
            len(of_one),
            quotes_of(of_one, also),
        )
        for one in parts
        if (of_one := [p for p in held if one in (p.member.theme_id, p.member.fine_theme_id)])
    ]
    more = f" and {len(parts) - 1} more" if len(parts) > 1 else ""
    return ThemeView(
        parts[0],
        0,
        names[parts[0]] + more,
        "",
        *counts_of(held),
        quotes_of(held, also),
        tuple(fine) if len(fine) > 1 else (),
        scale=scale,
    )


def _aside(read: ReadRun) -> tuple[Aside, ...]:
    """By reason; what an older run set aside without one stands with the last."""
    found: dict[AsideReason, list[Placed]] = {
        AsideReason.BY_HAND: [],
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
