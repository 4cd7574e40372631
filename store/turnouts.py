"""How far several open votes are, in a few queries whatever their number. Start at `turnouts`."""

from collections.abc import Collection

from sqlalchemy import Connection, case, func, select

from domain.ballots import BallotState
from domain.ids import BallotId
from store.tables import ballot, ballot_item, box, roll

Turnout = tuple[int, int, int, BallotState]
"""How many have answered, of how many; how many of these not everything; and the vote's state."""


def turnouts(tx: Connection, ballot_ids: Collection[BallotId]) -> dict[BallotId, Turnout]:
    """Counts of each vote that there is, and never whose answers they are."""
    states = select(ballot.c.ballot_id, ballot.c.state).where(ballot.c.ballot_id.in_(ballot_ids))
    has_answered = func.sum(case((roll.c.has_answered, 1), else_=0))
    on_roll = (
        select(roll.c.ballot_id, has_answered, func.count())
        .where(roll.c.ballot_id.in_(ballot_ids))
        .group_by(roll.c.ballot_id)
    )
    counts = {b: (int(answered), int(invited)) for b, answered, invited in tx.execute(on_roll)}
    underway = _underway(tx, ballot_ids)
    return {
        BallotId(b): (*counts.get(b, (0, 0)), underway.get(b, 0), BallotState(state))
        for b, state in tx.execute(states)
    }


def _underway(tx: Connection, ballot_ids: Collection[BallotId]) -> dict[str, int]:
    """How many in the box have answered something and not everything."""
    asked = (
        select(ballot_item.c.ballot_id, func.count().label("n_asked"))
        .where(ballot_item.c.ballot_id.in_(ballot_ids))
        .group_by(ballot_item.c.ballot_id)
        .subquery()
    )
    given = (
        select(box.c.ballot_id, func.count().label("n_given"))
        .where(box.c.ballot_id.in_(ballot_ids))
        .group_by(box.c.ballot_id, box.c.ballot_key)
        .subquery()
    )
    query = (
        select(given.c.ballot_id, func.count())
        .join(asked, asked.c.ballot_id == given.c.ballot_id)
        .where(given.c.n_given < asked.c.n_asked)
        .group_by(given.c.ballot_id)
    )
    return {b: int(n) for b, n in tx.execute(query)}
