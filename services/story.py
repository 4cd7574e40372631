"""One story along the whole chain, each link verified. Start at `chain_story`."""

from dataclasses import dataclass

from domain.access import Act
from domain.ids import InitiativeId, MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import Initiative
from domain.meetings import Meeting
from domain.people import Family
from domain.recommendations import Direction, Evidence, Recommendation
from services.access import require
from services.initiatives import InitiativeView, views
from services.recommendation_reading import verified_evidence
from services.runtime import runtime
from services.theme_reading import read_run
from store import meetings, recommendations
from store.engine import Connection

GOOD_LENGTH = 90
"""Characters of a quote that is read at a glance."""


@dataclass(frozen=True)
class ChainStory:
    """Quote → theme → recommendation → vote → initiative; the measure hangs on the initiative."""

    meeting: Meeting
    evidence: Evidence
    theme_name: str
    recommendation: Recommendation
    initiative: Initiative

    @property
    def meeting_id(self) -> MeetingId:
        return self.meeting.meeting_id

    @property
    def recommendation_id(self) -> RecommendationId:
        return self.recommendation.recommendation_id

    @property
    def initiative_id(self) -> InitiativeId:
        return self.initiative.initiative_id


def chain_story(programme_id: ProgrammeId) -> ChainStory | None:
    """The programme's most complete chain, or None while no chain is whole."""
    require(Act.READ, programme_id=programme_id)
    with runtime().store.read() as tx:
        candidates = sorted(views(tx, programme_id), key=_completeness, reverse=True)
        for view in candidates:
            for answer in view.answers:
                story = _story(tx, view, answer.recommendation_id, answer.meeting_id)
                if story:
                    return story
    return None


def _completeness(view: InitiativeView) -> tuple[int, str]:
    n_readings = sum(len(m.readings) for m in view.initiative.measures)
    return n_readings + 2 * view.initiative.stage.is_launched, view.initiative.title


def _story(
    tx: Connection,
    view: InitiativeView,
    recommendation_id: RecommendationId,
    meeting_id: MeetingId,
) -> ChainStory | None:
    evidence, _ = verified_evidence(tx, [recommendation_id])
    quotes = [
        one for one in evidence.get(recommendation_id, []) if one.direction is Direction.SUPPORTS
    ]
    if not quotes:
        return None
    best = min(quotes, key=_fitness)
    return ChainStory(
        meetings.meeting_by_id(tx, meeting_id),
        best,
        _theme_of(tx, meeting_id, best),
        recommendations.recommendation_by_id(tx, recommendation_id),
        view.initiative,
    )


def _fitness(evidence: Evidence) -> tuple[bool, int, str]:
    """People who live with it speak first; then words that are read at a glance."""
    group = evidence.stakeholder_group
    is_lived = group is not None and group.family is Family.LIVED_EXPERIENCE
    return not is_lived, abs(len(evidence.quote.text) - GOOD_LENGTH), evidence.quote.text


def _theme_of(tx: Connection, meeting_id: MeetingId, evidence: Evidence) -> str:
    read = read_run(tx, meeting_id)
    if read is None:
        return ""
    names = {t.theme_id: t.name for t in read.themes}
    for placed in read.passages:
        there = placed.quote
        is_same = there.revision_id == evidence.quote.revision_id
        if is_same and there.start <= evidence.quote.start < there.end and placed.member.theme_id:
            return names.get(placed.member.theme_id, "")
    return ""
