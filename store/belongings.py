"""Where the parts of things belong, by one lookup each. Start at `meeting_of_evidence`."""

from typing import Any

from sqlalchemy import Connection, Select, select

from domain.errors import NotFound
from domain.ids import (
    EvidenceId,
    InitiativeId,
    MeasureId,
    MeetingId,
    ProgrammeId,
    RevisionId,
)
from store.tables import (
    evidence,
    initiative,
    measure,
    recommendation,
    text_revision,
    utterance,
)


def meeting_of_evidence(tx: Connection, evidence_id: EvidenceId) -> MeetingId:
    """The meeting of the recommendation that a quote stands behind."""
    query = (
        select(recommendation.c.meeting_id)
        .join(evidence, evidence.c.recommendation_id == recommendation.c.recommendation_id)
        .where(evidence.c.evidence_id == evidence_id)
    )
    return MeetingId(_only(tx, query, "evidence", evidence_id))


def meeting_of_revision(tx: Connection, revision_id: RevisionId) -> MeetingId:
    """The meeting at which the words of a text were said."""
    query = (
        select(utterance.c.meeting_id)
        .join(text_revision, text_revision.c.utterance_id == utterance.c.utterance_id)
        .where(text_revision.c.revision_id == revision_id)
    )
    return MeetingId(_only(tx, query, "text", revision_id))


def programme_of_initiative(tx: Connection, initiative_id: InitiativeId) -> ProgrammeId:
    """The programme that an initiative is part of."""
    query = select(initiative.c.programme_id).where(initiative.c.initiative_id == initiative_id)
    return ProgrammeId(_only(tx, query, "initiative", initiative_id))


def programme_of_measure(tx: Connection, measure_id: MeasureId) -> ProgrammeId:
    """The programme of the initiative that is measured."""
    query = (
        select(initiative.c.programme_id)
        .join(measure, measure.c.initiative_id == initiative.c.initiative_id)
        .where(measure.c.measure_id == measure_id)
    )
    return ProgrammeId(_only(tx, query, "measure", measure_id))


def _only(tx: Connection, query: Select[Any], kind: str, sought: str) -> str:
    found = tx.execute(query).scalar()
    if found is None:
        raise NotFound(kind=kind, id=sought)
    return str(found)
