"""The same head, the same empty and refused states on every screen. Start at `head`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec

import streamlit as st

from domain.errors import RoundtableError
from domain.meetings import Meeting
from ui import markup, session
from ui.markup import draw, plain, safe
from ui.words import day

P = ParamSpec("P")
logger = logging.getLogger(__name__)

SAMPLE = (
    "People, words and votes are invented; initiatives marked documented are real, with their "
    "sources."
)
PROMISE = "Independent of the ALS Association. Nothing leaves this computer."


def head(title: str, sentence: str = "", *, eyebrow: str = "", action: str = "") -> bool:
    """Eyebrow, title, one sentence; True when the one main action at the right was pressed."""
    eyebrow_html = f'<p class="rt-eyebrow">{safe(eyebrow)}</p>' if eyebrow else ""
    lead_html = f'<p class="rt-lead">{safe(sentence)}</p>' if sentence else ""
    html = f'<header class="rt-head">{eyebrow_html}<h1>{safe(title)}</h1>{lead_html}</header>'
    pressed = False
    if action:
        words, button = st.columns([3, 1], vertical_alignment="bottom")
        with words:
            draw(html)
        with button:
            pressed = st.button(action, type="primary", key="main_action", width="stretch")
    else:
        draw(html)
    show_told()
    return pressed


def of_meeting(meeting: Meeting) -> str:
    """The eyebrow of a meeting's pages: "Fall 2024, 12 October 2024, online"."""
    return f"{meeting.label}, {day(meeting.held_on)}, {meeting.format.value}"


def section(title: str, sentence: str = "") -> None:
    """A part of a page."""
    below = f"<p>{safe(sentence)}</p>" if sentence else ""
    draw(f'<div class="rt-section"><h2>{safe(title)}</h2>{below}</div>')


def empty(title: str, sentence: str) -> None:
    """What to do when there is nothing yet; the page puts its one button below."""
    markup.empty(title, sentence)


def strip() -> None:
    """The line on every page that says what is invented and where things stay."""
    programme = session.open_programme()
    is_ours = programme is not None and not programme.is_sample
    if is_ours or session.is_participant() or (programme is None and not session.is_trying()):
        return
    sample_strip()


def sample_strip() -> None:
    """The line itself."""
    draw(f'<div class="rt-strip" role="note"><strong>Sample</strong><span>{SAMPLE}</span></div>')


def do(done: str, service: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call a service from a widget, and say at the top of the next run what came of it."""
    attempt(done, service, *args, **kwargs)


def attempt(done: str, service: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """The same, and tell the caller whether it was done."""
    try:
        service(*args, **kwargs)
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)
        return False
    session.tell(done)
    return True


def show_told() -> None:
    """Say what the last press did."""
    message = session.told()
    if message:
        refused(message[0]) if message[1] else st.success(plain(message[0]))


def refused(message: str) -> None:
    """What was found and what to do; never a traceback, never the words "invalid" or "error"."""
    st.warning(plain(message))


def fault(error: Exception) -> bool:
    """A fault of ours: written down for us, told without a traceback to the person here."""
    logger.exception("a screen stopped", exc_info=error)
    st.error(
        "This screen stopped because of a fault of ours. What was saved is safe. "
        "Reload the page; if it happens again, tell whoever runs this program."
    )
    return True


@contextmanager
def refusals() -> Iterator[None]:
    """A block whose refusals are shown as a sentence, after which the page stops."""
    try:
        yield
    except RoundtableError as error:
        refused(str(error))
        st.stop()
