"""Guided sessions: priorities set step by step, in small groups or by a panel."""

from domain.errors import NotFound
from domain.ids import GuidedSessionId
from services import guided_sessions
from ui import guided_start, guided_steps, page, session

meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
eyebrow = f"{page.of_meeting(meeting)}: {meeting.challenge}"
chosen = session.chosen(guided_start.CHOSEN)
opened = None
if chosen:
    try:
        opened = guided_sessions.open_session(GuidedSessionId(chosen))
    except NotFound:
        session.keep(guided_start.CHOSEN, "")
if opened and opened.session.meeting_id == meeting_id:
    guided_steps.show(opened, eyebrow)
else:
    page.head(
        "Guided sessions",
        "Priorities set step by step, so that every voice counts before the loudest.",
        eyebrow=eyebrow,
    )
    guided_start.overview(meeting_id)
