"""The form of a new vote: what, how, when, and whether hands are shown. Start at `new_vote`."""

from datetime import date

import streamlit as st

from domain.access import Act
from domain.ballots import Quorum, Secrecy, Times
from domain.errors import NotAllowedNow, RoundtableError
from domain.ids import BallotId
from domain.meetings import Meeting
from domain.recommendations import RecommendationState
from domain.votes import WORDINGS, Method, n_presses
from services import ballot_times, ballots, recommendations, release_preview
from ui import markup, page, session
from ui.markup import shortened
from ui.words import count, listed

ASKABLE = (RecommendationState.DRAFT, RecommendationState.PROPOSED)
SECRECY = {
    Secrecy.CONFIDENTIAL: (
        "Confidential",
        "Who has answered and what was answered are kept apart. For anything that matters.",
    ),
    Secrecy.NAMED: (
        "Show of hands",
        "You see who answered what, and every page of the vote says so. It cannot be changed "
        "later, in either direction.",
    ),
}
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Puerto_Rico",
    "Europe/London",
    "UTC",
)


def new_vote(meeting: Meeting) -> BallotId | None:
    """Choose what to ask; the vote that was opened or prepared, once it is."""
    found = [v.recommendation for v in recommendations.recommendations(meeting.meeting_id)]
    page.section(
        "A new vote",
        "Everybody on the roster answers on plain pages, by their own link.",
    )
    if not found:
        page.empty("Nothing to vote on yet", "Write recommendations first, or bring in a list.")
        return None
    _what_can_be_shown(meeting)
    names = {r.recommendation_id: f"{r.number}. {shortened(r.text, 70)}" for r in found}
    with st.form("new_vote"):
        st.text_input("Name of the vote", value="Priorities", key="vote_title")
        st.multiselect(
            "Recommendations",
            list(names),
            default=[r.recommendation_id for r in found if r.state in ASKABLE],
            format_func=lambda recommendation_id: names[recommendation_id],
            key="vote_asks",
        )
        st.radio(
            "How people answer",
            list(Method),
            format_func=lambda m: WORDINGS[m].name,
            captions=[told_of(m, len(found)) for m in Method],
            key="vote_method",
        )
        st.radio(
            "Who sees who answered what",
            list(Secrecy),
            format_func=lambda s: SECRECY[s][0],
            captions=[SECRECY[s][1] for s in Secrecy],
            key="vote_secrecy",
        )
        _when_and_how_many(meeting)
        markup.sentence("The wording is fixed from now on.")
        with st.container(horizontal=True, key="vote_ways"):
            is_opened = st.form_submit_button("Open the vote", type="primary")
            is_prepared = st.form_submit_button("Prepare it for later")
    if not (is_opened or is_prepared):
        return None
    try:
        return _made(meeting, is_opened=is_opened)
    except RoundtableError as error:
        page.refused(str(error))
        return None


def told_of(method: Method, n_asked: int) -> str:
    """What a method asks of each person."""
    presses = f"{n_presses(method, n_asked)} presses for {count(n_asked, 'recommendation')}"
    moves = ", and one more for each move" if method is Method.RANKING else ""
    return f"{WORDINGS[method].sentence} {presses}{moves}."


def _what_can_be_shown(meeting: Meeting) -> None:
    """What a vote of this roster can ever tell, before it is made."""
    found = release_preview.preview(meeting.meeting_id)
    people = count(found.n_people, "person", "people")
    if not found.room.is_enough:
        markup.sentence(
            f"With {people} on the roster, results tell only how many answered: from "
            f"{found.room.k} answers on, more can be told."
        )
        return
    with st.expander(f"What a vote of these {people} can tell"):
        for where, reach in (("In the room", found.room), ("In files for others", found.public)):
            markup.sentence(f"{where}: {_told(reach)}")
        if found.never_alone:
            alone = listed([f"{label} ({n})" for label, n in found.never_alone])
            markup.sentence(f"Never alone, only joined with others: {alone}.")
        markup.sentence("When fewer answer, more groups are joined.")


def _told(reach: release_preview.Reach) -> str:
    if not reach.is_enough:
        return f"only how many answered; {reach.k} answers are needed to tell more."
    if not reach.groups:
        return "everybody together, and no group."
    return listed([f"{label} ({n})" for label, n in reach.groups]) + "."


def _when_and_how_many(meeting: Meeting) -> None:
    with st.expander("When it opens and closes, and how many have to answer"):
        markup.sentence(
            "Best is to open at least 14 days before the meeting and to close at least 7 days "
            "after it: people who steer with their eyes need days, not minutes."
        )
        st.date_input("Opens at the start of", value=None, key="vote_first_day")
        st.date_input("Closes at the end of", value=None, key="vote_last_day")
        markup.sentence("Left empty, it opens or closes when you press.")
        zone = ballot_times.time_zone_of(meeting.meeting_id)
        if session.may(Act.RUN_VOTE, is_for_programme=True):
            zones = sorted({*ZONES, zone})
            st.selectbox(
                "Days of this programme are those of", zones, zones.index(zone), key="zone"
            )
        st.number_input(
            "How many people have to answer",
            min_value=0,
            value=0,
            key="vote_quorum",
            help="0: no number. It is said before the first answer; the result tells whether so "
            "many answered, and is shown either way.",
        )
        st.number_input(
            "Or what share of those invited, in percent",
            min_value=0,
            max_value=100,
            value=0,
            step=5,
            key="vote_quorum_share",
            help="It follows who is invited: people who come later count as well.",
        )


def _quorum() -> Quorum | None:
    n, percent = st.session_state.vote_quorum, st.session_state.vote_quorum_share
    if n and percent:
        raise NotAllowedNow(
            reason=f"Both {count(n, 'person', 'people')} and {percent} percent have to answer: "
            "say one of the two and leave the other at 0."
        )
    if percent:
        return Quorum(share=percent / 100)
    return Quorum(n=n) if n else None


def _made(meeting: Meeting, *, is_opened: bool) -> BallotId:
    chosen, quorum = st.session_state, _quorum()
    zone = chosen.get("zone") or ballot_times.time_zone_of(meeting.meeting_id)
    if zone != ballot_times.time_zone_of(meeting.meeting_id):
        ballot_times.set_time_zone(meeting.programme_id, zone)
    first: date | None = None if is_opened else chosen.vote_first_day
    last: date | None = chosen.vote_last_day
    times = Times(
        ballot_times.start_of(first, zone) if first else None,
        ballot_times.end_of(last, zone) if last else None,
    )
    if is_opened:
        made = ballots.open_ballot(
            meeting.meeting_id,
            chosen.vote_asks,
            chosen.vote_title,
            chosen.vote_secrecy,
            method=chosen.vote_method,
            plan=(times, quorum),
            actor=session.author(),
        )
        session.tell("The vote is open. Hand out the personal links.")
        return made
    made = ballot_times.prepare(
        meeting.meeting_id,
        chosen.vote_asks,
        chosen.vote_title,
        chosen.vote_secrecy,
        method=chosen.vote_method,
        times=times,
        quorum=quorum,
        actor=session.author(),
    )
    session.tell("The vote is prepared. Links can be handed out; nothing can be answered yet.")
    return made
