"""A new vote: what it asks, in which way, and who may answer. Start at `make_in`."""

from collections.abc import Collection, Sequence

from domain.ballots import AnsweringMode, BallotItem, BallotState, Quorum, Secrecy, Times
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, BallotId, MeetingId, RecommendationId
from domain.recommendations import Recommendation, RecommendationState
from domain.votes import Method
from services import keys
from services.recommendation_reading import shown_of
from store import audit, ballot_times, family, meetings
from store import ballots as kept
from store.engine import Connection

Planned = tuple[Times, Quorum | None]
NOT_PLANNED: Planned = (Times(), None)


def make_in(
    tx: Connection,
    meeting_id: MeetingId,
    recommendation_ids: Sequence[RecommendationId] | None,
    title: str,
    ways: tuple[Secrecy, Method, Planned],
) -> BallotId:
    """A ballot that is not open yet; its wording and its ways are fixed from now on."""
    secrecy, method, (times, quorum) = ways
    wording = _wording(shown_of(tx, meeting_id), recommendation_ids)
    name = title.strip() or f"Vote {len(kept.ballots_of(tx, meeting_id)) + 1}"
    ballot_id = kept.add_ballot(tx, meeting_id, name, secrecy, wording, method)
    ballot_times.set_plan(tx, ballot_id, times, quorum, "")
    return ballot_id


def open_in(
    tx: Connection, ballot_id: BallotId, *, excluded: Collection[AttendanceId] = (), actor: str
) -> None:
    """Let everybody answer who is on the roster now, unless excluded."""
    ballot = kept.ballot_by_id(tx, ballot_id)
    people = who_may_vote(tx, ballot.meeting_id)
    voters = dict.fromkeys((p for p in people if p not in excluded), AnsweringMode.MYSELF.value)
    if not voters:
        raise NotAllowedNow(reason="Nobody is on the roster yet: bring in who was invited.")
    # Before the commit: an open ballot without its key would take no answers.
    keys.make_poll_key(ballot_id)
    kept.add_to_roll(tx, ballot_id, voters)
    if not kept.set_state(tx, ballot_id, BallotState.OPEN):
        raise NotAllowedNow(reason="This vote was opened before.")
    audit.record(tx, actor, "ballot opened", "ballot", ballot_id)


def who_may_vote(tx: Connection, meeting_id: MeetingId) -> list[AttendanceId]:
    """Everybody on the roster but people who have died."""
    have_died = family.contacts_at(tx, meeting_id)
    people = [a.attendance_id for a in meetings.roster_of(tx, meeting_id)]
    return [attendance_id for attendance_id in people if attendance_id not in have_died]


def _wording(
    known: Sequence[Recommendation], wanted: Sequence[RecommendationId] | None
) -> list[BallotItem]:
    open_states = (RecommendationState.DRAFT, RecommendationState.PROPOSED)
    chosen = [
        r
        for r in known
        if (r.state in open_states if wanted is None else r.recommendation_id in wanted)
    ]
    if not chosen or len(chosen) < len(set(wanted or ())):
        raise NotAllowedNow(
            reason="There is nothing to vote on: write or choose recommendations of this meeting."
        )
    return [
        BallotItem(position, r.recommendation_id, r.text)
        for position, r in enumerate(chosen, start=1)
    ]
