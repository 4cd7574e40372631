"""Everybody at this meeting, their links, and family who act for people who have died."""

from domain.access import Act
from services import family, meetings
from ui import erase_person, help_contact, page, people_links, proxy_consent, screens, session
from ui.words import count

meeting = session.open_meeting()
people = meetings.roster(meeting.meeting_id)
may_lead = session.may(Act.RUN_MEETING)
if page.head(
    "People and their links",
    f"{count(len(people), 'person', 'people').capitalize()} at this meeting, and the link of each.",
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
    action="Bring in people" if may_lead and not people else "",
):
    screens.go(screens.IMPORT)
help_contact.warn()
if people and may_lead:
    people_links.table(meeting)
    acting = family.contacts_of(meeting.meeting_id)
    have_died = {contact.attendance_id for contact in acting}
    people_links.note_death([a for a in people if a.attendance_id not in have_died])
    people_links.contacts(acting, people)
    proxy_consent.form(meeting.meeting_id, people)
    if session.may(Act.ERASE):
        erase_person.form(people)
elif not people:
    page.empty("Nobody is here yet", "Bring in the roster first: each person then has a link.")
