"""To which meeting or programme something belongs. Start at `recommendation`.

Whether somebody may act on a thing depends on where it belongs, which never changes; so it is
looked up first, in a moment of its own. An id that is not known is refused as such.
"""

from domain.ids import (
    AttendanceId,
    BallotId,
    CheckId,
    EvidenceId,
    GuidedSessionId,
    InitiativeId,
    JobId,
    MeasureId,
    MeetingId,
    PanelId,
    ProgrammeId,
    RecommendationId,
    RevisionId,
    StatementId,
    ThemeEditId,
    TranslationId,
    UtteranceId,
)
from domain.talk import Zone
from services.runtime import runtime
from store import (
    ballots,
    belongings,
    coding,
    guided,
    jobs,
    meetings,
    panels,
    recommendations,
    statements,
    talk,
    theme_edits,
    translations,
)


def recommendation(recommendation_id: RecommendationId) -> MeetingId:
    """The meeting that a recommendation is of."""
    with runtime().store.read() as tx:
        return recommendations.recommendation_by_id(tx, recommendation_id).meeting_id


def evidence(evidence_id: EvidenceId) -> MeetingId:
    """The meeting of the recommendation that a quote stands behind."""
    with runtime().store.read() as tx:
        return belongings.meeting_of_evidence(tx, evidence_id)


def ballot(ballot_id: BallotId) -> MeetingId:
    """The meeting that votes."""
    with runtime().store.read() as tx:
        return ballots.ballot_by_id(tx, ballot_id).meeting_id


def attendance(attendance_id: AttendanceId) -> MeetingId:
    """The meeting that somebody is at."""
    with runtime().store.read() as tx:
        return meetings.attendance_by_id(tx, attendance_id).meeting_id


def utterance(utterance_id: UtteranceId) -> MeetingId:
    """The meeting at which something was said."""
    with runtime().store.read() as tx:
        return talk.meeting_of_utterance(tx, utterance_id)


def statement(statement_id: StatementId) -> MeetingId:
    """The meeting for which a statement was written."""
    with runtime().store.read() as tx:
        return statements.by_id(tx, statement_id).meeting_id


def translation(translation_id: TranslationId) -> MeetingId:
    """The meeting at which what it translates was said."""
    with runtime().store.read() as tx:
        found = translations.by_id(tx, translation_id)
        return talk.meeting_of_utterance(tx, found.utterance_id)


def revision(revision_id: RevisionId) -> MeetingId:
    """The meeting at which the words of a text were said."""
    with runtime().store.read() as tx:
        return belongings.meeting_of_revision(tx, revision_id)


def job(job_id: JobId) -> MeetingId | None:
    """The meeting that a piece of work is for; None where it is for none."""
    with runtime().store.read() as tx:
        return jobs.job_by_id(tx, job_id).meeting_id


def check(check_id: CheckId) -> tuple[MeetingId, Zone]:
    """The meeting and the zone whose themes are checked."""
    with runtime().store.read() as tx:
        _, meeting_id, zone = coding.check_by_id(tx, check_id)
        return meeting_id, zone


def guided_session(session_id: GuidedSessionId) -> MeetingId:
    """The meeting whose recommendations are put in order."""
    with runtime().store.read() as tx:
        return guided.session_by_id(tx, session_id).meeting_id


def panel(panel_id: PanelId) -> MeetingId:
    """The meeting whose recommendations a panel rates."""
    with runtime().store.read() as tx:
        return panels.panel_by_id(tx, panel_id).meeting_id


def initiative(initiative_id: InitiativeId) -> ProgrammeId:
    """The programme that an initiative is part of."""
    with runtime().store.read() as tx:
        return belongings.programme_of_initiative(tx, initiative_id)


def measure(measure_id: MeasureId) -> ProgrammeId:
    """The programme of the initiative that is measured."""
    with runtime().store.read() as tx:
        return belongings.programme_of_measure(tx, measure_id)


def theme_edit(edit_id: ThemeEditId) -> tuple[ProgrammeId, MeetingId | None]:
    """The programme of a correction, and the meeting where it holds; None: in all of it."""
    with runtime().store.read() as tx:
        programme_id, meeting_id, is_wide = theme_edits.place_of_edit(tx, edit_id)
    return programme_id, None if is_wide else meeting_id
