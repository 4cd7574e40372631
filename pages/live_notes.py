"""Live notes: a line as it is heard, a proposal with one key, and a vote in two presses."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from domain.ballots import Secrecy
from domain.errors import RoundtableError
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.talk import Manner, Utterance
from services import ballots, live, recommendations
from services.recommendations import RecommendationView
from ui import markup, page, screens, session
from ui.markup import draw, safe
from ui.quotes import who
from ui.words import count, sentence_case

N_LINES = 20
PROPOSAL_MARK = "*"
TABLE = "someone at the table"


def told(service: Callable[[], object], done: str) -> None:
    """Do it now and say what came of it here, without drawing the whole page again."""
    try:
        service()
    except RoundtableError as error:
        page.refused(str(error))
    else:
        st.success(done)


@st.fragment
def desk() -> None:
    """Where the scribe types, what came in last, and what was proposed."""
    page.show_told()  # a press here draws this part only, not the head
    left, right = st.columns([3, 2], gap="large")
    with left:
        type_line()
    with right:
        drafts()
        captions()
    newest = live.newest_lines(meeting_id, N_LINES)
    page.section(f"The last {count(len(newest), 'line')}" if newest else "No line yet")
    lines(newest)


def type_line() -> None:
    """One line and who said it; the group stays until another is chosen."""
    group = st.selectbox(
        "Who is speaking",
        [TABLE, *(g.value for g in StakeholderGroup)],
        format_func=sentence_case,
        key="scribe_group",
        persist_state="session",
    )
    with st.form("scribe", clear_on_submit=True):
        text = st.text_input("What was said; begin with * for a proposal", key="scribe_line")
        with st.container(horizontal=True):
            is_line = st.form_submit_button("Add the line (Enter)", type="primary")
            is_proposal = st.form_submit_button("Add it as a proposal")
    if not (is_line or is_proposal):
        return
    words = text.strip()
    proposes = is_proposal or words.startswith(PROPOSAL_MARK)
    add = partial(
        live.scribe,
        meeting_id,
        words.removeprefix(PROPOSAL_MARK),
        stakeholder_group=None if group == TABLE else StakeholderGroup(group),
        is_proposal=proposes,
        author=session.author(),
    )
    told(add, "Added, and a draft recommendation made of it." if proposes else "Added.")


def lines(newest: Sequence[Utterance]) -> None:
    """The last lines, newest first, each with what can be done with it."""
    for said in newest:
        mark = '<span class="rt-tag">proposal</span> ' if said.is_proposal else ""
        side = who(said.stakeholder_group, said.start_s)
        with st.container(gap=None, key=f"line_{said.utterance_id}"):
            draw(
                f'<div class="rt-card"><p dir="auto">{mark}{safe(said.text)}</p>'
                f'<p class="rt-side">{safe(side)}</p></div>'
            )
            with st.container(horizontal=True, key=f"steps_{said.utterance_id}"):
                steps(said)


def steps(said: Utterance) -> None:
    """What can be done with a line: any may become a proposal, a typed one can be taken back."""
    if not said.is_proposal:
        st.button(
            "Make it a proposal",
            key=f"propose_{said.utterance_id}",
            type="tertiary",
            on_click=page.do,
            args=("A draft was made of it.", live.propose, said.utterance_id),
            kwargs={"author": session.author()},
        )
    if said.manner is Manner.SCRIBED:
        st.button(
            "Take it back",
            key=f"back_{said.utterance_id}",
            type="tertiary",
            on_click=page.do,
            args=("The line is taken back.", live.take_back, said.utterance_id),
        )


def drafts() -> None:
    """What was proposed, and the vote over it: the first press asks, the second opens."""
    found = [
        view
        for view in recommendations.recommendations(meeting_id)
        if view.recommendation.state is RecommendationState.DRAFT
    ]
    page.section(f"{count(len(found), 'draft').capitalize()} from this meeting")
    if not found:
        markup.sentence("A line that begins with * becomes a draft recommendation at once.")
        return
    markup.lines(
        (f"{v.recommendation.number}. {v.recommendation.text}", count(len(v.evidence), "quote"))
        for v in found
    )
    with st.popover(f"Open a vote on the {count(len(found), 'draft')}", width="stretch"):
        markup.sentence(
            "Everybody on the roster can answer agree, pass or disagree to each. The wording is "
            "fixed from then on; answers are confidential."
        )
        if st.button("Open the vote now", key="open_vote", type="primary"):
            open_vote(found)


def open_vote(found: Sequence[RecommendationView]) -> None:
    """Open the ballot and go to where it is watched."""
    try:
        ballot_id = ballots.open_ballot(
            meeting_id,
            [v.recommendation.recommendation_id for v in found],
            title="Drafts from the room",
            secrecy=Secrecy.CONFIDENTIAL,
        )
    except RoundtableError as error:
        page.refused(str(error))
        return
    session.tell("The vote is open. Hand out the personal links.")
    screens.go(screens.BALLOTS, ballot=ballot_id)


def captions() -> None:
    """Captions or lines from elsewhere, all at once."""
    with st.expander("Paste captions"), st.form("paste", clear_on_submit=True):
        text = st.text_area(
            "Captions or lines, as “Name: words” where you have names", key="pasted", height=160
        )
        if st.form_submit_button("Add these lines"):
            told(partial(live.paste, meeting_id, text, author=session.author()), "Lines added.")


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
page.head(
    "Live notes",
    "Type what you hear; every line joins the meeting at once.",
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
)
desk()
