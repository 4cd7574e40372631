"""Accounts of the staff, their roles and their sessions. Start at `account_named`."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from domain.access import Grant, StaffRole
from domain.errors import NotFound
from domain.ids import AccountId, MeetingId, ProgrammeId, new_id
from store.tables import account, role_grant, staff_session


@dataclass(frozen=True)
class Account:
    """An account as it stands in the store; the hash never shows in a traceback."""

    account_id: AccountId
    name: str
    sign_in_name: str
    password_hash: str = field(repr=False)
    is_disabled: bool
    n_failed: int
    locked_until: datetime | None
    set_up_until: datetime | None


@dataclass(frozen=True)
class Session:
    """A browser in which somebody is signed in."""

    token_hash: str = field(repr=False)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    account_id: AccountId
    name: str
    is_disabled: bool


def has_any(tx: Connection) -> bool:
    """Whether there is an account, whatever its state."""
    return tx.execute(select(account.c.account_id).limit(1)).first() is not None


def add(tx: Connection, name: str, sign_in_name: str) -> AccountId:
    """Make an account that has no password and no role yet."""
    account_id = AccountId(new_id())
    tx.execute(
        insert(account).values(
            account_id=account_id,
            name=name,
            sign_in_name=sign_in_name,
            password_hash="",
            created_at=datetime.now(UTC),
            is_disabled=False,
            n_failed=0,
        )
    )
    return account_id


def every_account(tx: Connection) -> list[Account]:
    """All accounts, by name."""
    return [_account(r) for r in tx.execute(select(account).order_by(account.c.name))]


def account_by_id(tx: Connection, account_id: AccountId) -> Account:
    """One account.

    Raises
    ------
    NotFound
        If no account has this id.
    """
    found = _first(tx, select(account).where(account.c.account_id == account_id))
    if found is None:
        raise NotFound(kind="account", id=account_id)
    return found


def account_named(tx: Connection, sign_in_name: str) -> Account | None:
    """The account that signs in under a name."""
    return _first(tx, select(account).where(account.c.sign_in_name == sign_in_name))


def account_of_link(tx: Connection, set_up_hash: str) -> Account | None:
    """The account that a one-time link is for, whether or not it is still good."""
    return _first(tx, select(account).where(account.c.set_up_hash == set_up_hash))


def note_tries(
    tx: Connection, account_id: AccountId, n_failed: int, locked_until: datetime | None
) -> None:
    """Keep how often a password was wrong, and until when none is looked at."""
    _change(tx, account_id, n_failed=n_failed, locked_until=locked_until)


def set_password(tx: Connection, account_id: AccountId, password_hash: str) -> None:
    """Put another password in place; a link that waited and a lock are gone with it."""
    _change(
        tx,
        account_id,
        password_hash=password_hash,
        set_up_hash=None,
        set_up_until=None,
        n_failed=0,
        locked_until=None,
    )


def set_password_hash(tx: Connection, account_id: AccountId, password_hash: str) -> None:
    """Keep the same password under newer parameters."""
    _change(tx, account_id, password_hash=password_hash)


def set_link(
    tx: Connection, account_id: AccountId, set_up_hash: str | None, until: datetime | None
) -> None:
    """Let a one-time link work until a moment, in place of an earlier one; None takes it away."""
    _change(tx, account_id, set_up_hash=set_up_hash, set_up_until=until)


def set_disabled(tx: Connection, account_id: AccountId, *, is_disabled: bool) -> None:
    """Shut an account, or open it again."""
    _change(tx, account_id, is_disabled=is_disabled)


def grants_of(
    tx: Connection, account_ids: Collection[AccountId]
) -> dict[AccountId, tuple[Grant, ...]]:
    """The roles of some accounts, each account's in the order they were given."""
    query = (
        select(role_grant)
        .where(role_grant.c.account_id.in_(account_ids))
        .order_by(role_grant.c.granted_at, role_grant.c.grant_id)
    )
    found: dict[AccountId, tuple[Grant, ...]] = dict.fromkeys(account_ids, ())
    for row in tx.execute(query):
        found[row.account_id] += (_grant(row),)
    return found


def add_grant(tx: Connection, account_id: AccountId, grant: Grant, *, granted_by: str) -> None:
    """Give a role."""
    tx.execute(
        insert(role_grant).values(
            grant_id=new_id(),
            account_id=account_id,
            role=grant.role,
            programme_id=grant.programme_id,
            meeting_id=grant.meeting_id,
            granted_at=datetime.now(UTC),
            granted_by=granted_by,
        )
    )


def remove_grant(tx: Connection, account_id: AccountId, grant: Grant) -> bool:
    """Take a role away; False if it was not held."""
    gone = tx.execute(
        delete(role_grant)
        .where(role_grant.c.account_id == account_id)
        .where(role_grant.c.role == grant.role)
        .where(role_grant.c.programme_id.is_not_distinct_from(grant.programme_id))
        .where(role_grant.c.meeting_id.is_not_distinct_from(grant.meeting_id))
    )
    return gone.rowcount > 0


def add_session(
    tx: Connection, token_hash: str, account_id: AccountId, now: datetime, expires_at: datetime
) -> None:
    """Sign a browser in."""
    tx.execute(
        insert(staff_session).values(
            token_hash=token_hash,
            account_id=account_id,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
        )
    )


def sessions(tx: Connection, token_hashes: Collection[str]) -> list[Session]:
    """Those of some sessions that are still there, each with whose it is."""
    query = (
        select(staff_session, account.c.name, account.c.is_disabled)
        .join_from(staff_session, account)
        .where(staff_session.c.token_hash.in_(token_hashes))
    )
    return [
        Session(
            row.token_hash,
            row.created_at,
            row.seen_at,
            row.expires_at,
            AccountId(row.account_id),
            row.name,
            row.is_disabled,
        )
        for row in tx.execute(query)
    ]


def sessions_by_account(tx: Connection) -> dict[AccountId, list[datetime]]:
    """When each account was last seen in each of its browsers."""
    found: dict[AccountId, list[datetime]] = {}
    query = select(staff_session).order_by(staff_session.c.seen_at.desc())
    for row in tx.execute(query):
        found.setdefault(AccountId(row.account_id), []).append(row.seen_at)
    return found


def see_session(tx: Connection, token_hash: str, now: datetime) -> None:
    """Note that a session was used now."""
    tx.execute(
        update(staff_session).where(staff_session.c.token_hash == token_hash).values(seen_at=now)
    )


def remove_session(tx: Connection, token_hash: str) -> None:
    """Sign one browser out."""
    tx.execute(delete(staff_session).where(staff_session.c.token_hash == token_hash))


def remove_sessions_of(tx: Connection, account_id: AccountId) -> int:
    """Sign somebody out everywhere; how many browsers that were."""
    gone = tx.execute(delete(staff_session).where(staff_session.c.account_id == account_id))
    return gone.rowcount


def remove_old_sessions(tx: Connection, now: datetime, seen_before: datetime) -> None:
    """Take away sessions that ended by themselves."""
    tx.execute(
        delete(staff_session).where(
            or_(staff_session.c.expires_at <= now, staff_session.c.seen_at <= seen_before)
        )
    )


def _change(tx: Connection, account_id: AccountId, **values: object) -> None:
    tx.execute(update(account).where(account.c.account_id == account_id).values(**values))


def _first(tx: Connection, query: Select[tuple[object, ...]]) -> Account | None:
    row = tx.execute(query).first()
    return _account(row) if row else None


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        AccountId(row.account_id),
        row.name,
        row.sign_in_name,
        row.password_hash,
        row.is_disabled,
        row.n_failed,
        row.locked_until,
        row.set_up_until,
    )


def _grant(row: Row[tuple[object, ...]]) -> Grant:
    return Grant(
        StaffRole(row.role),
        ProgrammeId(row.programme_id) if row.programme_id else None,
        MeetingId(row.meeting_id) if row.meeting_id else None,
    )
