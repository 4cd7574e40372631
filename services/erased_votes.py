"""Answers of somebody who is erased: taken back while a vote is open. See `take_back`.

After the close nobody can tell which answers are whose; then only the count of the roll stays.
A show of hands can tell, so answers in it are taken back after its close too.
"""

from collections.abc import Iterable

from domain.ballots import Ballot, BallotState
from domain.errors import KeyMissing
from domain.ids import AttendanceId
from services import keys
from store import ballot_box, ballots, erasure, participant_links, show_of_hands
from store.engine import Connection


def take_back(
    tx: Connection, attendance_ids: Iterable[AttendanceId], *, is_replay: bool = False
) -> None:
    """Take answers out of every open box, and the people off its roll.

    In a replay, a vote whose key is gone keeps its answers: nobody can find them any more.

    Raises
    ------
    KeyMissing
        If somebody answered in an open vote whose key, or whose link's key, is gone.
    """
    for attendance_id in attendance_ids:
        for ballot_id in show_of_hands.take_named_answers(tx, attendance_id):
            erasure.take_off_roll(tx, ballot_id, attendance_id)
        for ballot_id in erasure.open_votes(tx, attendance_id):
            ballot = ballots.ballot_by_id(tx, ballot_id)
            try:
                _take_answers(tx, ballot, attendance_id)
            except KeyMissing:
                if not is_replay:
                    raise
                continue
            erasure.take_off_roll(tx, ballot_id, attendance_id)


def _take_answers(tx: Connection, ballot: Ballot, attendance_id: AttendanceId) -> None:
    entry = ballots.roll_entry(tx, ballot.ballot_id, attendance_id)
    if ballot.state is not BallotState.OPEN or entry is None or not entry[0]:
        return
    generation = participant_links.link_generation(tx, attendance_id) or 0
    key = keys.link_key(ballot.meeting_id)
    secret = keys.voter_secret(key, attendance_id, generation)
    if participant_links.attendance_of_link(tx, keys.link_hash(secret)) != attendance_id:
        raise KeyMissing(
            what="this meeting's links",
            folder="the key folder",
            todo="Their answers in the open vote cannot be found; close the vote first.",
        )
    box_key = keys.ballot_key(keys.poll_key(ballot.ballot_id), secret)
    ballot_box.take_answers(tx, ballot.ballot_id, box_key)
