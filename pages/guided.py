"""Guided sessions: priorities set step by step, in small groups or by a panel."""

from domain.errors import NotFound
from domain.ids import GuidedSessionId, MeetingId, PanelId
from services import guided_sessions, panels
from services.guided_sessions import OpenSession
from services.panels import OpenPanel
from ui import guided_start, guided_steps, page, panel_rounds, panel_start, session


def chosen_session(meeting_id: MeetingId) -> OpenSession | None:
    """The session that the address names, if it is one of this meeting."""
    named = session.chosen(guided_start.CHOSEN)
    try:
        found = guided_sessions.open_session(GuidedSessionId(named)) if named else None
    except NotFound:
        found = None
    return found if found and found.session.meeting_id == meeting_id else None


def chosen_panel(meeting_id: MeetingId) -> OpenPanel | None:
    """The same for a panel."""
    named = session.chosen(panel_start.CHOSEN)
    try:
        found = panels.open_panel(PanelId(named)) if named else None
    except NotFound:
        found = None
    return found if found and found.panel.meeting_id == meeting_id else None


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
eyebrow = f"{page.of_meeting(meeting)}: {meeting.challenge}"
if opened := chosen_session(meeting_id):
    guided_steps.show(opened, eyebrow)
    guided_start.back()
elif panel := chosen_panel(meeting_id):
    panel_rounds.show(panel, eyebrow)
    guided_start.back()
else:
    page.head(
        "Guided sessions",
        "Priorities set step by step, so that every voice counts before the loudest.",
        eyebrow=eyebrow,
    )
    guided_start.overview(meeting_id)
    panel_start.overview(meeting_id)
