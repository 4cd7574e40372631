"""Meetings: each on one challenge, the newest first, and the form for a new one."""

from datetime import date

import streamlit as st

from domain.access import Act
from domain.errors import RoundtableError
from domain.meetings import MeetingFormat, Pillar, Season
from services import meetings
from services.meetings import MeetingSummary
from ui import help_contact, page, screens, session
from ui.markup import draw, safe
from ui.words import count, listed, sentence_case

NEW = "new"


def holds(summary: MeetingSummary) -> str:
    """What a meeting holds, as a sentence."""
    if not summary.n_people and not summary.n_utterances:
        return "Nothing is here yet: begin with the people or with a transcript."
    parts = [
        count(summary.n_people, "person", "people"),
        count(summary.n_utterances, "contribution"),
        count(summary.n_themes, "theme"),
        count(summary.n_recommendations, "recommendation"),
    ]
    return sentence_case(f"{listed(parts)}.")


def vote_line(summary: MeetingSummary) -> str:
    """Whether people can vote now; empty when they cannot."""
    if summary.n_open_ballots > 1:
        return f"{summary.n_open_ballots} votes are open."
    return "A vote is open." if summary.n_open_ballots else ""


def card(summary: MeetingSummary) -> None:
    """One meeting with what it holds and where to go."""
    meeting = summary.meeting
    with st.container(key=f"card_{meeting.meeting_id}"):
        eyebrow = f"{page.of_meeting(meeting)}, {meeting.pillar.value}"
        told = " ".join(part for part in (holds(summary), vote_line(summary)) if part)
        draw(
            f'<div class="rt-card"><p class="rt-side">{safe(eyebrow)}</p>'
            f"<h2>{safe(meeting.challenge)}</h2><p>{safe(told)}</p></div>"
        )
        with st.container(horizontal=True, key=f"links_{meeting.meeting_id}"):
            opens = {"meeting": meeting.meeting_id}
            screens.link(screens.MEETING, f"Open {meeting.label}", **opens)
            screens.link(screens.IMPORT, f"Bring words into {meeting.label}", **opens)
            screens.link(screens.PEOPLE, f"People of {meeting.label}", **opens)


def new_meeting() -> None:
    """Ask for what makes a meeting, make it, and go on to bring in its words."""
    page.section("A new meeting", "Four choices and one sentence; the words come next.")
    with st.form("new_meeting"):
        challenge = st.text_input("Challenge: what is the meeting about?", key="new_challenge")
        left, right = st.columns(2)
        season = left.segmented_control(
            "Season",
            list(Season),
            format_func=lambda s: s.value.capitalize(),
            default=Season.FALL,
            required=True,
        )
        held_on = right.date_input("Date", value=date.today(), format="YYYY-MM-DD")
        pillar = left.segmented_control(
            "Pillar",
            list(Pillar),
            format_func=lambda p: p.value.capitalize(),
            default=Pillar.CARE,
            required=True,
        )
        format = right.segmented_control(
            "How people meet",
            list(MeetingFormat),
            format_func=lambda f: f.value.capitalize(),
            default=MeetingFormat.HYBRID,
            required=True,
        )
        is_made = st.form_submit_button("Make this meeting", type="primary")
    st.button("Leave this form", key="leave_form", on_click=session.keep, args=(NEW, ""))
    if not is_made:
        return
    try:
        meeting_id = meetings.create_meeting(
            session.open_programme_id(),
            season=season,
            held_on=held_on,
            challenge=challenge,
            pillar=pillar,
            format=format,
            actor=session.author(),
        )
    except RoundtableError as error:
        page.refused(str(error))
        return
    session.tell("The meeting is made. Now bring in its people and its words.")
    screens.go(screens.IMPORT, meeting=meeting_id)


def first_meeting() -> None:
    """What to do in a programme without meetings."""
    page.empty(
        "No meeting yet",
        "A meeting is one spring or fall roundtable on one challenge. Make the first one, then "
        "bring in its transcript.",
    )
    if session.may(Act.RUN_MEETING, is_for_programme=True):
        st.button(
            "Make the first meeting",
            type="primary",
            key="first",
            on_click=session.keep,
            args=(NEW, "1"),
        )


held = meetings.meetings_of(session.open_programme_id())
may_make = session.may(Act.RUN_MEETING, is_for_programme=True)
is_asking = bool(session.chosen(NEW)) and may_make
offers_new = bool(held) and may_make and not is_asking
if page.head(
    "Meetings",
    "Every roundtable of this programme and what it holds so far.",
    action="Make a new meeting" if offers_new else "",
):
    session.keep(NEW, "1")
    st.rerun()
if is_asking:
    new_meeting()
for summary in held:
    card(summary)
if not held and not is_asking:
    first_meeting()
if held and may_make and not is_asking:
    help_contact.warn()
