"""One passage in front of a coder, and the themes to choose from. Start at `coding_of`."""

import streamlit as st

from domain.coding import CodedAs
from domain.errors import RoundtableError
from domain.ids import MeetingId, PassageId, ThemeId
from domain.talk import Zone
from services import coding
from services.coding import CheckSummary, OpenCheck, Turn
from ui import markup, page, session
from ui.markup import plain
from ui.quotes import quote
from ui.words import count

KEYS = "1234567890abdefghijklm"
"""One for each theme; r and c are kept from running anything (ui/keys.js)."""
NONE_KEY, CANNOT_TELL_KEY, UNDO_KEY = "n", "x", "z"


def coding_of(found: CheckSummary, meeting_id: MeetingId, zone: Zone) -> None:
    """Open the sample, then code it passage by passage, until all are done."""
    opened = session.coding_at(meeting_id)
    if not isinstance(opened, OpenCheck) or opened.check_id != found.check.check_id:
        begin(found, meeting_id, zone)
        return
    try:
        turn = coding.next_turn(opened)
    except RoundtableError as error:
        session.keep_coding(meeting_id, None)
        page.refused(str(error))
        return
    if turn is None:
        page.section(
            f"You have coded all {found.n_passages} passages",
            "Open Result to see how far you and the machine agree.",
        )
        undo(opened)
        return
    one(opened, turn)


def here(meeting_id: MeetingId) -> tuple[str, str]:
    """Under which name this browser codes, and why; empty before it begins."""
    opened = session.coding_at(meeting_id)
    return (opened.coder.name, opened.reason) if isinstance(opened, OpenCheck) else ("", "")


def begin(found: CheckSummary, meeting_id: MeetingId, zone: Zone) -> None:
    """Say who codes, and why if the words were not released; then begin or go on."""
    page.section(
        f"{count(found.n_passages, 'passage')}, one at a time",
        "Choose the theme that each speaks of most. You can stop at any time and go on later; "
        "what you chose is kept. Talk with others about it only when all have finished.",
    )
    with st.form("begin"):
        name = ""
        if session.is_trying():
            name = st.text_input("Who codes? A name or initials", key="coder_name")
        reason = ""
        if zone is Zone.RESTRICTED:
            reason = st.text_input(
                "Why must they be read? Without names; it is kept", key="code_why"
            )
        is_asked = st.form_submit_button("Begin, or go on", type="primary")
    if is_asked:
        with page.refusals():
            opened = coding.open_check(found.check.check_id, name, reason=reason)
        session.keep_coding(meeting_id, opened)
        st.rerun()


def one(opened: OpenCheck, turn: Turn) -> None:
    """The passage, the themes by name, and the two ways out."""
    page.section(f"Passage {turn.n_done + 1} of {turn.n_passages}")
    st.progress(turn.n_done / turn.n_passages)
    with st.container(key="card_coding"):
        quote(turn.quote, None, is_large=True)
    with_keys = st.session_state.get("code_keys", False)
    markup.sentence("Which theme does it speak of most?")
    half = (len(turn.choices) + 1) // 2
    for column, first in zip(st.columns(2), (0, half), strict=True):
        with column:
            for n in range(first, min(first + half, len(turn.choices))):
                choice = turn.choices[n]
                key = KEYS[n] if n < len(KEYS) else ""
                answer(opened, turn, f"{choice.name}", key if with_keys else "", choice.theme_id)
    left, right = st.columns(2)
    with left:
        rest(opened, turn, CodedAs.NONE, NONE_KEY if with_keys else "")
    with right:
        rest(opened, turn, CodedAs.CANNOT_TELL, CANNOT_TELL_KEY if with_keys else "")
    undo(opened, UNDO_KEY if with_keys else "")
    st.toggle(
        "Answer with single keys",
        key="code_keys",
        help="Each answer then shows its key; they work once you press Tab or the passage. "
        "Leave it off if you type by speech or switch.",
    )
    with st.expander("What the themes are about"):
        markup.lines((choice.name, choice.key_words) for choice in turn.choices)
    st.button(
        "Close, and go on later",
        key="close_coding",
        type="tertiary",
        on_click=session.keep_coding,
        args=(opened.meeting_id, None),
    )


def answer(opened: OpenCheck, turn: Turn, label: str, key: str, theme_id: ThemeId) -> None:
    """A theme as a button."""
    st.button(
        plain(label),
        key=f"code_{theme_id}",
        width="stretch",
        shortcut=key or None,
        on_click=_code,
        args=(opened, turn.passage_id, CodedAs.THEME, theme_id),
    )


def rest(opened: OpenCheck, turn: Turn, coded_as: CodedAs, key: str) -> None:
    """None of the themes, or one that cannot be told."""
    st.button(
        coded_as.value.capitalize(),
        key=f"code_{coded_as.name.lower()}",
        width="stretch",
        type="tertiary",
        shortcut=key or None,
        on_click=_code,
        args=(opened, turn.passage_id, coded_as, None),
    )


def undo(opened: OpenCheck, key: str = "") -> None:
    """The way back to the passage before."""
    st.button(
        "Undo: my last answer again",
        key="code_undo",
        shortcut=key or None,
        on_click=_take_back,
        args=(opened,),
    )


def _code(
    opened: OpenCheck, passage_id: PassageId, coded_as: CodedAs, theme_id: ThemeId | None
) -> None:
    try:
        coding.code(opened, passage_id, coded_as, theme_id)
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)


def _take_back(opened: OpenCheck) -> None:
    try:
        if not coding.take_back(opened):
            session.tell("There is no answer of yours to take back.", is_refusal=True)
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)
