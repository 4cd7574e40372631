"""A meeting at a glance, for the person who runs it. Start at `glance`."""

from dataclasses import dataclass
from enum import Enum, auto

from domain.access import Act
from domain.ballots import BallotState
from domain.ids import MeetingId
from domain.meetings import Attendance, Meeting
from domain.people import Family
from domain.talk import ConsentUse, Manner, Utterance, Zone
from services.access import require
from services.recommendations import RecommendationView, recommendations
from services.runtime import runtime
from services.statement_desk import n_waiting
from services.translation_list import OtherLanguages
from services.translations import other_languages_in
from store import ballots, meetings, talk, themes

WORDS_A_SECOND = 2.4
"""Where a source tells no times, its words tell how long it would take to say them."""


@dataclass(frozen=True)
class FamilyShare:
    """A family's share of the people and of what was said; shares are 0-1."""

    family: Family
    n_people: int
    share_people: float
    share_said: float
    n_contributions: int


class Desk(Enum):
    """Where something is done."""

    PEOPLE = auto()
    WORDS = auto()
    STATEMENTS = auto()
    REVIEW = auto()
    THEMES = auto()
    TRANSLATIONS = auto()
    RECOMMENDATIONS = auto()
    VOTES = auto()


@dataclass(frozen=True)
class Need:
    """What somebody has to do, in a sentence, and the desk to do it at."""

    told: str
    desk: Desk


@dataclass(frozen=True)
class Glance:
    """What matters of a meeting, on one screen; `n_shared` of all contributions others may count.

    Everything else counts what was heard, released or not: numbers, never words.
    """

    meeting: Meeting
    n_people: int
    n_utterances: int
    n_shared: int
    n_written: int
    duration_s: float
    shares: tuple[FamilyShare, ...]
    recommendations: tuple[RecommendationView, ...]
    needs: tuple[Need, ...]


def glance(meeting_id: MeetingId) -> Glance:
    """A meeting with who spoke, what it recommends and what needs a person."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        meeting = meetings.meeting_by_id(tx, meeting_id)
        roster = meetings.roster_of(tx, meeting_id)
        said = talk.utterances_of(tx, meeting_id, Zone.RESTRICTED)
        shared = talk.utterances_of(tx, meeting_id, Zone.SHARED, use=ConsentUse.GROUPED)
        has_themes = themes.current_run(tx, meeting_id, Zone.SHARED) is not None
        held = ballots.ballots_of(tx, meeting_id)
        other = other_languages_in(tx, meeting_id)
    found = recommendations(meeting_id)
    n_open = sum(ballot.state is BallotState.OPEN for ballot in held)
    return Glance(
        meeting,
        len(roster),
        len(said),
        len(shared),
        sum(u.manner is Manner.WRITTEN for u in said),
        max((u.end_s or u.start_s or 0.0 for u in said), default=0.0),
        _shares(roster, said),
        found,
        (
            *_needs(roster, said, len(shared), has_themes),
            *_to_decide(found, n_open),
            *_to_accept(n_waiting(meeting_id)),
            *_to_translate(other),
        ),
    )


def _shares(roster: list[Attendance], said: list[Utterance]) -> tuple[FamilyShare, ...]:
    """Speech by its time, writing and untimed words by their count, so that both weigh."""
    spoken: dict[Family, float] = dict.fromkeys(Family, 0.0)
    contributions: dict[Family, int] = dict.fromkeys(Family, 0)
    for u in said:
        if u.stakeholder_group:
            spoken[u.stakeholder_group.family] += _weight_s(u)
            contributions[u.stakeholder_group.family] += 1
    people = {f: sum(a.stakeholder_group.family is f for a in roster) for f in Family}
    n_people, total = max(1, len(roster)), sum(spoken.values()) or 1.0
    return tuple(
        FamilyShare(f, people[f], people[f] / n_people, spoken[f] / total, contributions[f])
        for f in Family
        if people[f] or spoken[f]
    )


def _weight_s(u: Utterance) -> float:
    if u.start_s is not None and u.end_s is not None and u.end_s > u.start_s:
        return u.end_s - u.start_s
    return len(u.text.split()) / WORDS_A_SECOND


def _needs(
    roster: list[Attendance],
    said: list[Utterance],
    n_shared: int,
    has_themes: bool,
) -> list[Need]:
    heard = {u.attendance_id for u in said}
    silent = [a for a in roster if a.attendance_id not in heard]
    strangers = {u.speaker for u in said if u.stakeholder_group is None and u.speaker}
    told = [
        (not roster, "Nobody is on the roster yet.", Desk.PEOPLE),
        (not said, "No transcript yet: bring one in, or take live notes.", Desk.WORDS),
        (
            bool(said and silent),
            f"{len(silent)} of {len(roster)} people have not been heard.",
            Desk.PEOPLE,
        ),
        (
            bool(strangers),
            f"{len(strangers)} speakers are not matched to the roster.",
            Desk.PEOPLE,
        ),
        (
            bool(said and not n_shared),
            "Nothing is shared yet: people did not agree, or nothing is released.",
            Desk.REVIEW,
        ),
        (bool(n_shared and not has_themes), "Themes have not been found yet.", Desk.THEMES),
    ]
    return [Need(sentence, desk) for is_so, sentence, desk in told if is_so]


def _to_decide(found: tuple[RecommendationView, ...], n_open: int) -> list[Need]:
    bare = [v for v in found if not v.evidence]
    broken = sum(v.n_broken for v in found)
    told = [
        (
            bool(bare),
            f"{len(bare)} of {len(found)} recommendations have no quote behind them.",
            Desk.RECOMMENDATIONS,
        ),
        (bool(broken), f"{broken} quotes may not be shown any more.", Desk.RECOMMENDATIONS),
        (n_open == 1, "A vote is open.", Desk.VOTES),
        (n_open > 1, f"{n_open} votes are open.", Desk.VOTES),
    ]
    return [Need(sentence, desk) for is_so, sentence, desk in told if is_so]


def _to_accept(n: int) -> list[Need]:
    sent = "1 statement waits" if n == 1 else f"{n} statements wait"
    return [Need(f"{sent} for you to accept.", Desk.STATEMENTS)] if n else []


def _to_translate(other: OtherLanguages) -> list[Need]:
    n = other.n_not_grouped
    passages = "passage is" if n == 1 else "passages are"
    where = f" ({' and '.join(other.languages)})" if other.languages else ""
    told = [f"{n} {passages} not grouped{where}: {other.told}."] if n else []
    half = len(other.heard_in_part)
    if half:
        some = "1 passage" if half == 1 else f"{half} passages"
        told.append(f"Of {some} only the English words are heard: {other.half_told}.")
    return [Need(one, Desk.TRANSLATIONS) for one in told]
