"""Live notes: a line as it is heard, a proposal with one key, and a vote in two presses."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from domain.access import Act
from domain.ballots import Secrecy
from domain.errors import RoundtableError
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.talk import Manner
from services import agreements, ballots, live, recommendations
from services.agreements import Told
from services.live import Line
from services.recommendations import RecommendationView
from ui import markup, page, screens, session
from ui.markup import draw, safe
from ui.quotes import lang, marked, who
from ui.words import count, sentence_case

N_LINES = 20
PROPOSAL_MARK = "*"
TABLE = "someone at the table"
MAY_QUOTE, MAY_COUNT = "Group them and quote them without names", "Group them, never quote them"
TOLD = {
    Told.ANNOUNCED: "It was announced in the room",
    Told.FORM: "They signed a form",
    Told.NOTHING: "Nothing yet",
}


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
    agreed()
    left, right = st.columns([3, 2], gap="large")
    with left:
        type_line()
    with right:
        drafts()
        captions()
    newest = live.newest_lines(meeting_id, N_LINES, author=session.author())
    page.section(f"The last {count(len(newest), 'line')}" if newest else "No line yet")
    lines(newest)


def agreed() -> None:
    """What people were told about their words: asked once, and it can be changed."""
    now = agreements.agreement_of(meeting_id)
    if not now.is_asked:
        page.section(
            "What were people told about their words?",
            "Lines that you type are shared with others only once people agreed to it. Until then "
            "they are kept for you, in the list below.",
        )
        told_form()
        return
    if now.may_quote:
        what = "words are grouped into themes and quoted without names"
    elif now.may_group:
        what = "words are grouped into themes and never quoted, so that no draft is made of them"
    else:
        what = "lines stay with you, because people were told nothing yet"
    markup.sentence(f"What people were told: {what} ({now.written_where}).")
    with st.expander("Change what people were told"):
        told_form()


def told_form() -> None:
    """How people were told, what they agreed to, and where that is written."""
    with st.form("told"):
        left, middle, right = st.columns([2, 3, 3], gap="medium")
        how = left.radio(
            "How were they told?", list(TOLD), index=None, format_func=TOLD.__getitem__, key="told"
        )
        what = middle.radio(
            "What may be done with their words?", (MAY_QUOTE, MAY_COUNT), key="told_may"
        )
        where = right.text_input(
            "Where is it written, or who announced it and when?", key="told_where"
        )
        is_told = right.form_submit_button("Write this down")
    if is_told and how is None:
        page.refused("Say how people were told. “Nothing yet” is an answer too.")
    elif is_told and how:
        page.do(
            "It is written down.",
            agreements.record_agreement,
            meeting_id,
            how,
            may_quote=what == MAY_QUOTE,
            written_where=where,
            author=session.author(),
        )
        st.rerun()


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
    told(add, f"Added{drafted() if proposes else ''}.")


def drafted() -> str:
    """Whether a proposing line becomes a draft at once."""
    if agreements.agreement_of(meeting_id).may_quote and session.may(Act.RELEASE):
        return ", and a draft recommendation made of it"
    return (
        " for you. No draft is made of it yet: a draft shows its words, and they may be shown once "
        "people agreed to be quoted and the line is released"
    )


def lines(newest: Sequence[Line]) -> None:
    """The last lines, newest first, each with what can be done with it."""
    known = {v.recommendation.text for v in recommendations.recommendations(meeting_id)}
    for line in newest:
        said = line.said
        mark = '<span class="rt-tag">proposal</span> ' if said.is_proposal else ""
        side = who(said.stakeholder_group, said.start_s)
        if not line.is_shared:
            side += ", not shared: only you see it here"
        with st.container(gap=None, key=f"line_{said.utterance_id}"):
            draw(
                f'<div class="rt-card"><p dir="auto"{lang(said.text)}>{mark}{marked(said.text)}</p>'
                f'<p class="rt-side">{safe(side)}</p></div>'
            )
            with st.container(horizontal=True, key=f"steps_{said.utterance_id}"):
                steps(line, is_known=said.text in known)


def steps(line: Line, *, is_known: bool) -> None:
    """What can be done with a line: a shared one may become a proposal, a typed one can go back."""
    said = line.said
    if line.is_shared and not (said.is_proposal and is_known):
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
