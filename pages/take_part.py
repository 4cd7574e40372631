"""Take part: what a participant sees, by way of a real ballot of the sample."""

from urllib.parse import urlsplit

import streamlit as st

from domain.ballots import BallotState
from domain.ids import MeetingId, ProgrammeId
from services import ballots
from services.links import links_for
from services.meetings import meetings_of
from services.recommendations import recommendations
from ui import markup, page, session, words

N_ASKED = 5


def open_meetings(programme_id: ProgrammeId) -> list[MeetingId]:
    """Meetings with an open vote, the newest first."""
    held = [summary.meeting.meeting_id for summary in meetings_of(programme_id)]
    return [
        meeting_id
        for meeting_id in held
        if any(b.ballot.state is BallotState.OPEN for b in ballots.ballots_of(meeting_id))
    ]


def open_practice(programme_id: ProgrammeId) -> None:
    """Ask the people of the newest sample meeting about a few of its recommendations."""
    newest = meetings_of(programme_id)[0].meeting.meeting_id
    asked = [v.recommendation.recommendation_id for v in recommendations(newest)[:N_ASKED]]
    page.do(
        "The practice vote is open. Choose whose link to open.",
        ballots.open_ballot,
        newest,
        asked,
        "Practice vote",
        actor=session.author(),
    )


def choose_person(meeting_id: MeetingId) -> None:
    """Open the ballot behind the link of one invented person."""
    links = {a.attendance_id: (a, url) for a, url in links_for(meeting_id)}

    def named(attendance_id: str) -> str:
        attendance = links[attendance_id][0]
        return f"{attendance.name}, {attendance.stakeholder_group.value}"

    picked = st.selectbox(
        "Whose link do you want to open?", list(links), format_func=named, key="take_part_as"
    )
    path = urlsplit(links[picked][1]).path
    st.link_button("Open the ballot", path, type="primary", key="open_ballot")
    markup.sentence(
        "It opens in a new tab, as a plain page: one recommendation at a time, large answers, "
        "and a way back. It works without JavaScript, by switch, by gaze and with a screen reader."
    )


programme_id = session.open_programme_id()
programme = session.open_programme()
is_sample = programme is not None and programme.is_sample
if not is_sample:
    page.head(
        "Participants come by their own link",
        "Every person gets a link of their own; nobody else can open it from here. "
        "A facilitator finds the links under Ballots.",
    )
    st.stop()

page.head(
    "Answer as a participant",
    "A real vote in the sample. The people are invented, so you may answer as any of them.",
)
found = open_meetings(programme_id)
if found:
    choose_person(found[0])
elif meetings_of(programme_id):
    page.empty(
        "No vote is open just now",
        f"Open a practice vote over {words.spelled(N_ASKED)} recommendations of the newest "
        "meeting: it is the same kind of vote as any other.",
    )
    st.button(
        "Open a practice vote",
        key="open_practice",
        type="primary",
        on_click=open_practice,
        args=(programme_id,),
    )
