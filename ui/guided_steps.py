"""A guided session, one step at a time. Start at `show`."""

from functools import partial

import streamlit as st

from domain.access import Act
from domain.ballots import BallotState
from domain.guided import Round, Step
from domain.ids import BallotId, GuidedSessionId
from domain.votes import WORDINGS, Method, n_presses
from services import ballots, group_orders, guided_sessions
from services.guided_sessions import ALONE_METHODS, OpenSession
from ui import guided_orders, guided_result, guided_seats, markup, page, screens, session
from ui.words import count, people_say

HEADS = {
    Step.ALONE: (
        "Everybody alone",
        "No talk yet. Everybody notes for themselves what matters most to them, and why.",
    ),
    Step.FIRST: (
        "Small groups, first round",
        "Each small group talks, then puts all of them in order, the most important first.",
    ),
    Step.MIX: (
        "Other small groups",
        "People change groups, so that they hear what others heard.",
    ),
    Step.SECOND: (
        "Small groups, second round",
        "Each new group begins with what the first round added up to, and moves what it would.",
    ),
    Step.TOGETHER: (
        "Everybody together",
        "What the groups put in order, added up. Ties are ties; the table talks about them.",
    ),
}
ACTIONS = {
    Step.ALONE: "Go on to the small groups",
    Step.FIRST: "Go on: other groups",
    Step.MIX: "Go on to round two",
    Step.SECOND: "Go on: everybody",
}
SAY = (
    "“Please take the time you need. Read all of them, and note which matter most to you and why. "
    "Nobody has to speak, and nobody sees your notes.”"
)
BESIDE_IT = (
    "Say this, then be silent together. Somebody may write or press for a person. Go on when "
    "everybody is ready: nothing here runs out, and nothing goes on by itself."
)


def show(opened: OpenSession, eyebrow: str) -> None:
    """The step that the session is at, with the ways on and back."""
    step, session_id = opened.session.step, opened.session.session_id
    title, sentence = HEADS[step]
    runs = session.may(Act.RUN_VOTE)
    if page.head(
        f"Step {step.number} of {len(Step)}: {title[:1].lower()}{title[1:]}",
        sentence,
        eyebrow=eyebrow,
        action=ACTIONS.get(step, "") if runs else "",
    ):
        page.do(f"Step {step.number} is done.", guided_sessions.go_on, session_id)
        st.rerun()
    if step is Step.TOGETHER:
        guided_result.show(session_id)
        screens.link(screens.RECOMMENDATIONS, "Decide about the recommendations")
    elif runs:
        _of_step(opened)
    else:
        _from_outside(session_id)
    if runs:
        _ways(opened)


def _of_step(opened: OpenSession) -> None:
    session_id = opened.session.session_id
    if opened.session.step is Step.ALONE:
        markup.large(SAY)
        markup.sentence(BESIDE_IT)
        _own_view(opened)
        page.section("Small groups for the first round")
        guided_seats.show(session_id, Round.FIRST)
        _options(opened)
    elif opened.session.step is Step.FIRST:
        guided_orders.enter(session_id, Round.FIRST)
        _seats_below(session_id, Round.FIRST)
    elif opened.session.step is Step.MIX:
        guided_seats.show(session_id, Round.SECOND)
        guided_result.both_rounds(session_id)
    else:
        guided_orders.enter(session_id, Round.SECOND)
        _seats_below(session_id, Round.SECOND)


def _from_outside(session_id: GuidedSessionId) -> None:
    """For whoever only reads: how far it is, and the rounds that are over."""
    markup.sentence("The session goes on. Nothing is told of a round before it is over.")
    if group_orders.result(session_id).first.is_over:
        guided_result.both_rounds(session_id)


def _own_view(opened: OpenSession) -> None:
    page.section(
        "Everybody's own view, before the talk",
        "A confidential vote by personal links. It is the one way to tell afterwards what each "
        "stakeholder group thinks: small groups are mixed, so their orders cannot.",
    )
    ballot_id = opened.session.ballot_id
    if ballot_id is None:
        _ask_alone(opened)
        return
    now = ballots.progress(ballot_id)
    told = people_say(now.n_answered, now.n_invited, noun="people have answered")
    if _state_of(ballot_id) is BallotState.CLOSED:
        markup.sentence(f"{told}. The vote is closed; it is shown in step 5.")
        return
    markup.sentence(f"{told}. Hand out the personal links; close the vote before the groups talk.")
    with st.container(horizontal=True, key="own_view_steps"):
        st.button("Look again", key="look_own_view")
        with st.popover("Close this vote"):
            markup.sentence("Closing is for good: nobody can answer or change an answer after it.")
            st.button(
                "Close it for good",
                key="close_own_view",
                type="primary",
                on_click=partial(
                    page.do,
                    "The vote is closed.",
                    ballots.close_ballot,
                    ballot_id,
                    actor=session.author(),
                ),
            )
        screens.link(screens.BALLOTS, "Links and latecomers, on Ballots", ballot=ballot_id)


def _ask_alone(opened: OpenSession) -> None:
    n = len(opened.options)
    with st.expander("Ask everybody alone first"):
        method = st.radio(
            "How people answer",
            list(ALONE_METHODS),
            format_func=lambda m: WORDINGS[m].name,
            captions=[_told_of(m, n) for m in ALONE_METHODS],
            key="own_view_method",
        )
        st.button(
            "Open this vote",
            key="open_own_view",
            on_click=partial(
                page.do,
                "The vote is open. Hand out the personal links.",
                guided_sessions.ask_alone,
                opened.session.session_id,
                method or Method.APPROVAL,
            ),
        )


def _told_of(method: Method, n: int) -> str:
    presses = f"{n_presses(method, n)} presses a person."
    if method is Method.RANKING:
        return f"{presses} Told for all stakeholder groups or for none, which is likely here."
    return f"{presses} Told for each stakeholder group of five or more, at least in words."


def _state_of(ballot_id: BallotId) -> BallotState:
    held = ballots.ballots_of(session.open_meeting_id())
    return next(one.ballot.state for one in held if one.ballot.ballot_id == ballot_id)


def _options(opened: OpenSession) -> None:
    with st.expander(f"The {count(len(opened.options), 'recommendation')} to put in order"):
        markup.lines([(guided_orders.name_of(option), "") for option in opened.options])


def _seats_below(session_id: GuidedSessionId, of: Round) -> None:
    with st.expander("Who sits where"):
        guided_seats.show(session_id, of)


def _ways(opened: OpenSession) -> None:
    session_id = opened.session.session_id
    with st.container(horizontal=True, key="session_ways"):
        if opened.session.step is not Step.ALONE:
            st.button(
                "Go back a step",
                key="step_back",
                on_click=page.do,
                args=("One step back. Nothing was lost.", guided_sessions.go_back, session_id),
            )
        with st.popover("Remove this session"):
            markup.sentence(
                "Takes away who sat where and every group's order, for good. A vote that was part "
                "of it stays on Ballots."
            )
            st.button(
                "Remove it for good",
                key="remove_session",
                on_click=_remove,
                args=(session_id,),
            )


def _remove(session_id: GuidedSessionId) -> None:
    if page.attempt("The session is removed.", guided_sessions.remove, session_id):
        session.keep("guided", "")
