"""Votes of Polis: in as two files, out of a show of hands. Start at `bring_in`."""

import streamlit as st

from domain.ballots import Ballot, Secrecy
from domain.errors import RoundtableError
from domain.ids import BallotId, MeetingId
from services import polis
from ui import markup, page, session
from ui.words import count


def bring_in(meeting_id: MeetingId) -> BallotId | None:
    """Two files of an export; the vote, once it is brought in."""
    shown = st.expander("Bring in a vote from Polis", key="polis", on_change="rerun")
    if not shown.open:
        return None
    with shown:
        markup.sentence(
            "Its statements become drafts, and its votes a closed vote that is marked as brought "
            "in. Nobody's stakeholder group is known in Polis, so only the whole is shown."
        )
        comments = st.file_uploader("comments.csv", type=["csv"], key="polis_comments")
        votes = st.file_uploader("participants-votes.csv", type=["csv"], key="polis_votes")
        if not comments or not votes:
            return None
        try:
            found = polis.read_polis(
                (comments.name, comments.getvalue()), (votes.name, votes.getvalue())
            )
        except RoundtableError as error:
            page.refused(str(error))
            return None
        left_out = count(found.n_left_out, "comment")
        markup.sentence(
            f"{count(len(found.statements), 'statement')} and the votes of "
            f"{count(len(found.people), 'person', 'people')} were understood; {left_out} that a "
            "moderator refused, or that are empty, stay out."
        )
        name = st.text_input("Name of the vote", value="Polis", key="polis_title")
        if not st.button("Bring it in", type="primary", key="polis_in"):
            return None
        try:
            made = polis.bring_in(meeting_id, found, name, actor=session.author())
        except RoundtableError as error:
            page.refused(str(error))
            return None
    session.tell("The vote is brought in; its statements are drafts among the recommendations.")
    return made


def take_along(ballot: Ballot) -> None:
    """A show of hands as Polis writes conversations."""
    if ballot.secrecy is not Secrecy.NAMED:
        return
    name, data = polis.export_polis(ballot.ballot_id)
    st.download_button(
        "Download for Polis (ZIP)",
        data=data,
        file_name=name,
        mime="application/zip",
        key="polis_zip",
        on_click="ignore",
        help="Each person's answers under a number, without names. Who knows the room may still "
        "recognise somebody: hand it only to whom everybody agreed.",
    )
