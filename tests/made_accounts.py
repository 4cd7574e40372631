"""Accounts as tests need them: made through the services, with passwords that cost little.

Start at `make_account`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from domain.access import EVERY_ROLE, Grant
from services import account_list, accounts, passwords, set_up

PASSWORD = "four words in a row"
CHEAP = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Hash with the least that Argon2id allows, so that a test takes no second a sign-in."""
    before = passwords.use_hasher(CHEAP)
    try:
        yield
    finally:
        passwords.use_hasher(before)


def make_first(name: str = "June", password: str = PASSWORD) -> str:
    """The first account, with every role; gives the token of its session."""
    link = set_up.first_link()
    assert link
    return set_up.use_link(token_in(link), password, name=name, sign_in_name=name.lower())


def make_account(name: str, *grants: Grant, password: str = PASSWORD) -> str:
    """A further account with some roles, signed in; gives the token of its session."""
    link = account_list.add_account(name, name.lower(), grants or EVERY_ROLE)
    return set_up.use_link(token_in(link), password)


def sign_in(name: str, password: str = PASSWORD) -> str:
    return accounts.sign_in(name.lower(), password)


def token_in(link: str) -> str:
    """The secret at the end of a one-time link."""
    return link.rpartition("/")[2]
