"""Where single people's words are used, for their own eyes. Start at `uses_of`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from domain.ballots import BallotState
from domain.ids import AttendanceId, MeetingId, RecommendationId, ThemeId, UtteranceId
from domain.initiatives import Initiative
from domain.recommendations import Direction, Evidence
from domain.talk import ConsentUse, Zone
from services import words_to_read
from services.recommendation_reading import verified_evidence
from services.theme_reading import read_run
from store import ballots, initiatives, meetings, own_words, recommendations, talk
from store.engine import Connection
from store.own_words import OwnTurn

FEWEST_SPEAKERS = 3
"""A theme of fewer people is not told by name: its name could tell who the others are."""


class Shown(Enum):
    """Who is shown a turn."""

    STAFF = auto()
    COUNTED = auto()
    WORDS = auto()
    NOBODY = auto()


@dataclass(frozen=True)
class Quoted:
    """A recommendation with a stretch of a turn behind it or against it, and what came of it."""

    number: int
    recommendation: str
    quote: str
    votes: tuple[str, ...]
    initiatives: tuple[str, ...]
    speaks_against: bool = False


@dataclass(frozen=True)
class Uses:
    """Where a turn is used; `shared_text` is what others read, empty where they read nothing.

    `translation` is what stands beside it in English; empty where nothing was translated.
    """

    shown: Shown = Shown.STAFF
    shared_text: str = ""
    translation: str = ""
    themes: tuple[str, ...] = ()
    quoted: tuple[Quoted, ...] = ()


@dataclass
class _Found:
    shown: Shown = Shown.STAFF
    shared_text: str = ""
    translation: str = ""
    themes: list[str] = field(default_factory=list)
    quoted: list[Quoted] = field(default_factory=list)

    def told(self) -> Uses:
        told = tuple(self.themes), tuple(self.quoted)
        return Uses(self.shown, self.shared_text, self.translation, *told)


_ByTurn = dict[UtteranceId, _Found]


def uses_of(
    tx: Connection, turns: Sequence[OwnTurn], attendance_ids: Sequence[AttendanceId]
) -> dict[UtteranceId, Uses]:
    """Where each of these turns is used."""
    found: _ByTurn = {turn.utterance_id: _Found() for turn in turns}
    for meeting_id in dict.fromkeys(turn.meeting_id for turn in turns):
        _note_sharing(tx, meeting_id, found)
        _note_themes(tx, meeting_id, found)
    _note_quotes(tx, attendance_ids, found)
    return {utterance_id: one.told() for utterance_id, one in found.items()}


def _note_sharing(tx: Connection, meeting_id: MeetingId, found: _ByTurn) -> None:
    for use, shown in ((ConsentUse.GROUPED, Shown.COUNTED), (ConsentUse.QUOTED, Shown.WORDS)):
        shared = talk.utterances_of(tx, meeting_id, Zone.SHARED, use=use)
        mine = [said for said in shared if said.utterance_id in found]
        in_english = words_to_read.of_whole_turns(tx, mine)
        for said in mine:
            one = found[said.utterance_id]
            one.shown = shown
            one.shared_text = said.text if shown is Shown.WORDS else ""
            one.translation = in_english.get(said.utterance_id, "")


def _note_themes(tx: Connection, meeting_id: MeetingId, found: _ByTurn) -> None:
    read = read_run(tx, meeting_id)
    if read is None:
        return
    speakers: dict[ThemeId | None, set[str]] = {}
    for placed in read.passages:
        speakers.setdefault(placed.member.theme_id, set()).add(placed.who)
    names: dict[ThemeId | None, str] = {
        theme.theme_id: theme.name
        for theme in read.themes
        if len(speakers.get(theme.theme_id, ())) >= FEWEST_SPEAKERS
    }
    for placed in read.passages:
        one = found.get(placed.utterance.utterance_id)
        name = names.get(placed.member.theme_id)
        if one and name and name not in one.themes:
            one.themes.append(name)


def _note_quotes(tx: Connection, attendance_ids: Sequence[AttendanceId], found: _ByTurn) -> None:
    resting = own_words.recommendations_resting_on(tx, attendance_ids)
    evidence, _ = verified_evidence(tx, resting)
    around: dict[MeetingId, _Around] = {}
    for recommendation_id, quotes in evidence.items():
        mine = [quote for quote in quotes if quote.utterance_id in found]
        if not mine:
            continue
        asked = recommendations.recommendation_by_id(tx, recommendation_id)
        if asked.meeting_id not in around:
            around[asked.meeting_id] = _around(tx, asked.meeting_id)
        votes, answers = around[asked.meeting_id].of(recommendation_id)
        for quote in mine:
            is_against = quote.direction is Direction.SPEAKS_AGAINST
            told = Quoted(asked.number, asked.text, _words(quote), votes, answers, is_against)
            found[quote.utterance_id].quoted.append(told)


@dataclass(frozen=True)
class _Around:
    votes: dict[RecommendationId, list[str]]
    initiatives: list[Initiative]

    def of(self, recommendation_id: RecommendationId) -> tuple[tuple[str, ...], tuple[str, ...]]:
        answers = [i.title for i in self.initiatives if recommendation_id in i.answers]
        return tuple(self.votes.get(recommendation_id, ())), tuple(answers)


def _around(tx: Connection, meeting_id: MeetingId) -> _Around:
    votes: dict[RecommendationId, list[str]] = {}
    for ballot in ballots.ballots_of(tx, meeting_id):
        for voted in ballot.items if ballot.state is not BallotState.DRAFT else ():
            votes.setdefault(voted.recommendation_id, []).append(ballot.title)
    programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
    ours = [i for i in initiatives.initiatives_of(tx, programme_id) if not i.is_documented]
    return _Around(votes, ours)


def _words(evidence: Evidence) -> str:
    return evidence.quote.text
