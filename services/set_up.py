"""One-time links with which people choose their own password. Start at `open_link`.

The link for the very first account is printed where the program starts; those of further
accounts are made by whoever looks after them (`services/account_list.py`).
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.access import EVERY_ROLE, Act
from domain.errors import LinkUnknown, NotAllowedNow
from domain.ids import AccountId
from services import passwords
from services.access import COMMAND_LINE, WORKER, require
from services.accounts import begin_session, plain_name
from services.keys import link_hash
from services.runtime import runtime
from store import accounts, audit, declarations
from store.engine import Connection
from store.outages import told_plainly

FIRST = "first_set_up"
GOOD_FOR = timedelta(days=7)
LONGEST_NAME = 120
RESERVED = frozenset({COMMAND_LINE.name, WORKER.name, "sign-in", "facilitator", "participant"})
"""Names that stand in the audit log for something else."""


@dataclass(frozen=True)
class SetUp:
    """What a one-time link is for; the first account's names are still to be chosen."""

    is_first: bool
    name: str = ""
    sign_in_name: str = ""


def first_link() -> str | None:
    """A new link for the first account, in place of an earlier one; None once there is one.

    Only whoever starts the program, or sits before it while it has no account, is shown it.
    """
    require(Act.MANAGE_ACCOUNTS)
    token = secrets.token_urlsafe(32)
    with told_plainly(), runtime().store.write() as tx:
        if accounts.has_any(tx):
            return None
        declarations.declare(tx, FIRST, link_hash(token))
    return url_of(token)


def open_link(token: str) -> SetUp:
    """What a link is for; looking does not use it up.

    Raises
    ------
    LinkUnknown
        If it never was, was used, was replaced, or is too old.
    """
    with told_plainly(), runtime().store.read() as tx:
        return _opened(tx, token)


def use_link(token: str, password: str, *, name: str = "", sign_in_name: str = "") -> str:
    """Choose a password with a link and be signed in; gives the session's token.

    Raises
    ------
    LinkUnknown
        If the link does not work any more.
    PasswordRefused
        If the password would be guessed.
    NotAllowedNow
        If a name is missing or taken.
    """
    opened = open_link(token)
    wanted, typed = tidy_name(name or opened.name), plain_name(sign_in_name or opened.sign_in_name)
    passwords.refuse_weak(password, names=(typed, wanted))
    made = passwords.hashed(password)
    with told_plainly(), runtime().store.write() as tx:
        # Looked at again: two people may hold the same link.
        account_id, known_as = _owner(tx, token, wanted, typed)
        accounts.set_password(tx, account_id, made)
        accounts.remove_sessions_of(tx, account_id)
        audit.record(tx, known_as, "set-up link used", "account", account_id)
        return begin_session(tx, account_id, known_as)


def new_link(tx: Connection, account_id: AccountId) -> str:
    """Make a link for an account, in place of an earlier one, within a transaction."""
    token = secrets.token_urlsafe(32)
    accounts.set_link(tx, account_id, link_hash(token), datetime.now(UTC) + GOOD_FOR)
    return url_of(token)


def new_account(tx: Connection, name: str, sign_in_name: str, *, actor: str) -> AccountId:
    """Make an account within a transaction; names are known to be free and in order after it.

    Raises
    ------
    NotAllowedNow
        If a name is missing, too long or taken.
    """
    wanted, typed = tidy_name(name), plain_name(sign_in_name)
    for told, what in ((wanted, "name"), (typed, "sign-in name")):
        if not 0 < len(told) <= LONGEST_NAME:
            raise NotAllowedNow(
                reason=f"The {what} needs 1 to {LONGEST_NAME} characters; type another one."
            )
    held = accounts.every_account(tx)
    if wanted.casefold() in RESERVED | {one.name.casefold() for one in held}:
        raise NotAllowedNow(
            reason=f"Somebody is called {wanted} here already; add something that tells them apart."
        )
    if typed in {one.sign_in_name for one in held}:
        raise NotAllowedNow(reason=f"The sign-in name {typed} is taken; choose another one.")
    account_id = accounts.add(tx, wanted, typed)
    audit.record(tx, actor, "account made", "account", account_id)
    return account_id


def url_of(token: str) -> str:
    """The address of a one-time link."""
    return f"{runtime().settings.public_url}/set-up/{token}"


def tidy_name(name: str) -> str:
    """A name on one line."""
    return " ".join(name.split())


def _opened(tx: Connection, token: str) -> SetUp:
    token_hash = link_hash(token)
    if not accounts.has_any(tx):
        if declarations.read(tx, FIRST) != token_hash:
            raise LinkUnknown
        return SetUp(is_first=True)
    found = accounts.account_of_link(tx, token_hash)
    is_late = found is None or not found.set_up_until or found.set_up_until <= datetime.now(UTC)
    if found is None or is_late or found.is_disabled:
        raise LinkUnknown
    return SetUp(False, found.name, found.sign_in_name)


def _owner(tx: Connection, token: str, name: str, sign_in_name: str) -> tuple[AccountId, str]:
    """Whose password is chosen: the first account is made here, with every role."""
    if _opened(tx, token).is_first:
        account_id = new_account(tx, name, sign_in_name, actor=name)
        for grant in EVERY_ROLE:
            accounts.add_grant(tx, account_id, grant, granted_by=name)
        declarations.forget(tx, FIRST)
        return account_id, name
    found = accounts.account_of_link(tx, link_hash(token))
    if found is None:
        raise LinkUnknown
    return found.account_id, found.name
