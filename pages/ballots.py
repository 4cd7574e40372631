"""Ballots: open a vote, hand out the links, watch how many answered, read the results."""

from collections.abc import Sequence

import streamlit as st

from domain.access import Act
from domain.ballots import Ballot, BallotState
from domain.ids import BallotId
from services import ballot_times, ballots, recount
from services.ballots import BallotSummary
from ui import (
    ballot_form,
    ballot_results,
    ballot_steps,
    compare_votes,
    help_contact,
    markup,
    page,
    people_links,
    polis,
    screens,
    session,
    vote_priorities,
    watching,
)
from ui.markup import plain
from ui.words import count, people_say

CHOSEN, NEW = "ballot", "new"


def show(ballot_id: BallotId) -> None:
    """Open a vote on this page, also in the address."""
    session.keep(CHOSEN, ballot_id)
    session.keep(NEW, "")


def while_open(ballot: Ballot) -> None:
    """Watching, and for the facilitator the links, latecomers and the end."""
    watching.watch(ballot.ballot_id)
    n_invited = ballots.progress(ballot.ballot_id).n_invited
    told = (ballot_steps.times_told(ballot, zone), ballot_steps.quorum_told(ballot, n_invited))
    markup.sentence(" ".join(part for part in told if part))
    if not session.may(Act.RUN_VOTE):
        return
    help_contact.warn()
    with st.container(horizontal=True, key="vote_steps"):
        ballot_steps.closing(ballot)
        ballot_steps.see_as_participant(ballot)
        st.button(
            "Let in people who came later",
            key="latecomers",
            help="Everybody who is on the roster now and was not when the vote opened.",
            on_click=page.do,
            args=(
                "Everybody on the roster may vote now.",
                ballots.invite_latecomers,
                ballot.ballot_id,
            ),
            kwargs={"actor": session.author()},
        )
    ballot_steps.more_time(ballot, meeting, zone)
    personal_links()


def personal_links() -> None:
    """Everybody's own link, on screen and for print."""
    shown = st.expander("Personal links", key="links", on_change="rerun")
    if not shown.open:
        return
    with shown:
        people_links.table(meeting)
        screens.link(screens.PEOPLE, "People and their links")


def after_close(ballot: Ballot) -> None:
    """Results by group, released only as far as nobody is given away."""
    ballot_steps.whether_enough(ballot)
    ballot_results.of_ballot(ballot.ballot_id)
    ballot_steps.hands(ballot)
    compare_votes.before_and_after(ballot.ballot_id)
    vote_priorities.a_fair_set(ballot.ballot_id)
    page.section("Take it along, or count again")
    if session.may(Act.EXPORT):
        st.download_button(
            "Download the released tallies (CSV)",
            data=ballots.export_results_csv(ballot.ballot_id),
            file_name=f"votes-{meeting.held_on.isoformat()}.csv",
            mime="text/csv",
            key="tallies",
            on_click="ignore",
            help="For people outside the room: each number stands for at least eleven people.",
        )
        name, data = recount.export_recount(ballot.ballot_id)
        st.download_button(
            "Download to count again (ZIP)",
            data=data,
            file_name=name,
            mime="application/zip",
            key="recount_zip",
            on_click="ignore",
            help="The released tallies, the answers behind them one recommendation at a time, and "
            "a script of forty lines that counts them anywhere Python runs.",
        )
        if session.may(Act.RUN_VOTE):
            polis.take_along(ballot)
    if st.button("Count again from the box", key="count_again"):
        told_again(ballot.ballot_id)


def told_again(ballot_id: BallotId) -> None:
    """What a second count from the box says, beside what is shown and beside the roll."""
    found = recount.count_again(ballot_id)
    people = (
        f"{found.n_on_roll} people are noted on the roll, {found.n_in_box} ballots lie in the box"
    )
    if found.is_right:
        same = count(found.n_results, "result")
        st.success(f"Counted again: {same}, the same as shown. {people}.")
        return
    st.error(
        f"Counted again: {found.n_different} of {found.n_results} results differ from what is "
        f"shown. {people}. Keep this database as it is and ask whoever looks after it."
    )


def others(held: Sequence[BallotSummary], shown: Ballot) -> None:
    """The other votes of this meeting."""
    rest = [one for one in held if one.ballot.ballot_id != shown.ballot_id]
    if not rest:
        return
    page.section("Other votes of this meeting")
    for one in rest:
        n = one.progress
        told = people_say(n.n_answered, n.n_invited, noun="answered")
        st.button(
            plain(f"{one.ballot.title}: {one.ballot.state.value}, {told}"),
            key=f"open_{one.ballot.ballot_id}",
            type="tertiary",
            on_click=show,
            args=(one.ballot.ballot_id,),
        )


def summary(shown: Ballot | None) -> str:
    """What is asked and whether it is open."""
    if shown is None:
        return "A vote over the meeting's recommendations."
    asked = count(len(shown.items), "recommendation").capitalize()
    return f"{asked}. The vote is {shown.state.value}."


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
zone = ballot_times.time_zone_of(meeting_id)
held = ballots.ballots_of(meeting_id)
by_id = {one.ballot.ballot_id: one.ballot for one in held}
newest = next((b for b in by_id.values() if b.state is BallotState.OPEN), None)
newest = newest or next(iter(by_id.values()), None)
shown = by_id.get(BallotId(session.chosen(CHOSEN)), newest)
is_over = shown is not None and shown.state is BallotState.CLOSED
is_asking = session.may(Act.RUN_VOTE) and (shown is None or bool(session.chosen(NEW)))
if page.head(
    shown.title if shown and not is_asking else "Votes",
    summary(None if is_asking else shown),
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
    action="Make a new vote" if session.may(Act.RUN_VOTE) and is_over and not is_asking else "",
):
    session.keep(NEW, "1")
    st.rerun()
if is_asking:
    if made := ballot_form.new_vote(meeting):
        show(made)
        st.rerun()
    if brought := polis.bring_in(meeting_id):
        show(brought)
        st.rerun()
    if session.chosen(NEW):
        st.button("Leave this form", key="leave_form", on_click=session.keep, args=(NEW, ""))
elif shown is None:
    page.empty("No vote yet", "A facilitator opens votes; results are shown here afterwards.")
elif shown.state is BallotState.DRAFT:
    ballot_steps.before_open(shown, meeting, zone)
elif shown.state is BallotState.CLOSED:
    after_close(shown)
else:
    while_open(shown)
if shown and not is_asking:
    others(held, shown)
