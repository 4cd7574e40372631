"""Votes as the staff runs them: open, watch how many answered, close, read. See `open_ballot`.

What was voted leaves this module only through `analysis.suppression.release`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from analysis.ranking_release import release_ranking
from analysis.suppression import (
    PUBLIC_K,
    ROOM_K,
    Released,
    ReleasedVote,
    in_words,
    release,
    release_all,
)
from analysis.tallies import Tally, count_answers
from domain.access import Act
from domain.ballots import (
    AnsweringMode,
    Ballot,
    BallotItem,
    BallotState,
    Secrecy,
)
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, BallotId, MeetingId, RecommendationId
from domain.people import StakeholderGroup
from domain.votes import WORDINGS, Answer, Method, Wording, standing
from reports.csv_tables import Cell, write_csv
from services import keys, whose
from services.access import require
from services.ballot_making import NOT_PLANNED, Planned, make_in, open_in, who_may_vote
from services.exports import WATERMARK
from services.runtime import runtime
from store import audit, ballot_box, ballot_times, meetings
from store import ballots as kept
from store.engine import Connection

EXPORTED = ("number", "recommendation", "group", "answered")
Counted = tuple[RecommendationId, StakeholderGroup, Answer]


@dataclass(frozen=True)
class Progress:
    """How many have answered, of how many who may; never who."""

    n_answered: int
    n_invited: int


@dataclass(frozen=True)
class BallotSummary:
    """A ballot in a list."""

    ballot: Ballot
    progress: Progress


@dataclass(frozen=True)
class RecommendationResult:
    """What may be shown of the answers to one recommendation.

    `by_proxy` holds what others answered in people's places; it is in no other number.
    """

    item: BallotItem
    vote: ReleasedVote
    wording: Wording
    by_proxy: Released | None = None


@dataclass(frozen=True)
class BallotResults:
    """What may be shown of a closed ballot, in the order in which it was asked."""

    ballot: Ballot
    k: int
    progress: Progress
    results: tuple[RecommendationResult, ...]


def open_ballot(
    meeting_id: MeetingId,
    recommendation_ids: Sequence[RecommendationId] | None = None,
    title: str = "",
    secrecy: Secrecy = Secrecy.CONFIDENTIAL,
    *,
    method: Method = Method.AGREEMENT,
    plan: Planned = NOT_PLANNED,
    excluded: Collection[AttendanceId] = (),
    actor: str = "facilitator",
) -> BallotId:
    """Open a vote over these recommendations, or over all drafts and proposed ones.

    Everybody on the roster may answer, staff and facilitators too, unless excluded.

    Raises
    ------
    NotAllowedNow
        If there is nothing to vote on or nobody to vote.
    """
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        made = make_in(tx, meeting_id, recommendation_ids, title, (secrecy, method, plan))
        open_in(tx, made, excluded=excluded, actor=actor)
    return made


def invite_latecomers(ballot_id: BallotId, *, actor: str = "facilitator") -> int:
    """Let people vote who came onto the roster after the vote opened; n invited."""
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        ballot = kept.ballot_by_id(tx, ballot_id)
        if ballot.state is not BallotState.OPEN:
            raise NotAllowedNow(reason="This vote is not open; nobody can be added to it.")
        if ballot.asks:
            raise NotAllowedNow(reason="This vote is a panel's; only its members may answer.")
        _, before = kept.turnout(tx, ballot_id)
        people = who_may_vote(tx, ballot.meeting_id)
        kept.add_to_roll(tx, ballot_id, dict.fromkeys(people, AnsweringMode.MYSELF.value))
        _, after = kept.turnout(tx, ballot_id)
        audit.record(tx, actor, "roll extended", "ballot", ballot_id)
    return after - before


def progress(ballot_id: BallotId) -> Progress:
    """How many have answered; exact, and without names."""
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    with runtime().store.read() as tx:
        kept.ballot_by_id(tx, ballot_id)
        return Progress(*kept.turnout(tx, ballot_id))


def close_ballot(
    ballot_id: BallotId, *, is_for_all: bool = False, actor: str = "facilitator"
) -> None:
    """End a vote for good. Closing again finishes a closing that was cut off.

    While somebody has more time it ends for the others only, unless it is for all: nothing of it
    is shown until the last one's time is over.

    Raises
    ------
    NotAllowedNow
        If the vote was never open.
    """
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        ballot_times.hold(tx, ballot_id)
        now = datetime.now(UTC)
        if not is_for_all and ballot_times.is_longer_for_some(tx, ballot_id, now):
            if ballot_times.end_for_most(tx, ballot_id, now):
                audit.record(tx, actor, "ballot ended for most", "ballot", ballot_id)
            return
        _close_in(tx, ballot_id, actor)
    finish_closing(ballot_id)


def finish_closing(ballot_id: BallotId) -> None:
    """What a closing does outside the database: the key goes, and what old pages tell."""
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    keys.destroy_poll_key(ballot_id)
    ballot_box.forget_old_pages(runtime().store)


def _close_in(tx: Connection, ballot_id: BallotId, actor: str) -> None:
    if kept.set_state(tx, ballot_id, BallotState.CLOSED):
        ballot_box.reshuffle(tx, ballot_id)
        ballot_times.clear_all(tx, ballot_id)
        audit.record(tx, actor, "ballot closed", "ballot", ballot_id)
    elif kept.ballot_by_id(tx, ballot_id).state is not BallotState.CLOSED:
        raise NotAllowedNow(reason="This vote has not been opened; there is nothing to close.")


def ballots_of(meeting_id: MeetingId) -> list[BallotSummary]:
    """A meeting's votes, the newest first."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return [
            BallotSummary(ballot, Progress(*kept.turnout(tx, ballot.ballot_id)))
            for ballot in kept.ballots_of(tx, meeting_id)
        ]


def results(ballot_id: BallotId, k: int = ROOM_K) -> BallotResults:
    """What may be shown of a closed vote to people who were in the room, or with a larger k.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    with runtime().store.read() as tx:
        return results_in(tx, ballot_id, k)


def results_in(tx: Connection, ballot_id: BallotId, k: int = ROOM_K) -> BallotResults:
    """The same, as one transaction sees it."""
    ballot = kept.ballot_by_id(tx, ballot_id)
    if ballot.state is not BallotState.CLOSED:
        # Also while a few have more time: one release before their answers and one after would
        # tell what they answered.
        raise NotAllowedNow(reason="Results are shown when the vote has closed for everybody.")
    own, by_proxy = _tallies(ballot, ballot_box.box_of(tx, ballot_id))
    is_ranking = ballot.method is Method.RANKING
    may_pass = ballot.method is not Method.APPROVAL
    shown = release_ranking(own, k) if is_ranking else release_all(own, k, may_pass=may_pass)
    nobody = release({}, k)
    found = tuple(
        RecommendationResult(
            item,
            shown.get(item.recommendation_id, nobody),
            WORDINGS[ballot.method],
            release(by_proxy[item.recommendation_id], k, may_pass=may_pass).whole
            if item.recommendation_id in by_proxy
            else None,
        )
        for item in ballot.items
    )
    return BallotResults(ballot, k, Progress(*kept.turnout(tx, ballot_id)), found)


def export_results_csv(ballot_id: BallotId) -> bytes:
    """What may leave the house: released tallies, each recommendation on its own."""
    require(Act.EXPORT, meeting_id=whose.ballot(ballot_id))
    with runtime().store.read() as tx:
        found = results_in(tx, ballot_id, PUBLIC_K)
        programme_id = meetings.meeting_by_id(tx, found.ballot.meeting_id).programme_id
        held = {p.programme_id: p for p in meetings.programmes(tx)}
        note = WATERMARK if held[programme_id].is_sample else ""
    words = WORDINGS[found.ballot.method]
    standings = (words.high, words.middle or "no answer between", words.low)
    headers = [*EXPORTED, *standings, "in words", "fewest people behind a number"]
    rows = [
        _row(result, part, found.k)
        for result in found.results
        for part in (result.vote.whole, *result.vote.groups)
    ]
    return write_csv(headers, rows, note=note)


def _tallies(ballot: Ballot, rows: Sequence[ballot_box.BoxRow]) -> tuple[Tally, Tally]:
    """What people answered themselves, and apart from it what others answered for them.

    Both count standings, so that one rule decides what may be shown whatever the method. Who was
    answered for is of no group: nobody else's answer counts as that of a person living with ALS.
    """
    found: tuple[list[Counted], list[Counted]] = ([], [])
    for _, recommendation_id, given, group, is_proxy in rows:
        stands = standing(ballot.method, given, len(ballot.items))
        counted_as = StakeholderGroup.OTHER if is_proxy else group
        found[is_proxy].append((recommendation_id, counted_as, stands))
    return count_answers(found[False]), count_answers(found[True])


def _row(result: RecommendationResult, part: Released, k: int) -> list[Cell]:
    passed = part.counts.n_pass if part.counts else None
    disagree = part.counts.n_disagree if part.counts else None
    words = in_words(part, result.wording)
    told: list[Cell] = [part.label, part.n, part.n_agree, passed, disagree, words, k]
    return [result.item.position, result.item.text, *told]
