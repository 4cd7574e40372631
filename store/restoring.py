"""A restored database takes over what was taken away since. Start at `read_taken_away`.

People withdrew words, consent ended, links were replaced and roles given back after a backup was
made. Where the database of today can still be read, none of that comes back with the backup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from domain.ballots import BallotState
from domain.ids import AttendanceId, BallotId, RevisionId, UtteranceId
from domain.talk import RevisionKind
from store import talk
from store.reach import chunks_of
from store.tables import (
    account,
    ballot,
    consent_event,
    family_contact,
    held_back,
    owner_link,
    participant_link,
    proxy_consent,
    role_grant,
    staff_session,
    text_revision,
    utterance_wish,
)

GRANTED = (owner_link, family_contact, role_grant)
"""What exists only as long as nobody took it back."""

SAID = (consent_event, utterance_wish, held_back)
"""What people or reviewers said about words; each row is one more restriction or its end."""

DOORS = ("is_disabled", "password_hash", "set_up_hash", "set_up_until")
"""How somebody of the staff comes in."""

SETTLES = (RevisionKind.RELEASED, RevisionKind.WITHHELD)

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class TakenAway:
    """What the database of today knows that an older one may not."""

    granted: dict[str, frozenset[str]] = field(default_factory=dict)
    said: dict[str, Rows] = field(default_factory=dict)
    answered_for: Rows = field(default_factory=list)
    settled: dict[UtteranceId, RevisionId] = field(default_factory=dict)
    accounts: Rows = field(default_factory=list)
    closed: frozenset[BallotId] = frozenset()
    ended: dict[BallotId, datetime] = field(default_factory=dict)
    generations: dict[AttendanceId, int] = field(default_factory=dict)


def read_taken_away(tx: Connection) -> TakenAway:
    """What must hold again after a restore."""
    closed = select(ballot.c.ballot_id).where(ballot.c.state == BallotState.CLOSED)
    ended = select(ballot.c.ballot_id, ballot.c.ended_at).where(ballot.c.ended_at.is_not(None))
    links = select(participant_link.c.attendance_id, participant_link.c.generation)
    return TakenAway(
        {table.name: _keys(tx, table) for table in GRANTED},
        {table.name: _rows(tx, table) for table in SAID},
        _rows(tx, proxy_consent),
        settled(tx),
        _rows(tx, account),
        frozenset(BallotId(found) for found in tx.execute(closed).scalars()),
        {BallotId(found): moment for found, moment in tx.execute(ended)},
        {AttendanceId(who): number for who, number in tx.execute(links)},
    )


def take_over(tx: Connection, today: TakenAway, *, author: str) -> None:
    """Let it hold in the restored database."""
    for table in GRANTED:
        _remove(tx, table, _keys(tx, table) - today.granted[table.name])
    for table in SAID:
        _add_missing(tx, table, today.said[table.name])
    # Who may answer for whom is as it was last said, whether that gave or took.
    tx.execute(delete(proxy_consent))
    _add_missing(tx, proxy_consent, today.answered_for)
    for utterance_id, revision_id in settled(tx).items():
        if today.settled.get(utterance_id, revision_id) != revision_id:
            talk.add_revision(tx, utterance_id, RevisionKind.WITHHELD, "", author=author)
    for ballot_id, moment in today.ended.items():
        # It closed for most since: an older copy must not let everybody answer again.
        tx.execute(update(ballot).where(ballot.c.ballot_id == ballot_id).values(ended_at=moment))
    _take_over_accounts(tx, today.accounts)


def settled(tx: Connection) -> dict[UtteranceId, RevisionId]:
    """The revision that decides what others see of each turn."""
    t = text_revision.c
    query = select(t.utterance_id, t.revision_id).where(t.kind.in_(SETTLES)).order_by(t.number)
    return {UtteranceId(u): RevisionId(r) for u, r in tx.execute(query)}


def open_ballots(tx: Connection) -> list[BallotId]:
    """Votes that take answers."""
    query = select(ballot.c.ballot_id).where(ballot.c.state == BallotState.OPEN)
    return [BallotId(found) for found in tx.execute(query).scalars()]


def end_sessions(tx: Connection) -> int:
    """Sign everybody of the staff out; how many were signed in."""
    return int(tx.execute(delete(staff_session)).rowcount)


def _take_over_accounts(tx: Connection, today: Rows) -> None:
    """Passwords and shut accounts stay as they are today; one that is gone by now is shut."""
    known = {row["account_id"]: row for row in today}
    for account_id in _keys(tx, account):
        now = known.get(account_id)
        values = {name: now[name] for name in DOORS} if now else {"is_disabled": True}
        tx.execute(update(account).where(account.c.account_id == account_id).values(**values))


def _add_missing(tx: Connection, table: Table, rows: Rows) -> None:
    names = [column.name for column in table.primary_key.columns]
    known = {tuple(row[name] for name in names) for row in _rows(tx, table)}
    here = {
        column.name: set(tx.execute(select(next(iter(column.foreign_keys)).column)).scalars())
        for column in table.columns
        if column.foreign_keys
    }
    new = [
        row
        for row in rows
        if tuple(row[name] for name in names) not in known
        and all(row[name] is None or row[name] in ids for name, ids in here.items())
    ]
    if new:
        tx.execute(insert(table), new)


def _keys(tx: Connection, table: Table) -> frozenset[str]:
    (key,) = table.primary_key.columns
    return frozenset(tx.execute(select(key)).scalars())


def _rows(tx: Connection, table: Table) -> Rows:
    return [dict(row._mapping) for row in tx.execute(select(table))]


def _remove(tx: Connection, table: Table, keys: frozenset[str]) -> None:
    (key,) = table.primary_key.columns
    some: Sequence[str]
    for some in chunks_of(keys):
        tx.execute(delete(table).where(key.in_(some)))
