"""The box of a vote in the store: answers under keys, and no people. Start at `answers_of`.

It shares no key, order or time with the roll: it is reached only through a ballot key that a
person's link and the ballot's own key make together.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from domain.ids import BallotId, RecommendationId
from domain.people import StakeholderGroup
from store.engine import Store
from store.prepared import Prepared
from store.show_of_hands import follow
from store.tables import box, spent_press

BoxRow = tuple[str, RecommendationId, int, StakeholderGroup, bool]
"""Ballot key, what was asked, the answer, for which group, and whether somebody else gave it."""

_IN_BOX = (box.c.ballot_id == bindparam("ballot_id")) & (
    box.c.ballot_key == bindparam("ballot_key")
)
_ANSWERS = Prepared(select(box.c.recommendation_id, box.c.answer).where(_IN_BOX))
_TAKE_ONE = Prepared(
    delete(box).where(_IN_BOX, box.c.recommendation_id == bindparam("recommendation_id"))
)
_LAY = Prepared(insert(box).values({c.name: bindparam(c.name) for c in box.c}))


def answers_of(tx: Connection, ballot_id: BallotId, ballot_key: str) -> dict[RecommendationId, int]:
    """The answers under one ballot key."""
    found = _ANSWERS.all(tx, ballot_id=ballot_id, ballot_key=ballot_key)
    return {RecommendationId(r): a for r, a in found}


def put_answer(tx: Connection, ballot_id: BallotId, row: BoxRow, *, is_first: bool = False) -> None:
    """Lay one answer in the box in place of an earlier one; the first one has none."""
    ballot_key, recommendation_id, answer, group, is_proxy = row
    told = {"ballot_id": ballot_id, "ballot_key": ballot_key}
    if not is_first:
        _TAKE_ONE.run(tx, **told, recommendation_id=recommendation_id)
    _LAY.run(
        tx,
        **told,
        recommendation_id=recommendation_id,
        answer=int(answer),
        stakeholder_group=group.value,
        is_proxy=is_proxy,
    )


def fill_box(tx: Connection, ballot_id: BallotId, rows: Iterable[BoxRow]) -> None:
    """Lay a whole vote that was brought in into an empty box, in the order of its random keys."""
    names = ("ballot_key", "recommendation_id", "answer", "stakeholder_group", "is_proxy")
    values = [dict(zip(names, row, strict=True), ballot_id=ballot_id) for row in sorted(rows)]
    if values:
        tx.execute(insert(box), values)


def take_answers(
    tx: Connection,
    ballot_id: BallotId,
    ballot_key: str,
    recommendation_id: RecommendationId | None = None,
) -> None:
    """Take one answer, or a whole ballot, out of the box."""
    which = and_(box.c.ballot_id == ballot_id, box.c.ballot_key == ballot_key)
    if recommendation_id is not None:
        which = and_(which, box.c.recommendation_id == recommendation_id)
    tx.execute(delete(box).where(which))


def box_of(tx: Connection, ballot_id: BallotId) -> list[BoxRow]:
    """Everything in the box, in the order of its random keys."""
    query = (
        select(box)
        .where(box.c.ballot_id == ballot_id)
        .order_by(box.c.ballot_key, box.c.recommendation_id)
    )
    return [
        (
            r.ballot_key,
            RecommendationId(r.recommendation_id),
            r.answer,
            StakeholderGroup(r.stakeholder_group),
            r.is_proxy,
        )
        for r in tx.execute(query)
    ]


def reshuffle(tx: Connection, ballot_id: BallotId) -> None:
    """Give every ballot in the box a fresh random key, so that none follows from a link.

    What was noted of single presses goes.
    """
    tx.execute(delete(spent_press).where(spent_press.c.ballot_id == ballot_id))
    rows = box_of(tx, ballot_id)
    new_keys = {old: secrets.token_hex(32) for old in {row[0] for row in rows}}
    tx.execute(delete(box).where(box.c.ballot_id == ballot_id))
    fresh: list[BoxRow] = [(new_keys[row[0]], *row[1:]) for row in rows]
    follow(tx, ballot_id, new_keys)
    fill_box(tx, ballot_id, fresh)


def forget_old_pages(store: Store) -> bool:
    """Empty what the database keeps of earlier states: it would tell who answered next to what.

    False when somebody was reading just then; the next call finishes it.
    """
    raw = store.engine.raw_connection()
    try:
        if store.is_sqlite:
            busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy
        driver: Any = raw.driver_connection
        driver.autocommit = True
        raw.cursor().execute("VACUUM roll, box, spent_press")
        driver.autocommit = False
        return True
    finally:
        raw.close()
