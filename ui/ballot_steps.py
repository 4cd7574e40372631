"""A vote before it opens, its end, more time for one person, hands. Start at `before_open`."""

from datetime import date, timedelta

import streamlit as st

from domain.access import Act
from domain.ballots import Ballot, Secrecy
from domain.ids import AttendanceId, BallotId
from domain.meetings import Meeting
from domain.votes import WORDINGS, Method, standing
from services import ballot_times, ballots, meetings, show_of_hands
from ui import markup, page, session
from ui.tables import table
from ui.words import count, day_of, until


def times_told(ballot: Ballot, zone: str) -> str:
    """When a vote opens and closes, in words."""
    times = ballot.times
    if ballot.ended_at or ballot_times.is_waiting_for_some(ballot):
        return "It has closed; results are shown when everybody has had the time they need."
    closes = f"It closes at {until(times.closes_at, zone)}." if times.closes_at else ""
    told = closes or "It closes when somebody presses."
    if ballot.opened_at:
        return told
    # A day begins where the one before it ends, which nobody would say so.
    opens = day_of(times.opens_at, zone) if times.opens_at else ""
    return f"It opens {f'at the start of {opens}' if opens else 'when you press'}. {told}"


def quorum_told(ballot: Ballot, n_invited: int) -> str:
    """How many have to answer, as was said at the start; empty where nobody said."""
    if ballot.quorum is None:
        return ""
    return f"{count(ballot.quorum.needed(n_invited), 'person', 'people')} have to answer."


def whether_enough(ballot: Ballot) -> None:
    """Whether as many answered as had to; the result is shown either way."""
    if ballot.quorum is None:
        return
    n = ballots.progress(ballot.ballot_id)
    needed = ballot.quorum.needed(n.n_invited)
    is_enough = ballot.quorum.is_reached(n.n_answered, n.n_invited)
    told = "as many or more did" if is_enough else "fewer did"
    markup.sentence(f"{count(needed, 'person', 'people')} had to answer, and {told}.")


def before_open(ballot: Ballot, meeting: Meeting, zone: str) -> None:
    """What is prepared, and the way to open it or to take it away."""
    markup.sentence(times_told(ballot, zone))
    table(("No.", "Recommendation"), [(item.position, item.text) for item in ballot.items])
    if not session.may(Act.RUN_VOTE):
        return
    with st.container(horizontal=True, key="prepared"):
        st.button(
            "Open it now",
            type="primary",
            key="open_now",
            on_click=page.do,
            args=("The vote is open.", ballot_times.open_prepared, ballot.ballot_id),
            kwargs={"actor": session.author()},
        )
        see_as_participant(ballot)
        with st.popover("Take it away"):
            markup.sentence("Nobody has answered it. It can be made anew at any time.")
            st.button(
                "Take it away for good",
                key="discard",
                on_click=page.do,
                args=("The vote is gone.", ballot_times.discard, ballot.ballot_id),
                kwargs={"actor": session.author()},
            )


def see_as_participant(ballot: Ballot) -> None:
    """The pages of the vote as a made-up person sees them; nothing can be answered there."""
    here = f"/preview/{ballot.ballot_id}/v/{ballot.ballot_id}/1"
    st.link_button("See it as a participant", here, key="see_as")


def more_time(ballot: Ballot, meeting: Meeting, zone: str) -> None:
    """Let one person answer longer than the others; for those who run the vote alone."""
    shown = st.expander("More time for somebody", key="more_time", on_change="rerun")
    if not shown.open:
        return
    with shown:
        markup.sentence(
            "They can answer after the vote has closed for the others. Nothing of the vote is "
            "shown until the last day that you give, since what changes then would tell what "
            "they answered. Nobody else is told."
        )
        names = {a.attendance_id: a.name for a in meetings.roster(meeting.meeting_id)}
        with st.form("extend", clear_on_submit=True):
            st.selectbox("Who", list(names), format_func=lambda who: names[who], key="extend_who")
            st.date_input(
                "Until the end of",
                value=date.today() + timedelta(days=7),
                key="extend_until",
                help=f"Days are those of {zone}.",
            )
            st.form_submit_button(
                "Give them more time", on_click=_extend, args=(ballot.ballot_id, names, zone)
            )
        for one in ballot_times.extensions(ballot.ballot_id):
            told = f"{one.name} can answer until {until(one.until, zone)}."
            with st.container(horizontal=True, key=f"longer_{one.attendance_id}"):
                markup.sentence(told)
                st.button(
                    f"Take this back from {one.name}",
                    key=f"take_time_{one.attendance_id}",
                    on_click=page.do,
                    args=(
                        f"{one.name} has as much time as everybody else.",
                        ballot_times.take_back_extension,
                        ballot.ballot_id,
                        one.attendance_id,
                    ),
                    kwargs={"actor": session.author()},
                )


def closing(ballot: Ballot) -> None:
    """End a vote; while somebody has more time, for the others or for all."""
    n_longer = len(ballot_times.extensions(ballot.ballot_id))
    with st.popover("Close the vote"):
        markup.sentence("Closing is for good: nobody can answer or change an answer after it.")
        is_first_step = n_longer and not ballot_times.is_waiting_for_some(ballot)
        if is_first_step:
            markup.sentence(
                f"{count(n_longer, 'person', 'people')} can still answer after it, until the day "
                "that you gave them. Results are shown then."
            )
            _close("Close it for the others", ballot.ballot_id, is_for_all=False)
        label = "Close it for good" if not n_longer else "Close it for everybody now"
        _close(label, ballot.ballot_id, is_for_all=True, is_second=bool(is_first_step))


def hands(ballot: Ballot) -> None:
    """Who answered what in a show of hands; for those who run the vote alone."""
    if ballot.secrecy is not Secrecy.NAMED or not session.may(Act.RUN_VOTE):
        return
    shown = st.expander("Who answered what", key="hands", on_change="rerun")
    if not shown.open:
        return
    with shown:
        found = show_of_hands.who_answered(ballot.ballot_id)
        columns = ("Name", *(f"No. {item.position}" for item in ballot.items))
        rows = [
            (
                one.name + (" (somebody answered for them)" if one.is_proxy else ""),
                *(_given(ballot, one.given.get(item.position)) for item in ballot.items),
            )
            for one in found.people
        ]
        table(columns, rows)
        markup.sentence("Nobody else is shown this: all else shows what may be released.")


def _close(label: str, ballot_id: BallotId, *, is_for_all: bool, is_second: bool = False) -> None:
    st.button(
        label,
        key=f"close_{'all' if is_for_all else 'most'}",
        type="secondary" if is_for_all and is_second else "primary",
        on_click=page.do,
        args=("The vote is closed.", ballots.close_ballot, ballot_id),
        kwargs={"is_for_all": is_for_all, "actor": session.author()},
    )


def _extend(ballot_id: BallotId, names: dict[AttendanceId, str], zone: str) -> None:
    who, day = st.session_state.extend_who, st.session_state.extend_until
    page.do(
        f"{names[who]} can answer until the end of {day:%A}, {day.day} {day:%B %Y}.",
        ballot_times.extend,
        ballot_id,
        who,
        ballot_times.end_of(day, zone),
        actor=session.author(),
    )


def _given(ballot: Ballot, given: int | None) -> str:
    if given is None:
        return "no answer"
    if ballot.method in (Method.SCORES, Method.RANKING):
        return f"{given} of 9" if ballot.method is Method.SCORES else f"place {given}"
    words = WORDINGS[ballot.method]
    return (words.low, words.middle, words.high)[standing(ballot.method, given, 1) + 1]
