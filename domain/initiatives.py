"""What a recommendation becomes, and how far it came. Start at `Initiative`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import InitiativeId, MeasureId, ProgrammeId, RecommendationId


class InitiativeKind(StrEnum):
    """What is being made."""

    TOOL = "tool"
    PLATFORM = "platform"
    SURVEY_PROGRAMME = "survey programme"
    CAMPAIGN = "campaign"
    POLICY = "policy"
    PROGRAMME = "programme"


class Stage(StrEnum):
    """How far an initiative has come; the two endings follow the vocabulary of the US GAO."""

    PROPOSED = "proposed"
    REFINING = "refining"
    IN_DEVELOPMENT = "in development"
    LAUNCHED = "launched"
    MEASURING = "measuring"
    CLOSED_IMPLEMENTED = "closed: implemented"
    CLOSED_NOT_IMPLEMENTED = "closed: not implemented"

    @property
    def is_closed(self) -> bool:
        return self in (Stage.CLOSED_IMPLEMENTED, Stage.CLOSED_NOT_IMPLEMENTED)

    @property
    def is_launched(self) -> bool:
        """People can use it: launched or later, and not given up."""
        return self in (Stage.LAUNCHED, Stage.MEASURING, Stage.CLOSED_IMPLEMENTED)


@dataclass(frozen=True)
class StageEvent:
    """A stage reached, on a day if known; never rewritten, corrected by a further one."""

    stage: Stage
    happened_on: date | None
    note: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Milestone:
    """Something due on the way."""

    title: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Deliverable:
    """Something made, and the channel through which it reaches people."""

    channel: str
    title: str
    delivered_on: date | None
    link: str = ""


@dataclass(frozen=True)
class Reading:
    """One value of a measure on a day, with its source."""

    value: float
    read_on: date
    source: str
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """What should change for people: baseline, target, readings. It claims no cause."""

    measure_id: MeasureId
    name: str
    unit: str
    is_higher_better: bool
    baseline_value: float | None
    baseline_on: date | None
    baseline_source: str
    target_value: float | None
    target_on: date | None
    readings: tuple[Reading, ...] = ()
    baseline_note: str = ""


@dataclass(frozen=True)
class Initiative:
    """What is being done about one or more recommendations."""

    initiative_id: InitiativeId
    programme_id: ProgrammeId
    title: str
    kind: InitiativeKind
    summary: str
    owner: str
    link: str
    source: str
    is_documented: bool
    answers: tuple[RecommendationId, ...]
    events: tuple[StageEvent, ...]
    milestones: tuple[Milestone, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def stage(self) -> Stage:
        """The stage of the newest event; an initiative without events is proposed."""
        return self.events[-1].stage if self.events else Stage.PROPOSED
