"""Checks of themes by hand, their passages and what was said of them. Start at `add_check`.

Nothing is changed or taken away here: who thinks better of an answer adds another. A passage goes
with the words it is made of, and takes its answers along.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, Select, func, insert, select

from domain.coding import CodedAs, Coder, Coding, ThemeCheck
from domain.errors import NotFound
from domain.ids import AccountId, CheckId, MeetingId, PassageId, RunId, ThemeId, new_id
from domain.talk import Zone
from store.tables import passage_coding, theme_check, theme_check_passage, theme_run


def add_check(
    tx: Connection, run_id: RunId, seed: int, passage_ids: Sequence[PassageId], *, drawn_by: str
) -> CheckId:
    """Keep passages in the order in which they were drawn."""
    check_id = CheckId(new_id())
    tx.execute(
        insert(theme_check).values(
            check_id=check_id,
            run_id=run_id,
            seed=seed,
            drawn_at=datetime.now(UTC),
            drawn_by=drawn_by,
        )
    )
    rows = [
        {"check_id": check_id, "passage_id": passage_id, "position": position}
        for position, passage_id in enumerate(passage_ids)
    ]
    if rows:
        tx.execute(insert(theme_check_passage), rows)
    return check_id


def checks_of(tx: Connection, meeting_id: MeetingId, zone: Zone) -> list[ThemeCheck]:
    """Every check of a meeting in a zone, the newest first."""
    query = _checks().where(theme_run.c.meeting_id == meeting_id, theme_run.c.zone == zone)
    rows = tx.execute(query.order_by(theme_check.c.drawn_at.desc(), theme_check.c.check_id))
    return [_check(row) for row in rows]


def check_by_id(tx: Connection, check_id: CheckId) -> tuple[ThemeCheck, MeetingId, Zone]:
    """One check, and of what meeting and zone it is.

    Raises
    ------
    NotFound
        If there is none, as after everything in it was erased.
    """
    row = tx.execute(_checks().where(theme_check.c.check_id == check_id)).first()
    if row is None:
        raise NotFound(kind="check of themes", id=check_id)
    return _check(row), MeetingId(row.meeting_id), Zone(row.zone)


def passages_of_check(tx: Connection, check_id: CheckId) -> list[PassageId]:
    """The passages that are still there, in the order in which they were drawn."""
    query = (
        select(theme_check_passage.c.passage_id)
        .where(theme_check_passage.c.check_id == check_id)
        .order_by(theme_check_passage.c.position)
    )
    return [PassageId(found) for found in tx.execute(query).scalars()]


def add_coding(tx: Connection, check_id: CheckId, coding: Coding) -> None:
    """Write down what somebody said of a passage."""
    newest = tx.execute(
        select(func.max(passage_coding.c.number)).where(passage_coding.c.check_id == check_id)
    ).scalar_one()
    tx.execute(
        insert(passage_coding).values(
            check_id=check_id,
            number=(newest or 0) + 1,
            passage_id=coding.passage_id,
            coder=coding.coder.name,
            account_id=coding.coder.account_id,
            answer=coding.answer,
            theme_id=coding.theme_id,
            coded_at=datetime.now(UTC),
        )
    )


def codings_of(tx: Connection, check_id: CheckId) -> list[Coding]:
    """What holds now: each coder's last word on each passage, the newest last."""
    query = select(passage_coding).where(passage_coding.c.check_id == check_id)
    last: dict[tuple[str, str], Coding] = {}
    for row in tx.execute(query.order_by(passage_coding.c.number)):
        account_id = AccountId(row.account_id) if row.account_id else None
        coding = Coding(
            PassageId(row.passage_id),
            Coder(row.coder, account_id),
            CodedAs(row.answer),
            ThemeId(row.theme_id) if row.theme_id else None,
        )
        last.pop((coding.coder.key, coding.passage_id), None)
        last[coding.coder.key, coding.passage_id] = coding
    return [coding for coding in last.values() if coding.answer is not CodedAs.TAKEN_BACK]


def _checks() -> Select[tuple[object, ...]]:
    return select(
        theme_check, theme_run.c.meeting_id, theme_run.c.zone, theme_run.c.is_current
    ).join_from(theme_check, theme_run)


def _check(row: Row[tuple[object, ...]]) -> ThemeCheck:
    return ThemeCheck(
        CheckId(row.check_id),
        RunId(row.run_id),
        row.seed,
        row.drawn_at,
        row.drawn_by,
        row.is_current,
    )
