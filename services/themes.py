"""Themes of a meeting as the screens read them. Start at `theme_report`."""

import threading
from dataclasses import dataclass

from analysis.public_themes import Public, Voice
from analysis.public_themes import public_theme as released_to_all
from analysis.suppression import PUBLIC_K
from domain.access import Act
from domain.errors import NotAllowedNow, NotFound
from domain.ids import JobId, MeetingId, ThemeId
from domain.people import StakeholderGroup
from domain.talk import Zone
from domain.themes import RunTheme
from intake import child as reader
from services import worker_supervisor
from services.access import require
from services.jobs import ask_for
from services.runtime import runtime
from services.theme_reading import Placed, ReadRun, read_run
from services.theme_views import (
    ThemeQuote,
    ThemeReport,
    quote_of,
    quotes_of,
    report_of,
    typical_order,
)
from store import audit

THEMES = "themes"
RESTRICTED_THEMES = "restricted themes"
N_QUOTES = 3


@dataclass(frozen=True)
class MapPoint:
    """A passage on the map; `rank` is None for what is in no theme.

    Of somebody who is only counted, neither words nor group nor time are told.
    """

    x: float
    y: float
    rank: int | None
    theme_name: str
    words: str
    translation: str
    stakeholder_group: StakeholderGroup | None
    start_s: float | None


@dataclass(frozen=True)
class PublicTheme:
    """What of a theme everybody may see; no number where too few people would be behind it."""

    theme_id: ThemeId
    rank: int
    name: str
    quotes: tuple[ThemeQuote, ...]
    n_people: int | None
    groups: tuple[tuple[str, int], ...]


def request_themes(meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> JobId:
    """Ask the worker to find the themes of a meeting, in what was released or in everything."""
    if zone is Zone.RESTRICTED:
        require(Act.READ_RAW, meeting_id=meeting_id)
        return ask_for(RESTRICTED_THEMES, meeting_id)
    require(Act.ANALYSE, meeting_id=meeting_id)
    return ask_for(THEMES, meeting_id)


def request_warm_model() -> None:
    """Have the worker load the model and the reader start, since words are about to come in."""
    worker_supervisor.warm()
    # Nobody waits for it: whoever chooses a file takes longer than the reader's start.
    threading.Thread(target=reader.get_ready, name="reader", daemon=True).start()


def theme_report(meeting_id: MeetingId, *, n_quotes: int = N_QUOTES) -> ThemeReport | None:
    """The current themes of a meeting in released words; None before they were found."""
    read = _read(meeting_id)
    return report_of(read, n_quotes) if read else None


def restricted_report(
    meeting_id: MeetingId, *, reason: str, n_quotes: int = N_QUOTES
) -> ThemeReport | None:
    """The same over everything that was heard, for a reviewer who says why; it is noted.

    Raises
    ------
    NotAllowedNow
        If no reason is given.
    """
    by = require(Act.READ_RAW, meeting_id=meeting_id)
    if not reason.strip():
        raise NotAllowedNow(reason="Say why you need to read what was not released.")
    with runtime().store.write() as tx:
        read = read_run(tx, meeting_id, Zone.RESTRICTED)
        if read is None:
            return None
        audit.record(
            tx, by.name, "restricted themes read", "meeting", meeting_id, reason=reason.strip()
        )
    return report_of(read, n_quotes)


def theme_quotes(
    meeting_id: MeetingId, theme_id: ThemeId, limit: int = 50
) -> tuple[ThemeQuote, ...]:
    """The words of a theme that may be quoted, as they stand on the screen: pinned ones first."""
    read = _read(meeting_id)
    if read is None:
        return ()
    inside = [p for p in read.passages if p.member.theme_id == theme_id]
    return quotes_of(inside, {}, limit)


def set_aside(meeting_id: MeetingId) -> tuple[ThemeQuote, ...]:
    """Words that are in no theme and may be quoted, in the order in which they were said."""
    read = _read(meeting_id)
    if read is None:
        return ()
    return tuple(quote_of(p) for p in read.passages if p.member.theme_id is None and p.is_quotable)


def map_points(meeting_id: MeetingId) -> tuple[MapPoint, ...]:
    """Every passage with its place on the map."""
    read = _read(meeting_id)
    return points_of(read) if read else ()


def points_of(read: ReadRun) -> tuple[MapPoint, ...]:
    """The same of a run that was read."""
    by_id = {t.theme_id: t for t in read.themes}
    return tuple(_point(p, by_id.get(p.member.theme_id or ThemeId(""))) for p in read.passages)


def public_themes(meeting_id: MeetingId, k: int = PUBLIC_K) -> tuple[PublicTheme, ...]:
    """What everybody may see of a meeting's themes, largest first.

    Every surface outside the screens of those who run and review a meeting shows only this.
    """
    read = _read(meeting_id)
    return _public_of(read, k) if read else ()


def public_theme(meeting_id: MeetingId, theme_id: ThemeId, k: int = PUBLIC_K) -> PublicTheme:
    """One of them.

    Raises
    ------
    NotFound
        If the meeting has no such theme that everybody may see.
    """
    read = _read(meeting_id)
    now = read.corrections.now_in.get(theme_id, theme_id) if read else theme_id
    for theme in _public_of(read, k) if read else ():
        if theme.theme_id == now:
            return theme
    raise NotFound(kind="theme that everybody may see", id=theme_id)


def _read(meeting_id: MeetingId) -> ReadRun | None:
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return read_run(tx, meeting_id)


def _point(placed: Placed, theme: RunTheme | None) -> MapPoint:
    said = placed.utterance
    return MapPoint(
        placed.member.x,
        placed.member.y,
        theme.rank if theme else None,
        theme.name if theme else "in no theme",
        placed.quote.text if placed.is_quotable else "",
        placed.quote.translation if placed.is_quotable else "",
        said.stakeholder_group if placed.is_quotable else None,
        said.start_s if placed.is_quotable else None,
    )


def _public_of(read: ReadRun, k: int) -> tuple[PublicTheme, ...]:
    broad = [t for t in read.themes if t.parent_id is None]
    return tuple(shown for t in broad if (shown := _public(t, read, k)) is not None)


def _public(theme: RunTheme, read: ReadRun, k: int) -> PublicTheme | None:
    inside = sorted(_inside(theme, read), key=typical_order)
    speakers: dict[str, StakeholderGroup | None] = {
        p.utterance.attendance_id: p.utterance.stakeholder_group
        for p in inside
        if p.utterance.attendance_id
    }
    quotable = [p for p in inside if p.is_quotable and not p.is_private]
    shown: Public | None = released_to_all(
        speakers, [Voice(p.who, longer_of(p)) for p in quotable], k
    )
    if shown is None:
        return None
    quotes = tuple(quote_of(quotable[place]) for place in shown.quotes)
    return PublicTheme(theme.theme_id, theme.rank, theme.name, quotes, shown.n_people, shown.groups)


def longer_of(placed: Placed) -> str:
    """The words that tell whether a quote is short enough for everybody: it or its translation."""
    return max(placed.quote.text, placed.quote.read_by, key=lambda text: len(text.split()))


def _inside(theme: RunTheme, read: ReadRun) -> list[Placed]:
    return [p for p in read.passages if p.member.theme_id == theme.theme_id]
