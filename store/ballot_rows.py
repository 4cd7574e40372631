"""A ballot as its row tells it. See `ballot_of_row`."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from domain.ballots import Ballot, BallotItem, BallotState, Quorum, Secrecy, Times
from domain.ids import BallotId, MeetingId, RecommendationId
from domain.votes import Asks, Method
from store.prepared import Prepared
from store.tables import ballot_item

_ITEMS = Prepared(
    select(ballot_item.c.position, ballot_item.c.recommendation_id, ballot_item.c.text)
    .where(ballot_item.c.ballot_id == bindparam("ballot_id"))
    .order_by(ballot_item.c.position)
)


def ballot_of_row(tx: Connection, row: Any) -> Ballot:
    """A row of the table with what it asks."""
    items = tuple(
        BallotItem(r.position, RecommendationId(r.recommendation_id), r.text)
        for r in _ITEMS.all(tx, ballot_id=row.ballot_id)
    )
    return Ballot(
        BallotId(row.ballot_id),
        MeetingId(row.meeting_id),
        row.title,
        Secrecy(row.secrecy),
        BallotState(row.state),
        row.opened_at,
        row.closed_at,
        items,
        Method(row.method),
        Times(row.opens_at, row.closes_at),
        row.ended_at,
        _quorum(row),
        row.imported_from,
        Asks(row.asks) if row.asks else None,
    )


def _quorum(row: Any) -> Quorum | None:
    is_asked = row.quorum_n is not None or row.quorum_share is not None
    return Quorum(row.quorum_n, row.quorum_share) if is_asked else None
