"""Every table, its keys and named constraints. One file an area; docs/data.md tells each column."""

from store.tables.accounts import account, role_grant, staff_session
from store.tables.ballots import ballot, ballot_item, box, roll
from store.tables.base import metadata
from store.tables.house import audit_event, declaration, job, shown, tombstone
from store.tables.initiatives import (
    deliverable,
    initiative,
    initiative_answer,
    measure,
    milestone,
    owner_link,
    reading,
    stage_event,
)
from store.tables.people import (
    attendance,
    consent_event,
    family_contact,
    meeting,
    participant_link,
    person,
    programme,
)
from store.tables.recommendations import (
    evidence,
    lost_source,
    recommendation,
    recommendation_revision,
)
from store.tables.talk import (
    held_back,
    hide_search,
    speaker_label,
    suggested_hide,
    text_revision,
    transcript,
    utterance,
    utterance_wish,
)
from store.tables.themes import embedding, membership, passage, run_theme, theme, theme_run

__all__ = [
    "account",
    "attendance",
    "audit_event",
    "ballot",
    "ballot_item",
    "box",
    "consent_event",
    "declaration",
    "deliverable",
    "embedding",
    "evidence",
    "family_contact",
    "held_back",
    "hide_search",
    "initiative",
    "initiative_answer",
    "job",
    "lost_source",
    "measure",
    "meeting",
    "membership",
    "metadata",
    "milestone",
    "owner_link",
    "participant_link",
    "passage",
    "person",
    "programme",
    "reading",
    "recommendation",
    "recommendation_revision",
    "role_grant",
    "roll",
    "run_theme",
    "shown",
    "speaker_label",
    "staff_session",
    "stage_event",
    "suggested_hide",
    "text_revision",
    "theme",
    "theme_run",
    "tombstone",
    "transcript",
    "utterance",
    "utterance_wish",
]
