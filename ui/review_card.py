"""One turn in front of a reviewer, and what can be done with it. Start at `reading`."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from domain.errors import RoundtableError
from domain.identifiers import IdentifierKind, Suggestion, hide
from domain.ids import MeetingId
from domain.review import ReviewState
from services import releasing, review
from services.review import Page, ReviewTurn
from ui import markup, page, review_desk, review_parts, session, undo
from ui.markup import draw, plain, safe, shortened
from ui.quotes import lang, marked
from ui.review_desk import Desk
from ui.words import clock, count, sentence_case

HOLD_REASONS = (
    "Family or colleagues would recognise who said it",
    "It is about somebody else",
    "Whoever said it asked for it",
    "It is no contribution to the meeting",
    "Another reason",
)
KINDS = tuple(IdentifierKind)
QUESTION = "Would family or colleagues recognise who said this?"
N_LETTERS = 60


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
    decide(desk, found, hidden)
    if st.toggle("Show who said it", key=f"name_{said.utterance_id}"):
        markup.sentence(said.speaker or "The source names nobody.")
    around(desk, found)
    change_by_hand(desk, found)


def ticked(desk: Desk, found: ReviewTurn) -> tuple[Suggestion, ...]:
    """The stretches to be hidden: all of them until somebody says otherwise."""
    return tuple(
        one for one in desk.of_turn(found) if st.session_state.get(tick_key(found, one), True)
    )


def tick_key(found: ReviewTurn, stretch: Suggestion) -> str:
    return f"hide_{found.turn.texts.source}_{stretch.start}_{stretch.end}"


def what_to_hide(found: ReviewTurn, stretches: tuple[Suggestion, ...]) -> None:
    """One box for each stretch: what it is, why, and how sure."""
    draw('<p class="rt-sentence"><strong>Hide</strong></p>')
    text = found.turn.said.text
    for stretch in stretches:
        words = shortened(text[stretch.start : stretch.end], N_LETTERS)
        told = f"{stretch.kind.value}; {stretch.why}; {review_parts.sureness(stretch.sureness)}"
        key = tick_key(found, stretch)
        st.session_state.setdefault(key, True)
        st.checkbox(plain(f"“{words}”: {told}"), key=key)


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


def change_by_hand(desk: Desk, found: ReviewTurn) -> None:
    """Mark further words, or word the turn otherwise."""
    said = found.turn.said
    with st.expander("Hide more, or word it otherwise"):
        with st.form(f"mark_{said.utterance_id}", clear_on_submit=True):
            words = st.text_input("Hide these words, as they stand", key="mark_words")
            kind = st.selectbox("What are they?", KINDS, format_func=kind_in_words, key="mark_kind")
            if st.form_submit_button("Hide them too"):
                mark(desk, found, words, kind)
        with st.form(f"correct_{found.turn.texts.source}"):
            text = st.text_area("Word it otherwise", value=said.text, key="correct_text")
            markup.sentence("What was heard stays in the restricted zone; the log says who did it.")
            if st.form_submit_button("Keep this wording"):
                page.do(
                    "The new wording is kept. Read it once more, then release it.",
                    releasing.correct,
                    said.utterance_id,
                    found.turn.texts.source,
                    text,
                )
                st.rerun()


def mark(desk: Desk, found: ReviewTurn, words: str, kind: IdentifierKind) -> None:
    """Mark words wherever they stand in this turn."""
    n_places = review_desk.mark(desk, found, words.strip(), kind)
    if not n_places:
        session.tell("These words do not stand in this turn, letter for letter.", is_refusal=True)
    st.rerun()


def kind_in_words(kind: IdentifierKind) -> str:
    return sentence_case(kind.value)


def decide(desk: Desk, found: ReviewTurn, hidden: tuple[Suggestion, ...]) -> None:
    """The question, whose answer releases or holds back with one press; or later."""
    draw(f'<p class="rt-sentence"><strong>{QUESTION}</strong></p>')
    out = f", {count(len(hidden), 'stretch', 'stretches')} hidden" if hidden else ""
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
