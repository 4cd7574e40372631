"""One turn in front of a reviewer, and what can be done with it. Start at `reading`."""

import streamlit as st

from domain.errors import RoundtableError
from domain.identifiers import hide
from domain.ids import MeetingId
from services import review
from services.review import ReviewTurn
from ui import markup, page, review_desk, review_parts, session, undo
from ui.markup import draw, safe
from ui.quotes import lang, marked
from ui.review_decision import decide, place_of
from ui.review_desk import Desk
from ui.review_hiding import change_by_hand, ticked, what_to_hide
from ui.words import clock, count


def reading(desk: Desk) -> None:
    """One turn at a time, until the page is done."""
    undo.offer(place_of(desk.page))
    at_hand = desk.at_hand
    if at_hand is None:
        page_done(desk)
        return
    try:
        found = review.turn(desk.page, at_hand)
    except RoundtableError as error:
        page.refused(str(error))
        st.button("Go on to the next turn", key="go_on", on_click=review_desk.step, args=(desk,))
        return
    n = len(desk.page.turns)
    more = f"; {count(desk.page.n_more, 'more turn')} after this page" if desk.page.n_more else ""
    page.section(f"Turn {desk.place + 1} of {n}", f"{review_parts.SHELVES[desk.page.shelf]}{more}.")
    with st.container(key="card_review"):
        one(desk, found)
    st.button(
        "Close and read no more",
        key="close",
        type="tertiary",
        on_click=close,
        args=(desk.page.meeting_id,),
    )


def one(desk: Desk, found: ReviewTurn) -> None:
    """A turn: its words, what to hide, what it asks, and the decision."""
    said = found.turn.said
    stretches = desk.of_turn(found)
    hidden = ticked(desk, found)
    review_parts.words(said.text, stretches, hidden)
    review_parts.in_other_language(said.text)
    review_parts.about(found, clock(said.start_s) or said.place)
    if not found.is_checked:
        markup.sentence("The machine has not looked at these words yet. Read them yourself.")
    if stretches:
        what_to_hide(found, stretches)
    if hidden:
        draw('<p class="rt-sentence"><strong>Others will read</strong></p>')
        told = hide(said.text, hidden)
        draw(f'<p class="rt-text" dir="auto"{lang(told)}>{marked(told)}</p>')
    review_parts.prompts(found.prompts)
    decide(desk, found, len(hidden))
    if st.toggle("Show who said it", key=f"name_{said.utterance_id}"):
        markup.sentence(said.speaker or "The source names nobody.")
    around(desk, found)
    change_by_hand(desk, found)


def around(desk: Desk, found: ReviewTurn) -> None:
    """What was said before and after, on request; asking for it is written down."""
    utterance_id = found.turn.utterance_id
    if utterance_id not in desk.page.looked_around:
        st.button(
            "Show what was said before and after",
            key="around",
            type="tertiary",
            on_click=open_around,
            args=(desk, found),
        )
        return
    for near in review.neighbours(desk.page, utterance_id):
        is_it = near.utterance_id == utterance_id
        words = "This turn" if is_it else near.said.text
        look = "rt-near rt-now" if is_it else "rt-near"
        draw(f'<p class="{look}" dir="auto">{safe(words)}</p>')


def page_done(desk: Desk) -> None:
    """Nothing is left on this page."""
    if desk.page.n_more:
        page.empty("This page is done", f"{count(desk.page.n_more, 'more turn')} wait here.")
        st.button(
            "Open the next ones", key="turn_page", type="primary", on_click=turn, args=(desk,)
        )
    else:
        page.empty("Nothing is left here", "What waits beyond it can be released at once.")
    review_parts.themes_behind(desk.page.meeting_id)
    st.button("Close and read no more", key="close", on_click=close, args=(desk.page.meeting_id,))


def turn(desk: Desk) -> None:
    """Open the next page for the same reason."""
    try:
        review_desk.turn_page(desk)
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)


def open_around(desk: Desk, found: ReviewTurn) -> None:
    """Open the neighbours of a turn."""
    try:
        review_desk.look_around(desk, found.turn.utterance_id)
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)


def close(meeting_id: MeetingId) -> None:
    """Read no more; the next time a reason is asked again."""
    session.remember_undo(None)
    review_desk.clear(meeting_id)
