"""What a reviewer decides about a turn, with the way back. Start at `decide`."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from domain.review import ReviewState
from services import releasing
from services.review import Page, ReviewTurn
from ui import markup, page, review_desk, review_parts, session, undo
from ui.markup import draw
from ui.review_desk import Desk
from ui.review_hiding import ticked
from ui.words import count

HOLD_REASONS = (
    "Family or colleagues would recognise who said it",
    "It is about somebody else",
    "Whoever said it asked for it",
    "It is no contribution to the meeting",
    "Another reason",
)
QUESTION = "Would family or colleagues recognise who said this?"


def decide(desk: Desk, found: ReviewTurn, n_hidden: int) -> None:
    """The question, whose answer releases or holds back with one press; or later."""
    draw(f'<p class="rt-sentence"><strong>{QUESTION}</strong></p>')
    out = f", {count(n_hidden, 'stretch', 'stretches')} hidden" if n_hidden else ""
    with st.container(horizontal=True, key="decide"):
        st.button(
            f"No: release it{out}",
            key="release",
            type="primary",
            shortcut="Ctrl+Enter",
            on_click=release,
            args=(desk, found),
        )
        with st.popover("Yes, or something else is wrong"):
            hold(desk, found)
            st.button(
                "Release it all the same", key="all_the_same", on_click=release, args=(desk, found)
            )
        take_back(desk, found)
        st.button(
            "Later, next turn",
            key="next",
            shortcut="Alt+Right",
            on_click=review_desk.step,
            args=(desk,),
        )
        if desk.place:
            st.button(
                "The turn before",
                key="before",
                shortcut="Alt+Left",
                on_click=review_desk.step,
                args=(desk, -1),
            )


def take_back(desk: Desk, found: ReviewTurn) -> None:
    """What only a turn that was decided about already offers."""
    utterance_id = found.turn.utterance_id
    if found.turn.state is ReviewState.RELEASED:
        call = partial(releasing.take_back, utterance_id)
        go_back(desk, found, "Take it back from others", "It is taken back.", call)
    if found.turn.state is ReviewState.HELD_BACK:
        call = partial(releasing.let_go, utterance_id)
        go_back(desk, found, "Hold it back no more", "It waits again.", call)


def release(desk: Desk, found: ReviewTurn) -> None:
    """Let others see it. What is ticked is read here: a press can come before the page is drawn."""
    utterance_id = found.turn.utterance_id
    hidden, told = ticked(desk, found), [""]

    def call() -> None:
        done = releasing.release(utterance_id, found.turn.texts.source, hidden)
        told[0] = review_parts.followed(done)

    back = partial(releasing.take_back, utterance_id)
    settle(desk, "Released.", call, "Undo: take the last release back", back)
    if told[0]:
        session.tell(f"Released. {told[0]}")


def hold(desk: Desk, found: ReviewTurn) -> None:
    """Why it is held back, where nothing else helps."""
    utterance_id = found.turn.utterance_id
    markup.sentence("Hide more or word it otherwise, below. Or hold it back.")
    with st.form(f"hold_{utterance_id}", border=False):
        reason = st.selectbox("Why?", HOLD_REASONS, key="hold_reason")
        more = st.text_input("More about it, without names", key="hold_more")
        if not st.form_submit_button("Hold it back", type="primary"):
            return
    told = f"{reason}: {more.strip()}" if more.strip() else reason
    call = partial(releasing.hold_back, utterance_id, told)
    back = partial(releasing.let_go, utterance_id)
    settle(desk, "Held back.", call, "Undo: hold the last one back no more", back)
    st.rerun()


def go_back(
    desk: Desk, found: ReviewTurn, label: str, done: str, call: Callable[[], object]
) -> None:
    """A step that has no way back of its own: the turn only waits again."""
    st.button(
        label,
        key=f"back_{found.turn.utterance_id}",
        on_click=do_and_step,
        args=(desk, done, call),
    )


def do_and_step(desk: Desk, done: str, call: Callable[[], object]) -> None:
    """Do it and go on; a refusal stays at the turn."""
    if page.attempt(done, call):
        session.remember_undo(None)
        review_desk.step(desk)


def settle(
    desk: Desk, done: str, call: Callable[[], object], undo_label: str, back: Callable[[], object]
) -> None:
    """Do it, go on, and remember the way back to this very turn."""
    if not page.attempt(done, call):
        return
    review_desk.step(desk)

    def put_back() -> None:
        back()
        review_desk.put(desk)

    way = undo.Way(undo_label, "It waits again; here it is.", put_back)
    session.remember_undo((place_of(desk.page), way))


def place_of(opened: Page) -> str:
    return f"review_{opened.meeting_id}"
