"""What the last press took away, so that it can be put back. Start at `do`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ui import page, session


@dataclass(frozen=True)
class Way:
    """How to put something back: the words of the button, and the call."""

    label: str
    done: str
    call: Callable[[], object]


def do(done: str, service: Callable[[], object], back: Way, *, place: str) -> None:
    """Call a service from a widget and remember, for this place, the way back."""
    page.do(done, service)
    session.remember_undo((place, back))


def offer(place: str) -> None:
    """The way back as a button, as long as nothing else was taken away."""
    remembered = session.remembered_undo()
    if not isinstance(remembered, tuple) or remembered[0] != place:
        return
    back: Way = remembered[1]
    st.button(back.label, key=f"undo_{place}", on_click=partial(_put_back, back))


def _put_back(back: Way) -> None:
    session.remember_undo(None)
    page.do(back.done, back.call)
