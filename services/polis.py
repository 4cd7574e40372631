"""Votes as Polis writes them: out of a show of hands, and in. See `export_polis`, `bring_in`.

The sign is that of Polis' published exports: 1 agree, 0 pass, -1 disagree.
"""

import secrets
from collections import Counter
from datetime import UTC, datetime

from domain.access import Act
from domain.ballots import Ballot, BallotItem, BallotState, Secrecy, Times
from domain.errors import NotAllowedNow
from domain.ids import BallotId, MeetingId, RecommendationId
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.votes import Answer, standing
from intake.child import read_safely
from intake.polis import PolisVote, polis_from_tables
from reports.csv_tables import Cell, write_csv, zip_files
from services import whose
from services.access import require
from services.runtime import runtime
from store import audit, ballot_box, ballot_times, ballots, meetings, recommendations

ONLY_HANDS = (
    "This vote is confidential: a row of answers would be a name to whoever knows the room. Only "
    "a show of hands is written person by person."
)
Votes = dict[str, dict[int, Answer]]
"""Number of a participant → what they answered, by the comment's number."""


def read_polis(comments: tuple[str, bytes], votes: tuple[str, bytes]) -> PolisVote:
    """Understand `comments.csv` and `participants-votes.csv` of an export; nothing is stored.

    Raises
    ------
    FileRefused
        If they cannot be read as that, with the reason.
    """
    return polis_from_tables(
        read_safely("read_table", *comments), read_safely("read_table", *votes)
    )


def bring_in(
    meeting_id: MeetingId, found: PolisVote, title: str, *, actor: str = "facilitator"
) -> BallotId:
    """Keep a Polis vote as a closed one that is marked as brought in and that nobody can answer.

    Its statements become recommendations, unless the meeting already has them word for word.
    Nobody's group is known, so only the whole is ever shown.
    """
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    # Marked in its name, so that it is wherever the vote is told of.
    name = f"{title.strip() or 'A vote'} (brought in from Polis)"
    with runtime().store.write() as tx:
        held = recommendations.recommendations_of(tx, meeting_id)
        known = {r.text: r.recommendation_id for r in held}
        # Where a sentence stands there twice, its first number counts.
        number_of: dict[RecommendationId, int] = {}
        for number, text in found.statements.items():
            if text not in known:
                known[text] = recommendations.add_recommendation(
                    tx, meeting_id, text, RecommendationState.DRAFT, author=actor
                )
            number_of.setdefault(known[text], number)
        items = [
            BallotItem(position, what, found.statements[number])
            for position, (what, number) in enumerate(number_of.items(), start=1)
        ]
        ballot_id = ballots.add_ballot(tx, meeting_id, name, Secrecy.CONFIDENTIAL, items)
        ballot_times.set_plan(tx, ballot_id, Times(), None, "Polis")
        people = [(secrets.token_hex(32), given) for given in found.people]
        rows = [
            (key, what, int(given[number]), StakeholderGroup.OTHER, False)
            for key, given in people
            for what, number in number_of.items()
            if number in given
        ]
        ballot_box.fill_box(tx, ballot_id, rows)
        ballots.set_state(tx, ballot_id, BallotState.OPEN)
        ballots.set_state(tx, ballot_id, BallotState.CLOSED)
        audit.record(tx, actor, "ballot brought in", "ballot", ballot_id)
    return ballot_id


def export_polis(ballot_id: BallotId) -> tuple[str, bytes]:
    """File name and ZIP of a closed show of hands, as Polis exports a conversation.

    People are numbers in the order of random keys. Who answered for somebody is left out.

    Raises
    ------
    NotAllowedNow
        If the vote is confidential, or not closed for everybody.
    """
    meeting_id = whose.ballot(ballot_id)
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    require(Act.EXPORT, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        ballot = ballots.ballot_by_id(tx, ballot_id)
        if ballot.secrecy is not Secrecy.NAMED:
            raise NotAllowedNow(reason=ONLY_HANDS)
        if ballot.state is not BallotState.CLOSED:
            raise NotAllowedNow(reason="Votes are written out when the vote has closed.")
        rows = ballot_box.box_of(tx, ballot_id)
        held_on = meetings.meeting_by_id(tx, meeting_id).held_on
    number_of = {item.recommendation_id: item.position - 1 for item in ballot.items}
    keys = sorted({key for key, _, _, _, is_proxy in rows if not is_proxy})
    votes: Votes = {str(n): {} for n, _ in enumerate(keys)}
    place = {key: str(n) for n, key in enumerate(keys)}
    for key, what, given, _, is_proxy in rows:
        if not is_proxy:
            answer = standing(ballot.method, given, len(ballot.items))
            votes[place[key]][number_of[what]] = answer
    files = {
        "comments.csv": _comments(ballot, votes),
        "participants-votes.csv": _participants(ballot, votes),
        "votes.csv": _votes(ballot, votes),
        "summary.csv": _summary(ballot, votes),
    }
    return f"polis-{held_on.isoformat()}.zip", zip_files(files)


def _comments(ballot: Ballot, votes: Votes) -> bytes:
    counted = Counter((n, a) for given in votes.values() for n, a in given.items())
    rows: list[list[Cell]] = []
    for item in ballot.items:
        n = item.position - 1
        sides = [counted[n, Answer.AGREE], counted[n, Answer.DISAGREE]]
        rows.append([*_when(ballot), n, "", *sides, 1, item.text])
    headers = "timestamp datetime comment-id author-id agrees disagrees moderated comment-body"
    return write_csv(headers.split(), rows)


def _participants(ballot: Ballot, votes: Votes) -> bytes:
    numbers = [item.position - 1 for item in ballot.items]
    rows: list[list[Cell]] = []
    for who, given in votes.items():
        sides = Counter(given.values())
        counts = [0, len(given), sides[Answer.AGREE], sides[Answer.DISAGREE]]
        cells = [int(given[n]) if n in given else None for n in numbers]
        rows.append([int(who), None, *counts, *cells])
    headers = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    return write_csv([*headers, *map(str, numbers)], rows)


def _votes(ballot: Ballot, votes: Votes) -> bytes:
    rows: list[list[Cell]] = [
        [*_when(ballot), n, int(who), int(answer)]
        for who, given in votes.items()
        for n, answer in sorted(given.items())
    ]
    return write_csv(["timestamp", "datetime", "comment-id", "voter-id", "vote"], rows)


def _summary(ballot: Ballot, votes: Votes) -> bytes:
    told: list[list[Cell]] = [
        ["url", ""],
        ["views", len(votes)],
        ["voters", len(votes)],
        ["voters-in-conv", len(votes)],
        ["commenters", 0],
        ["comments", len(ballot.items)],
        ["groups", 0],
        ["conversation-description", ""],
    ]
    return write_csv(["topic", ballot.title], told)


def _when(ballot: Ballot) -> tuple[int, str]:
    """The moment of the close for all: a vote keeps no other time."""
    moment = ballot.closed_at or datetime.now(UTC)
    return int(moment.timestamp() * 1000), f"{moment:%a %b %d %H:%M:%S} UTC {moment:%Y}"
