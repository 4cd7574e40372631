"""What a leader sees in one minute. Start at `overview`."""

from dataclasses import dataclass
from datetime import date

from domain.access import Act
from domain.ids import InitiativeId, MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import Stage
from domain.meetings import Meeting
from domain.recommendations import Recommendation, RecommendationState
from services.access import require
from services.initiatives import InitiativeView, views
from services.runtime import runtime
from store import meetings, recommendations
from store.engine import Connection

STALE_MONTHS = 6
N_ATTENTION = 5
RECENT_DAYS = 183
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class ChainNumber:
    """One link of the chain as a number with its denominator; `of` is None where it is first."""

    label: str
    value: int
    of: int | None
    sentence: str


@dataclass(frozen=True)
class Attention:
    """Something that waits for a person."""

    sentence: str
    owner: str
    age_months: int
    meeting_id: MeetingId | None
    initiative_id: InitiativeId | None
    recommendation_id: RecommendationId | None


@dataclass(frozen=True)
class TimelineEntry:
    """An initiative from the meeting that asked for it to today."""

    initiative_id: InitiativeId
    title: str
    stage: Stage
    asked_on: date | None
    steps: tuple[tuple[Stage, date | None], ...]
    is_documented: bool


@dataclass(frozen=True)
class Change:
    """Something that happened of late."""

    happened_on: date
    sentence: str
    initiative_id: InitiativeId


@dataclass(frozen=True)
class Overview:
    """The programme today; `changes` of the last half year, the newest first."""

    sentence: str
    numbers: tuple[ChainNumber, ...]
    attention: tuple[Attention, ...]
    timeline: tuple[TimelineEntry, ...]
    changes: tuple[Change, ...]
    n_meetings: int


def overview(programme_id: ProgrammeId, today: date) -> Overview:
    """The programme as it stands on a day; documented outcomes are told apart, never counted."""
    require(Act.READ, programme_id=programme_id)
    with runtime().store.read() as tx:
        held = meetings.meetings_of(tx, programme_id)
        asked = [(m, r) for m in held for r in _asked(tx, m)]
        found = views(tx, programme_id)
    ours = [v for v in found if not v.initiative.is_documented]
    numbers = _numbers([r for _, r in asked], ours)
    return Overview(
        _sentence(asked, ours, today),
        numbers,
        tuple(_attention(asked, ours, today)[:N_ATTENTION]),
        tuple(_timeline(found)),
        tuple(_changes(ours, today)),
        len(held),
    )


def months_between(earlier: date, later: date) -> int:
    """Whole months between two days, never negative."""
    return max(0, int((later - earlier).days / DAYS_A_MONTH))


def _asked(tx: Connection, meeting: Meeting) -> list[Recommendation]:
    found = recommendations.recommendations_of(tx, meeting.meeting_id)
    return [r for r in found if r.state is not RecommendationState.DRAFT and r.merged_into is None]


def _numbers(asked: list[Recommendation], ours: list[InitiativeView]) -> tuple[ChainNumber, ...]:
    answered = {a.recommendation_id for v in ours for a in v.answers}
    chosen = [r for r in asked if r.state is RecommendationState.CHOSEN]
    taken_up = [r for r in chosen if r.recommendation_id in answered]
    launched = [v for v in ours if v.initiative.stage.is_launched]
    measured = [v for v in launched if any(m.readings for m in v.initiative.measures)]
    n = len(ours)
    return (
        ChainNumber(
            "recommendations", len(asked), None, f"{len(asked)} recommendations were made."
        ),
        ChainNumber(
            "chosen",
            len(chosen),
            len(asked),
            f"{len(chosen)} of {len(asked)} recommendations were chosen.",
        ),
        ChainNumber(
            "taken up",
            len(taken_up),
            len(chosen),
            f"{len(taken_up)} of {len(chosen)} chosen ones have an initiative.",
        ),
        ChainNumber(
            "launched", len(launched), n, f"{len(launched)} of {n} initiatives are launched."
        ),
        ChainNumber(
            "measured",
            len(measured),
            len(launched),
            f"{len(measured)} of {len(launched)} launched ones have a reading.",
        ),
    )


def _sentence(
    asked: list[tuple[Meeting, Recommendation]], ours: list[InitiativeView], today: date
) -> str:
    if not asked:
        return "Nothing was recommended yet. Bring in a meeting to begin."
    n_launched = sum(v.initiative.stage.is_launched for v in ours)
    waiting = [
        months_between(v.asked_on, today)
        for v in ours
        if v.asked_on and not v.initiative.stage.is_launched and not v.initiative.stage.is_closed
    ]
    told = f"{n_launched} of {len(ours)} initiatives are launched"
    if not waiting:
        return f"{told}; none is waiting."
    if len(waiting) == 1:
        return f"{told}; one has waited {waiting[0]} months since its meeting."
    return f"{told}; {len(waiting)} have waited {min(waiting)} to {max(waiting)} months."


def _attention(
    asked: list[tuple[Meeting, Recommendation]], ours: list[InitiativeView], today: date
) -> list[Attention]:
    found = [a for v in ours if (a := _stuck(v, today))]
    answered = {a.recommendation_id for v in ours for a in v.answers}
    waiting: dict[Meeting, list[Recommendation]] = {}
    for meeting, r in asked:
        if r.state is RecommendationState.CHOSEN and r.recommendation_id not in answered:
            waiting.setdefault(meeting, []).append(r)
    found += [_not_taken_up(meeting, rs, today) for meeting, rs in waiting.items()]
    return sorted(found, key=lambda a: (-a.age_months, a.sentence))


def _not_taken_up(meeting: Meeting, waiting: list[Recommendation], today: date) -> Attention:
    """One line a meeting: several near-equal ones would hide what is stuck."""
    age = months_between(meeting.held_on, today)
    if len(waiting) == 1:
        sentence = f"Chosen in {meeting.label}, no initiative yet: {waiting[0].text}"
    else:
        sentence = f"{len(waiting)} recommendations chosen in {meeting.label} have no initiative"
    first = waiting[0].recommendation_id if len(waiting) == 1 else None
    return Attention(sentence, "", age, meeting.meeting_id, None, first)


def _stuck(view: InitiativeView, today: date) -> Attention | None:
    initiative = view.initiative
    if initiative.stage.is_closed or view.stage_since is None:
        return None
    late = view.next_milestone
    age = months_between(view.stage_since, today)
    if late and late.due_on and late.due_on < today:
        n_late = months_between(late.due_on, today)
        sentence = f"{initiative.title}: “{late.title}” was due {n_late} months ago"
        return Attention(sentence, initiative.owner, n_late, None, initiative.initiative_id, None)
    if not initiative.stage.is_launched and age >= STALE_MONTHS:
        sentence = f"{initiative.title}: {initiative.stage} for {age} months"
        return Attention(sentence, initiative.owner, age, None, initiative.initiative_id, None)
    return _unmeasured(view, today)


def _unmeasured(view: InitiativeView, today: date) -> Attention | None:
    initiative = view.initiative
    readings = [r.read_on for m in initiative.measures for r in m.readings]
    since = max(readings, default=view.stage_since)
    if not initiative.stage.is_launched or since is None:
        return None
    age = months_between(since, today)
    if age < 2 * STALE_MONTHS:
        return None
    told = "no reading for" if readings else "launched without a reading for"
    sentence = f"{initiative.title}: {told} {age} months"
    return Attention(sentence, initiative.owner, age, None, initiative.initiative_id, None)


def _timeline(found: tuple[InitiativeView, ...]) -> list[TimelineEntry]:
    entries = [
        TimelineEntry(
            v.initiative.initiative_id,
            v.initiative.title,
            v.initiative.stage,
            v.asked_on,
            tuple((e.stage, e.happened_on) for e in v.initiative.events),
            v.initiative.is_documented,
        )
        for v in found
    ]
    return sorted(entries, key=lambda e: (e.is_documented, e.asked_on or date.max, e.title))


def _changes(ours: list[InitiativeView], today: date) -> list[Change]:
    found = []
    for view in ours:
        initiative = view.initiative
        found += [
            Change(e.happened_on, f"{initiative.title}: {e.stage}", initiative.initiative_id)
            for e in initiative.events
            if e.happened_on
        ]
        for m in initiative.measures:
            found += [
                Change(
                    r.read_on,
                    f"{initiative.title}: {m.name.lower()} {r.value:g} {m.unit}",
                    initiative.initiative_id,
                )
                for r in m.readings
            ]
    late = [c for c in found if 0 <= (today - c.happened_on).days <= RECENT_DAYS]
    return sorted(late, key=lambda c: (-c.happened_on.toordinal(), c.sentence))
