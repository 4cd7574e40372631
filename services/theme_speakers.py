"""Who speaks of each theme of a meeting and who does not. Start at `speakers_at`.

Everybody on the roster counts who said something that may be counted; whoever is not on it does
not, since two unknown voices may be one person. Groups are joined in one way for the whole
programme, so that meetings can be compared.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.grouping import Way, by_role
from analysis.public_themes import FEWEST_SPEAKERS
from analysis.suppression import ROOM_K
from analysis.theme_speakers import Amount, Part, Speakers, Told, for_others, in_words_alone, tell
from domain.access import Act
from domain.ids import AttendanceId, MeetingId, ProgrammeId, ThemeId
from domain.people import StakeholderGroup
from services.access import require
from services.runtime import runtime
from services.theme_breadths import Scale, seen_at
from services.theme_reading import Placed, ReadRun, read_run
from store import meetings
from store.engine import Connection

__all__ = [
    "Amount", "People", "Speakers", "ThemeSpeakers", "ThemeVoices", "Told", "Voices", "of_run",
    "speakers_at", "told_of", "voices_in", "way_of",
]  # fmt: skip

People = Mapping[AttendanceId, StakeholderGroup]


@dataclass(frozen=True)
class ThemeSpeakers:
    """A theme with what may be told of its speakers, on the screens and in files.

    `in_files` is None where so few people speak of it that its name leaves no screen.
    """

    theme_id: ThemeId
    name: str
    n_contributions: int
    on_screen: Speakers
    in_files: Speakers | None


@dataclass(frozen=True)
class ThemeVoices:
    """A broad theme as it is called, its contributions, and who of the roster speaks in it."""

    theme_id: ThemeId
    name: str
    n_contributions: int
    people: People


@dataclass(frozen=True)
class Voices:
    """The broad themes of a meeting, largest first, and everybody who may be counted there."""

    themes: tuple[ThemeVoices, ...]
    people: People


def speakers_at(meeting_id: MeetingId, breadth: int | None = None) -> tuple[ThemeSpeakers, ...]:
    """The themes of a meeting with who speaks of each, largest first; empty before any.

    At another breadth than the found one parts of themes, and several together, are told in words
    alone: between two numbers of nested views somebody could count single people.
    """
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        read = read_run(tx, meeting_id)
        if read is None:
            return ()
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        way = way_of(tx, programme_id)
    seen = seen_at(read, breadth)
    if seen.breadth == seen.as_found:
        return of_run(read, way)
    is_theme = {group.theme_id: group.scale is Scale.THEME for group in seen.groups}
    told = of_run(seen.as_read(read), way)
    return tuple(one if is_theme[one.theme_id] else _in_words(one) for one in told)


def _in_words(theme: ThemeSpeakers) -> ThemeSpeakers:
    in_files = in_words_alone(theme.in_files) if theme.in_files else None
    return replace(theme, on_screen=in_words_alone(theme.on_screen), in_files=in_files)


def way_of(tx: Connection, programme_id: ProgrammeId) -> Way:
    """How a programme's groups are joined: by how many people they ever sent to one meeting."""
    sizes = meetings.group_sizes(tx, programme_id).values()
    most = {
        group: max(by_group.get(group, 0) for by_group in sizes)
        for group in StakeholderGroup
        if any(group in by_group for by_group in sizes)
    }
    return by_role(most, ROOM_K)


def of_run(read: ReadRun, way: Way) -> tuple[ThemeSpeakers, ...]:
    """The same of a run that is read already."""
    return told_of(voices_in(read), way)


def voices_in(read: ReadRun) -> Voices:
    """Who speaks in a run that is read already."""
    inside: dict[ThemeId, list[Placed]] = {}
    for placed in read.passages:
        if placed.member.theme_id:
            inside.setdefault(placed.member.theme_id, []).append(placed)
    return Voices(
        tuple(
            ThemeVoices(
                theme.theme_id,
                theme.name,
                len({p.utterance.utterance_id for p in inside.get(theme.theme_id, [])}),
                _people(inside.get(theme.theme_id, [])),
            )
            for theme in read.themes
            if theme.parent_id is None
        ),
        _people(read.passages),
    )


def told_of(voices: Voices, way: Way) -> tuple[ThemeSpeakers, ...]:
    """What may be told of who speaks of each theme."""
    of_all = Counter(voices.people.values())
    return tuple(_told(theme, of_all, way) for theme in voices.themes)


def _told(theme: ThemeVoices, of_all: Mapping[StakeholderGroup, int], way: Way) -> ThemeSpeakers:
    of_these = Counter(theme.people.values())
    parts = [
        Part(groups, sum(of_these[g] for g in groups), sum(of_all[g] for g in groups))
        for groups in way
    ]
    is_public = len(theme.people) >= FEWEST_SPEAKERS
    return ThemeSpeakers(
        theme.theme_id,
        theme.name,
        theme.n_contributions,
        tell(parts),
        for_others(parts) if is_public else None,
    )


def _people(passages: Iterable[Placed]) -> People:
    """Everybody of the roster who speaks in these passages, with their group."""
    return {
        said.attendance_id: said.stakeholder_group or StakeholderGroup.OTHER
        for placed in passages
        if (said := placed.utterance).attendance_id
    }
