"""A small group's order, entered by keyboard and kept at each press. Start at `enter`."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from domain.errors import RoundtableError
from domain.guided import Round
from domain.ids import GuidedSessionId, RecommendationId
from services import group_orders
from services.group_orders import Board, GroupOrder
from services.guided_sessions import Option
from ui import markup, page, session, undo
from ui.markup import draw, safe
from ui.words import count

TAKEN_BACK = "(its words were taken back)"


def enter(session_id: GuidedSessionId, of: Round) -> None:
    """Choose a small group, then put its order in."""
    board = group_orders.board(session_id, of)
    if not board.groups:
        page.empty("Nobody is seated yet", "Go back to the small groups and seat people first.")
        return
    n_in = sum(group.is_kept for group in board.groups)
    page.section(
        f"{n_in} of {count(len(board.groups), 'order')} in",
        "Choose a group and put its order in. Each press is kept at once; nothing needs saving.",
    )
    by_number = {group.number: group for group in board.groups}
    number = st.radio(
        "Small group",
        list(by_number),
        captions=[_state(group) for group in board.groups],
        horizontal=True,
        key=f"order_group_{session_id}_{of}",
    )
    _one(session_id, board, by_number[number])


def name_of(option: Option) -> str:
    """A recommendation in a line: its number and its words."""
    return f"No. {option.number}: {option.text or TAKEN_BACK}"


def _state(group: GroupOrder) -> str:
    return "order in" if group.is_kept else "no order yet"


def _one(session_id: GuidedSessionId, board: Board, group: GroupOrder) -> None:
    place = f"order_{session_id}_{board.of}_{group.number}"
    if not group.is_kept:
        markup.sentence(
            f"Small group {group.number} has no order yet. It begins as below. Each group begins "
            "elsewhere, so that nothing gains by lying first."
            if board.of is Round.FIRST
            else f"Small group {group.number} has no order yet. It begins with what the first "
            "round added up to."
        )
    _type(session_id, board.of, group)
    names = {option.recommendation_id: option for option in board.options}
    with st.container(key="card_order", gap="small"):
        for at, one in enumerate(group.order):
            _row(session_id, board, group, at, names[one])
    with st.container(horizontal=True, key="order_steps"):
        if not group.is_kept:
            st.button(
                "Keep this order as it is",
                key=f"keep_{place}",
                on_click=_keep,
                args=(session_id, board.of, group, group.order),
            )
        undo.offer(place)
        if group.is_kept:
            st.button(
                "Take this order out",
                key=f"out_{place}",
                type="tertiary",
                on_click=_change,
                args=(
                    session_id,
                    board.of,
                    group,
                    partial(group_orders.take_out, session_id, board.of, group.number),
                ),
            )


def _row(
    session_id: GuidedSessionId, board: Board, group: GroupOrder, at: int, option: Option
) -> None:
    words, presses = st.columns([3, 1], vertical_alignment="center")
    with words:
        draw(
            f'<p class="rt-place"><b>{at + 1}</b> <span dir="auto">{safe(name_of(option))}'
            "</span></p>"
        )
    # Never disabled: at an end the press changes nothing, and the keyboard keeps its place.
    pair = presses.container(horizontal=True, key=f"pair_{group.number}_{at}")
    for word, to in (("up", at - 1), ("down", at + 1)):
        pair.button(
            f"{option.number} {word}",
            key=f"stays_{word}_{board.of}_{group.number}_{option.number}",
            width="stretch",
            on_click=_keep if 0 <= to < len(group.order) else None,
            args=(session_id, board.of, group, _swapped(group.order, at, to)),
        )


def _type(session_id: GuidedSessionId, of: Round, group: GroupOrder) -> None:
    with st.form(f"type_{session_id}_{of}_{group.number}", clear_on_submit=True):
        key = f"numbers_{session_id}_{of}_{group.number}"
        st.text_input(
            "Type the numbers in order, the most important first, or press up and down below",
            placeholder="for example 4, 1, 3, 2",
            key=key,
        )
        st.form_submit_button(
            "Keep this order", on_click=_keep_typed, args=(session_id, of, group, key)
        )


def _keep_typed(session_id: GuidedSessionId, of: Round, group: GroupOrder, key: str) -> None:
    typed = str(st.session_state.get(key) or "")
    call = partial(group_orders.save_numbers, session_id, of, group.number, typed)
    _change(session_id, of, group, call)


def _keep(
    session_id: GuidedSessionId, of: Round, group: GroupOrder, order: Sequence[RecommendationId]
) -> None:
    call = partial(group_orders.save_order, session_id, of, group.number, order)
    _change(session_id, of, group, call)


def _change(
    session_id: GuidedSessionId, of: Round, group: GroupOrder, call: Callable[[], object]
) -> None:
    """Without a word when it went well: the list itself shows it, and a message would move it."""
    try:
        call()
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)
        return
    back = (
        partial(group_orders.save_order, session_id, of, group.number, group.order)
        if group.is_kept
        else partial(group_orders.take_out, session_id, of, group.number)
    )
    place = f"order_{session_id}_{of}_{group.number}"
    session.remember_undo((place, undo.Way("Undo", "The order is as it was before.", back)))


def _swapped(order: Sequence[RecommendationId], at: int, to: int) -> list[RecommendationId]:
    moved = list(order)
    if 0 <= to < len(moved):
        moved[at], moved[to] = moved[to], moved[at]
    return moved
