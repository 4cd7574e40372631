"""Everybody who has an account, and what they may do. Start at `people`.

Whoever looks after accounts never learns a password: they hand over a one-time link. When an
account's roles change, its sessions end, so that no old token carries a new role.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.access import Act, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound
from domain.ids import AccountId, MeetingId, ProgrammeId
from domain.meetings import Meeting, Programme
from services import set_up
from services.access import require
from services.accounts import plain_name
from services.runtime import runtime
from store import accounts, audit, meetings
from store.engine import Connection

EVERYTHING = Grant(StaffRole.ADMIN)


@dataclass(frozen=True)
class Person:
    """An account as whoever looks after it sees it."""

    account_id: AccountId
    name: str
    sign_in_name: str
    grants: tuple[Grant, ...]
    is_disabled: bool
    has_password: bool
    link_until: datetime | None
    seen: tuple[datetime, ...]
    """When each browser in which they are signed in was last used."""


@dataclass(frozen=True)
class Place:
    """Where a role can hold; both ids None is everything here."""

    name: str
    programme_id: ProgrammeId | None = None
    meeting_id: MeetingId | None = None


def people() -> list[Person]:
    """Every account, by name."""
    require(Act.MANAGE_ACCOUNTS)
    now = datetime.now(UTC)
    with runtime().store.read() as tx:
        held = accounts.every_account(tx)
        grants = accounts.grants_of(tx, {one.account_id for one in held})
        seen = accounts.sessions_by_account(tx)
    return [
        Person(
            one.account_id,
            one.name,
            one.sign_in_name,
            grants[one.account_id],
            one.is_disabled,
            bool(one.password_hash),
            one.set_up_until if one.set_up_until and one.set_up_until > now else None,
            tuple(seen.get(one.account_id, ())),
        )
        for one in held
    ]


def places() -> list[Place]:
    """Everything, each programme and each meeting, as places where a role can hold."""
    require(Act.MANAGE_ACCOUNTS)
    found = [Place("everything here")]
    with runtime().store.read() as tx:
        for programme in meetings.programmes(tx):
            found.append(Place(f"the programme {programme.name}", programme.programme_id))
            found += [_at(programme, m) for m in meetings.meetings_of(tx, programme.programme_id)]
    return found


def add_account(name: str, sign_in_name: str, grants: tuple[Grant, ...] = ()) -> str:
    """Make an account with its roles; gives the link with which its owner chooses a password.

    Raises
    ------
    NotAllowedNow
        If a name is missing or taken.
    """
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        account_id = set_up.new_account(tx, name, sign_in_name, actor=actor)
        for grant in dict.fromkeys(grants):
            _give(tx, account_id, grant, actor=actor)
        return set_up.new_link(tx, account_id)


def renew_link(account_id: AccountId) -> str:
    """A new one-time link for somebody who lost theirs, or their password."""
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        if accounts.account_by_id(tx, account_id).is_disabled:
            raise NotAllowedNow(reason="This account is disabled; open it again first.")
        audit.record(tx, actor, "set-up link made", "account", account_id)
        return set_up.new_link(tx, account_id)


def give_role(account_id: AccountId, grant: Grant) -> None:
    """Let somebody do more; one that they have already changes nothing."""
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        accounts.account_by_id(tx, account_id)
        if grant in accounts.grants_of(tx, [account_id])[account_id]:
            return
        _give(tx, account_id, grant, actor=actor)
        accounts.remove_sessions_of(tx, account_id)


def take_role(account_id: AccountId, grant: Grant) -> None:
    """Let somebody do less, from their next press on.

    Raises
    ------
    NotAllowedNow
        If nobody could look after accounts any more.
    """
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        accounts.account_by_id(tx, account_id)
        had_admin = _has_admin(tx)
        if not accounts.remove_grant(tx, account_id, grant):
            return
        _refuse_headless(tx, had_admin=had_admin)
        told = f"role {grant.role.value} taken"
        audit.record(tx, actor, told, "account", account_id, reason=_where(grant))
        accounts.remove_sessions_of(tx, account_id)


def disable(account_id: AccountId) -> None:
    """Shut an account: every session ends, links stop; what its owner wrote stays.

    Raises
    ------
    NotAllowedNow
        If nobody could look after accounts any more.
    """
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        accounts.account_by_id(tx, account_id)
        had_admin = _has_admin(tx)
        accounts.set_disabled(tx, account_id, is_disabled=True)
        _refuse_headless(tx, had_admin=had_admin)
        accounts.set_link(tx, account_id, None, None)
        accounts.remove_sessions_of(tx, account_id)
        audit.record(tx, actor, "account disabled", "account", account_id)


def enable(account_id: AccountId) -> None:
    """Open an account again, with the roles and the password it had."""
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        accounts.account_by_id(tx, account_id)
        accounts.set_disabled(tx, account_id, is_disabled=False)
        audit.record(tx, actor, "account opened again", "account", account_id)


def sign_out_everywhere(account_id: AccountId) -> int:
    """End every session of somebody; how many browsers that were."""
    actor = require(Act.MANAGE_ACCOUNTS).name
    with runtime().store.write() as tx:
        accounts.account_by_id(tx, account_id)
        audit.record(tx, actor, "signed out everywhere", "account", account_id)
        return accounts.remove_sessions_of(tx, account_id)


def account_called(sign_in_name: str) -> AccountId:
    """The account of a sign-in name, for the command line.

    Raises
    ------
    NotAllowedNow
        If nobody has it.
    """
    wanted = plain_name(sign_in_name)
    for person in people():
        if person.sign_in_name == wanted:
            return person.account_id
    raise NotAllowedNow(reason=f"Nobody has the sign-in name {wanted}; see: accounts list.")


def _give(tx: Connection, account_id: AccountId, grant: Grant, *, actor: str) -> None:
    known = {programme.programme_id for programme in meetings.programmes(tx)}
    if grant.programme_id and grant.programme_id not in known:
        raise NotFound(kind="programme", id=grant.programme_id)
    if grant.meeting_id:
        meetings.meeting_by_id(tx, grant.meeting_id)
    accounts.add_grant(tx, account_id, grant, granted_by=actor)
    told = f"role {grant.role.value} given"
    audit.record(tx, actor, told, "account", account_id, reason=_where(grant))


def _has_admin(tx: Connection) -> bool:
    """Whether somebody who can sign in may look after the others."""
    held = [one for one in accounts.every_account(tx) if not one.is_disabled and one.password_hash]
    grants = accounts.grants_of(tx, {one.account_id for one in held})
    return any(EVERYTHING in roles for roles in grants.values())


def _refuse_headless(tx: Connection, *, had_admin: bool) -> None:
    if had_admin and not _has_admin(tx):
        raise NotAllowedNow(
            reason="Then nobody could look after accounts any more. Make somebody else an admin "
            "for everything first, and have them sign in once."
        )


def _where(grant: Grant) -> str:
    if grant.meeting_id:
        return f"for meeting {grant.meeting_id}"
    return f"for programme {grant.programme_id}" if grant.programme_id else "for everything"


def _at(programme: Programme, meeting: Meeting) -> Place:
    return Place(f"{meeting.label}, {programme.name}", None, meeting.meeting_id)
