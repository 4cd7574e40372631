"""Themes of a meeting as the screens read them. Start at `theme_report`."""

from collections import Counter
from dataclasses import dataclass

from domain.errors import QuoteNotInSource
from domain.ids import JobId, MeetingId, RevisionId, ThemeId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Quote, Utterance, Zone, verify_quote
from domain.themes import Membership, RunTheme, ThemeRun
from services import worker_supervisor
from services.jobs import ask_for
from services.runtime import runtime
from store import talk, themes

THEMES = "themes"
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
    """The themes of a meeting, largest first; stale when words came in since."""

    run: ThemeRun
    themes: tuple[ThemeView, ...]
    n_utterances: int
    is_stale: bool


@dataclass(frozen=True)
class MapPoint:
    """A passage on the map; `rank` is None for what is in no theme."""

    x: float
    y: float
    rank: int | None
    theme_name: str
    words: str
    stakeholder_group: StakeholderGroup | None
    start_s: float | None


@dataclass(frozen=True)
class _Placed:
    """A passage of a run with the utterance whose words it verified."""

    member: Membership
    quote: Quote
    utterance: Utterance


@dataclass(frozen=True)
class _Run:
    run: ThemeRun
    themes: list[RunTheme]
    passages: list[_Placed]
    n_utterances: int
    n_unread: int


def request_themes(meeting_id: MeetingId) -> JobId:
    """Ask the worker to find the themes of a meeting."""
    return ask_for(THEMES, meeting_id)


def request_warm_model() -> None:
    """Ask the worker to load the model, since words are about to come in."""
    worker_supervisor.warm()


def theme_report(
    meeting_id: MeetingId, zone: Zone = Zone.SHARED, *, n_quotes: int = N_QUOTES
) -> ThemeReport | None:
    """The current themes of a meeting; None before they were found."""
    read = _read(meeting_id, zone)
    if read is None:
        return None
    broad = [t for t in read.themes if t.parent_id is None]
    views = tuple(_view(theme, read, n_quotes) for theme in broad)
    return ThemeReport(read.run, views, read.n_utterances, read.n_unread > 0)


def theme_quotes(
    meeting_id: MeetingId, theme_id: ThemeId, limit: int = 50, zone: Zone = Zone.SHARED
) -> tuple[ThemeQuote, ...]:
    """The words of a theme, the most typical first."""
    read = _read(meeting_id, zone)
    if read is None:
        return ()
    inside = [p for p in read.passages if p.member.theme_id == theme_id]
    inside.sort(key=lambda p: (p.member.typical, p.utterance.position))
    return tuple(_quote(p) for p in inside[:limit])


def set_aside(meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> tuple[ThemeQuote, ...]:
    """Words that are in no theme, in the order in which they were said."""
    read = _read(meeting_id, zone)
    if read is None:
        return ()
    return tuple(_quote(p) for p in read.passages if p.member.theme_id is None)


def map_points(meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> tuple[MapPoint, ...]:
    """Every passage with its place on the map."""
    read = _read(meeting_id, zone)
    if read is None:
        return ()
    by_id = {t.theme_id: t for t in read.themes}
    return tuple(
        MapPoint(
            p.member.x,
            p.member.y,
            by_id[p.member.theme_id].rank if p.member.theme_id else None,
            by_id[p.member.theme_id].name if p.member.theme_id else "in no theme",
            p.quote.text,
            p.utterance.stakeholder_group,
            p.utterance.start_s,
        )
        for p in read.passages
    )


def _read(meeting_id: MeetingId, zone: Zone) -> _Run | None:
    with runtime().store.read() as tx:
        run = themes.current_run(tx, meeting_id, zone)
        if run is None:
            return None
        found = themes.themes_of_run(tx, run.run_id)
        members = themes.memberships_of_run(tx, run.run_id)
        said = talk.utterances_of(tx, meeting_id, zone)
    by_revision = {u.revision_id: u for u in said}
    placed = [p for row in members if (p := _placed(row, by_revision)) is not None]
    read = {p.utterance.revision_id for p in placed}
    n_unread = sum(u.revision_id not in read and bool(u.text.strip()) for u in said)
    return _Run(run, found, placed, len(said), n_unread)


def _placed(
    row: tuple[Membership, RevisionId, int, int], by_revision: dict[RevisionId, Utterance]
) -> _Placed | None:
    """A passage whose revision is no longer the one shown is not drawn."""
    member, revision_id, start, end = row
    utterance = by_revision.get(revision_id)
    if utterance is None:
        return None
    words = utterance.text[start:end]
    try:
        quote = verify_quote(revision_id, utterance.text, start, end, words)
    except QuoteNotInSource:
        return None
    return _Placed(member, quote, utterance)


def _view(theme: RunTheme, read: _Run, n_quotes: int) -> ThemeView:
    inside = [p for p in read.passages if p.member.theme_id == theme.theme_id]
    said = {p.utterance.utterance_id: p.utterance for p in inside}
    groups = Counter(u.stakeholder_group for u in said.values() if u.stakeholder_group)
    return ThemeView(
        theme.theme_id,
        theme.rank,
        theme.name,
        theme.key_words,
        len(said),
        len({u.attendance_id or u.speaker for u in said.values() if u.attendance_id or u.speaker}),
        {group: groups[group] for group in StakeholderGroup if groups[group]},
        _typical_quotes(inside, n_quotes),
        tuple(
            (fine.name, fine.n_passages) for fine in read.themes if fine.parent_id == theme.theme_id
        ),
    )


def _typical_quotes(inside: list[_Placed], n_quotes: int) -> tuple[ThemeQuote, ...]:
    """The most typical words, one of each person before a second of anybody.

    Whoever runs the meeting sums up, so staff come last; so do words too short or too long to
    stand alone.
    """
    typical = sorted(inside, key=_typical_order)
    firsts: list[_Placed] = []
    others: list[_Placed] = []
    seen: set[str] = set()
    for placed in typical:
        who = placed.utterance.attendance_id or placed.utterance.speaker
        (others if who in seen else firsts).append(placed)
        seen.add(who)
    return tuple(_quote(p) for p in (firsts + others)[:n_quotes])


def _typical_order(placed: _Placed) -> tuple[bool, bool, int, int]:
    is_staff = placed.utterance.stakeholder_group is StakeholderGroup.ASSOCIATION_STAFF
    stands_alone = FEWEST_WORDS <= len(placed.quote.text.split()) <= MOST_WORDS
    return is_staff, not stands_alone, placed.member.typical, placed.utterance.position


def _quote(placed: _Placed) -> ThemeQuote:
    said = placed.utterance
    return ThemeQuote(
        placed.quote,
        said.utterance_id,
        said.stakeholder_group,
        said.start_s,
        placed.member.strength,
    )
