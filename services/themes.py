"""Themes of a meeting as the screens read them. Start at `theme_report`."""

from collections import Counter
from dataclasses import dataclass

from analysis.public_themes import Public, Voice
from analysis.public_themes import public_theme as released_to_all
from analysis.suppression import PUBLIC_K
from domain.access import Act
from domain.errors import NotAllowedNow, NotFound
from domain.ids import JobId, MeetingId, ThemeId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Quote, Zone
from domain.themes import RunTheme, ThemeRun
from services import worker_supervisor
from services.access import require
from services.jobs import ask_for
from services.runtime import runtime
from services.theme_reading import Placed, ReadRun, read_run
from store import audit

THEMES = "themes"
RESTRICTED_THEMES = "restricted themes"
N_QUOTES = 3
FEWEST_WORDS, MOST_WORDS = 8, 60


@dataclass(frozen=True)
class ThemeQuote:
    """Words of a theme as they were said; strength 0-1 tells how much they belong to it."""

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    strength: float


@dataclass(frozen=True)
class ThemeView:
    """A theme with how many spoke of it, who they are, and its most typical words."""

    theme_id: ThemeId
    rank: int
    name: str
    key_words: str
    n_utterances: int
    n_people: int
    groups: dict[StakeholderGroup, int]
    quotes: tuple[ThemeQuote, ...]
    fine: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ThemeReport:
    """The themes of a meeting, largest first; stale when words came in or went since.

    The counts are of what may be counted now; those of `run` are of the day it was found.
    """

    run: ThemeRun
    themes: tuple[ThemeView, ...]
    n_utterances: int
    n_passages: int
    n_set_aside: int
    is_stale: bool


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
    """Ask the worker to load the model, since words are about to come in."""
    worker_supervisor.warm()


def theme_report(meeting_id: MeetingId, *, n_quotes: int = N_QUOTES) -> ThemeReport | None:
    """The current themes of a meeting in released words; None before they were found."""
    read = _read(meeting_id)
    return _report(read, n_quotes) if read else None


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
    return _report(read, n_quotes)


def theme_quotes(
    meeting_id: MeetingId, theme_id: ThemeId, limit: int = 50
) -> tuple[ThemeQuote, ...]:
    """The words of a theme that may be quoted, the most typical first."""
    read = _read(meeting_id)
    if read is None:
        return ()
    inside = [p for p in read.passages if p.member.theme_id == theme_id and p.is_quotable]
    inside.sort(key=lambda p: (p.member.typical, p.utterance.position))
    return tuple(_quote(p) for p in inside[:limit])


def set_aside(meeting_id: MeetingId) -> tuple[ThemeQuote, ...]:
    """Words that are in no theme and may be quoted, in the order in which they were said."""
    read = _read(meeting_id)
    if read is None:
        return ()
    return tuple(_quote(p) for p in read.passages if p.member.theme_id is None and p.is_quotable)


def map_points(meeting_id: MeetingId) -> tuple[MapPoint, ...]:
    """Every passage with its place on the map."""
    read = _read(meeting_id)
    if read is None:
        return ()
    by_id = {t.theme_id: t for t in read.themes}
    return tuple(_point(p, by_id.get(p.member.theme_id or ThemeId(""))) for p in read.passages)


def public_themes(meeting_id: MeetingId, k: int = PUBLIC_K) -> tuple[PublicTheme, ...]:
    """What everybody may see of a meeting's themes, largest first.

    Every surface outside the screens of those who run and review a meeting shows only this.
    """
    read = _read(meeting_id)
    if read is None:
        return ()
    broad = [t for t in read.themes if t.parent_id is None]
    return tuple(shown for t in broad if (shown := _public(t, read, k)) is not None)


def public_theme(meeting_id: MeetingId, theme_id: ThemeId, k: int = PUBLIC_K) -> PublicTheme:
    """One of them.

    Raises
    ------
    NotFound
        If the meeting has no such theme that everybody may see.
    """
    for theme in public_themes(meeting_id, k):
        if theme.theme_id == theme_id:
            return theme
    raise NotFound(kind="theme that everybody may see", id=theme_id)


def _read(meeting_id: MeetingId) -> ReadRun | None:
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return read_run(tx, meeting_id)


def _report(read: ReadRun, n_quotes: int) -> ThemeReport:
    broad = [t for t in read.themes if t.parent_id is None]
    return ThemeReport(
        read.run,
        tuple(_view(theme, read, n_quotes) for theme in broad),
        read.n_utterances,
        len(read.passages),
        sum(p.member.theme_id is None for p in read.passages),
        read.is_stale,
    )


def _point(placed: Placed, theme: RunTheme | None) -> MapPoint:
    said = placed.utterance
    return MapPoint(
        placed.member.x,
        placed.member.y,
        theme.rank if theme else None,
        theme.name if theme else "in no theme",
        placed.quote.text if placed.is_quotable else "",
        said.stakeholder_group if placed.is_quotable else None,
        said.start_s if placed.is_quotable else None,
    )


def _public(theme: RunTheme, read: ReadRun, k: int) -> PublicTheme | None:
    inside = sorted(_inside(theme, read), key=_typical_order)
    speakers: dict[str, StakeholderGroup | None] = {
        p.utterance.attendance_id: p.utterance.stakeholder_group
        for p in inside
        if p.utterance.attendance_id
    }
    quotable = [p for p in inside if p.is_quotable and not p.is_private]
    shown: Public | None = released_to_all(
        speakers, [Voice(p.who, p.quote.text) for p in quotable], k
    )
    if shown is None:
        return None
    quotes = tuple(_quote(quotable[place]) for place in shown.quotes)
    return PublicTheme(theme.theme_id, theme.rank, theme.name, quotes, shown.n_people, shown.groups)


def _inside(theme: RunTheme, read: ReadRun) -> list[Placed]:
    return [p for p in read.passages if p.member.theme_id == theme.theme_id]


def _view(theme: RunTheme, read: ReadRun, n_quotes: int) -> ThemeView:
    inside = _inside(theme, read)
    said = {p.utterance.utterance_id: p.utterance for p in inside}
    groups = Counter(u.stakeholder_group for u in said.values() if u.stakeholder_group)
    return ThemeView(
        theme.theme_id,
        theme.rank,
        theme.name,
        theme.key_words,
        len(said),
        len({p.who for p in inside if p.who}),
        {group: groups[group] for group in StakeholderGroup if groups[group]},
        _typical_quotes([p for p in inside if p.is_quotable], n_quotes),
        tuple(
            (fine.name, fine.n_passages) for fine in read.themes if fine.parent_id == theme.theme_id
        ),
    )


def _typical_quotes(inside: list[Placed], n_quotes: int) -> tuple[ThemeQuote, ...]:
    """The most typical words, one of each person before a second of anybody.

    Whoever runs the meeting sums up, so staff come last; so do words too short or too long to
    stand alone.
    """
    typical = sorted(inside, key=_typical_order)
    firsts: list[Placed] = []
    others: list[Placed] = []
    seen: set[str] = set()
    for placed in typical:
        (others if placed.who in seen else firsts).append(placed)
        seen.add(placed.who)
    return tuple(_quote(p) for p in (firsts + others)[:n_quotes])


def _typical_order(placed: Placed) -> tuple[bool, bool, int, int]:
    is_staff = placed.utterance.stakeholder_group is StakeholderGroup.ASSOCIATION_STAFF
    stands_alone = FEWEST_WORDS <= len(placed.quote.text.split()) <= MOST_WORDS
    return is_staff, not stands_alone, placed.member.typical, placed.utterance.position


def _quote(placed: Placed) -> ThemeQuote:
    said = placed.utterance
    return ThemeQuote(
        placed.quote,
        said.utterance_id,
        said.stakeholder_group,
        said.start_s,
        placed.member.strength,
    )
