"""What is hidden of a turn under review, and how its words are changed. Start at `what_to_hide`."""

import streamlit as st

from domain.identifiers import IdentifierKind, Suggestion
from services import releasing
from services.review import ReviewTurn
from ui import markup, page, review_desk, review_parts, session
from ui.markup import draw, plain, shortened
from ui.review_desk import Desk
from ui.words import sentence_case

KINDS = tuple(IdentifierKind)
N_LETTERS = 60


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


def ticked(desk: Desk, found: ReviewTurn) -> tuple[Suggestion, ...]:
    """The stretches to be hidden: all of them until somebody says otherwise."""
    return tuple(
        one for one in desk.of_turn(found) if st.session_state.get(tick_key(found, one), True)
    )


def tick_key(found: ReviewTurn, stretch: Suggestion) -> str:
    return f"hide_{found.turn.texts.source}_{stretch.start}_{stretch.end}"


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
