"""Who sits at the browser: the holder of a cookie, or a role that is tried. See `actor_with`."""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from domain.access import EVERY_ROLE, Actor, Grant, StaffRole
from services import accounts


class Role(StrEnum):
    """As whom somebody tries the program, while it has no accounts."""

    FACILITATOR = "facilitator"
    LEADER = "leader"
    PARTICIPANT = "participant"


_GRANTS = {
    Role.FACILITATOR: EVERY_ROLE,
    Role.LEADER: (Grant(StaffRole.LEADER),),
    Role.PARTICIPANT: (),
}


def actor_with(token: str, tried: Role) -> Actor | None:
    """Whoever holds the token, read from the store now; without any account the role tried."""
    if accounts.has_accounts():
        return accounts.actor_of(token) if token else None
    return Actor(tried.value, _GRANTS[tried])


def cookie_of_browser() -> str:
    """The token that this browser sent; empty where it sent none."""
    return str(st.context.cookies.get(accounts.cookie_name(), ""))


_reader: Callable[[], str] = cookie_of_browser


def token() -> str:
    """The token that is here now."""
    return _reader()


def read_token_with(reader: Callable[[], str]) -> None:
    """Take the token from elsewhere: tests of single screens have no cookies."""
    global _reader
    _reader = reader
