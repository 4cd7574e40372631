"""Themes over all meetings of a programme, and what became of them. Start at `theme_years`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.theme_trajectories import Course, Stop, course_of
from domain.access import Act
from domain.ids import InitiativeId, ProgrammeId, RecommendationId, ThemeId
from domain.initiatives import Initiative, Stage
from domain.meetings import Meeting
from domain.recommendations import Evidence, Recommendation, RecommendationState
from domain.theme_edits import EditKind, now_in, standing
from services.access import require
from services.kept_readings import kept
from services.recommendation_reading import shown_of, verified_evidence
from services.runtime import runtime
from services.theme_corrections import Corrections, ToldEdit
from services.theme_counts import Place, places_at, voices_at
from services.theme_reading import read_run
from services.theme_speakers import ThemeSpeakers, told_of, way_of
from services.theme_views import ThemeQuote, theme_view
from store import initiatives, meetings, theme_edits
from store.engine import Connection

__all__ = [
    "Became", "CameOfIt", "Course", "LastingTheme", "MeetingQuotes", "MeetingStop", "ThemeYears",
    "came_of_theme", "quotes_over_years", "theme_years",
]  # fmt: skip
N_QUOTES = 3


@dataclass(frozen=True)
class MeetingStop:
    """A meeting on a theme's way; `theme` is None where it was no theme there.

    A meeting whose themes were not found says nothing about any theme.
    """

    meeting: Meeting
    is_found: bool
    theme: ThemeSpeakers | None


@dataclass(frozen=True)
class LastingTheme:
    """A theme over the meetings, the oldest first; called as the newest meeting called it."""

    theme_id: ThemeId
    name: str
    course: Course
    stops: tuple[MeetingStop, ...]

    @property
    def n_meetings(self) -> int:
        """How many meetings it was a theme of."""
        return sum(stop.theme is not None for stop in self.stops)


@dataclass(frozen=True)
class ThemeYears:
    """Every theme of a programme, those of most meetings first, then as the newest ranks them."""

    meetings: tuple[Meeting, ...]
    n_found: int
    themes: tuple[LastingTheme, ...]
    now_in: Mapping[ThemeId, ThemeId] = field(default_factory=dict)
    """Where each theme stands now that was joined with another, for addresses of before."""
    said_same: tuple[ToldEdit, ...] = ()
    """Who said that themes of two meetings are the same, as far as it holds, the newest last."""


@dataclass(frozen=True)
class MeetingQuotes:
    """What was said about a theme at one meeting, and what the theme was called there."""

    meeting: Meeting
    name: str
    quotes: tuple[ThemeQuote, ...]


@dataclass(frozen=True)
class Became:
    """An initiative that answers a recommendation, and how far it came."""

    initiative_id: InitiativeId
    title: str
    stage: Stage


@dataclass(frozen=True)
class CameOfIt:
    """A recommendation that came from a theme, with what became of it."""

    meeting: Meeting
    recommendation_id: RecommendationId
    number: int
    text: str
    state: RecommendationState
    n_quotes: int
    became: tuple[Became, ...]


def theme_years(programme_id: ProgrammeId) -> ThemeYears:
    """The themes of all meetings with who spoke of each, as far as it may be told."""
    require(Act.READ, programme_id=programme_id)
    with runtime().store.read() as tx:
        return kept(tx, ("years", programme_id), lambda: _read_years(tx, programme_id))


def _read_years(tx: Connection, programme_id: ProgrammeId) -> ThemeYears:
    held = _in_order(tx, programme_id)
    way = way_of(tx, programme_id)
    voices = [voices_at(tx, meeting.meeting_id) for meeting in held]
    found = [told_of(spoken, way) if spoken else None for spoken in voices]
    last = _newest_corrections(tx, held, found)
    themes = [_lasting(theme_id, held, found) for theme_id in _newest_first(found)]
    themes.sort(key=lambda theme: -theme.n_meetings)
    n_found = sum(run is not None for run in found)
    return ThemeYears(tuple(held), n_found, tuple(themes), last.now_in, _said_same(last))


def _newest_corrections(
    tx: Connection, held: Sequence[Meeting], found: Sequence[tuple[ThemeSpeakers, ...] | None]
) -> Corrections:
    """What the newest meeting with themes knows of corrections that hold in the programme."""
    for meeting, run in zip(reversed(held), reversed(found), strict=True):
        if run is not None and (read := read_run(tx, meeting.meeting_id)):
            return read.corrections
    return Corrections()


def _said_same(corrections: Corrections) -> tuple[ToldEdit, ...]:
    """Who said that themes of two meetings are the same, as far as nobody took it back."""
    return tuple(
        one for one in corrections.told if one.edit.kind is EditKind.SAME and not one.undone
    )


def quotes_over_years(
    programme_id: ProgrammeId,
    theme: LastingTheme,
    n_quotes: int = N_QUOTES,
    *,
    n_meetings: int | None = None,
) -> tuple[MeetingQuotes, ...]:
    """Typical words of a theme at so many meetings that have it (None: all), the newest first."""
    require(Act.READ, programme_id=programme_id)
    found: list[MeetingQuotes] = []
    with_it = [stop for stop in reversed(theme.stops) if stop.theme]
    with runtime().store.read() as tx:
        for stop in with_it[:n_meetings]:
            read = read_run(tx, stop.meeting.meeting_id)
            if read is None:
                continue
            found += [
                MeetingQuotes(stop.meeting, there.name, theme_view(there, read, n_quotes).quotes)
                for there in read.themes
                if there.theme_id == theme.theme_id and there.parent_id is None
            ]
    return tuple(found)


def came_of_theme(programme_id: ProgrammeId, theme: LastingTheme) -> tuple[CameOfIt, ...]:
    """Recommendations written from a theme, or resting on its words.

    Those that became something come first, then the chosen ones; among equals the newest meeting's.
    """
    require(Act.READ, programme_id=programme_id)
    has_it = {stop.meeting.meeting_id for stop in theme.stops if stop.theme}
    with runtime().store.read() as tx:
        known = initiatives.initiatives_of(tx, programme_id)
        found: list[CameOfIt] = []
        for meeting in reversed(_in_order(tx, programme_id)):
            is_there = meeting.meeting_id in has_it
            found += _came_at(tx, meeting, theme.theme_id, known, is_there=is_there)
    is_chosen = RecommendationState.CHOSEN
    return tuple(sorted(found, key=lambda one: (not one.became, one.state is not is_chosen)))


def _in_order(tx: Connection, programme_id: ProgrammeId) -> list[Meeting]:
    held = meetings.meetings_of(tx, programme_id)
    return sorted(held, key=lambda meeting: (meeting.held_on, meeting.meeting_id))


def _newest_first(found: Sequence[tuple[ThemeSpeakers, ...] | None]) -> list[ThemeId]:
    seen = (theme.theme_id for run in reversed(found) for theme in run or ())
    return list(dict.fromkeys(seen))


def _lasting(
    theme_id: ThemeId,
    held: Sequence[Meeting],
    found: Sequence[tuple[ThemeSpeakers, ...] | None],
) -> LastingTheme:
    stops = tuple(
        MeetingStop(
            meeting,
            run is not None,
            next((theme for theme in run or () if theme.theme_id == theme_id), None),
        )
        for meeting, run in zip(held, found, strict=True)
    )
    told = [Stop(s.theme.on_screen.whole if s.theme else None) for s in stops if s.is_found]
    name = next(stop.theme.name for stop in reversed(stops) if stop.theme)
    return LastingTheme(theme_id, name, course_of(told), stops)


def _came_at(
    tx: Connection,
    meeting: Meeting,
    theme_id: ThemeId,
    known: Sequence[Initiative],
    *,
    is_there: bool,
) -> list[CameOfIt]:
    shown = shown_of(tx, meeting.meeting_id)
    if not shown:
        return []
    evidence, _ = verified_evidence(tx, [r.recommendation_id for r in shown])
    texts = {one.quote.revision_id for behind in evidence.values() for one in behind}
    places = places_at(tx, meeting.meeting_id, theme_id, texts) if is_there and texts else []
    now = now_in(standing(theme_edits.edits_at(tx, meeting.meeting_id)))
    found = []
    for wanted in shown:
        behind = evidence.get(wanted.recommendation_id, [])
        n_quotes = sum(_stands_in(one, places) for one in behind)
        written_from = wanted.theme_id and now.get(wanted.theme_id, wanted.theme_id)
        if n_quotes or written_from == theme_id:
            found.append(_came(meeting, wanted, n_quotes, known))
    return found


def _stands_in(evidence: Evidence, places: Sequence[Place]) -> bool:
    """Whether a quote begins in one of these passages."""
    quote = evidence.quote
    return any(
        place.revision_id == quote.revision_id and place.start <= quote.start < place.end
        for place in places
    )


def _came(
    meeting: Meeting, wanted: Recommendation, n_quotes: int, known: Sequence[Initiative]
) -> CameOfIt:
    became = tuple(
        Became(i.initiative_id, i.title, i.stage)
        for i in known
        if wanted.recommendation_id in i.answers
    )
    return CameOfIt(
        meeting,
        wanted.recommendation_id,
        wanted.number,
        wanted.text,
        wanted.state,
        n_quotes,
        became,
    )
