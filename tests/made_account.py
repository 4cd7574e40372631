"""Somebody of the staff with roles, signed in through the store. Start at `sign_in`."""

from domain.access import Grant
from domain.ids import AccountId, new_id
from services import accounts
from services.runtime import runtime
from store import accounts as kept


def make_account(name: str, *grants: Grant) -> AccountId:
    """An account with these roles; nobody can sign in to it with a password."""
    with runtime().store.write() as tx:
        account_id = kept.add(tx, name, f"{name.casefold()}-{new_id()}")
        for grant in grants:
            kept.add_grant(tx, account_id, grant, granted_by="test")
    return account_id


def session_of(account_id: AccountId, name: str = "Ann") -> str:
    """A token as a browser would hold it."""
    with runtime().store.write() as tx:
        return accounts.begin_session(tx, account_id, name)


def sign_in(name: str, *grants: Grant) -> str:
    """The token of somebody with these roles."""
    return session_of(make_account(name, *grants), name)


def cookie_of(token: str) -> str:
    """The header that brings a token."""
    return f"{accounts.cookie_name()}={token}"
