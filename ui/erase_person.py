"""Erase somebody with all their words: what would go, then the name typed, then gone. See `form`.

The write happens in a callback, so that a second press cannot stop the first half-way.
"""

from collections.abc import Sequence

import streamlit as st

from domain.errors import RoundtableError
from domain.ids import AttendanceId
from domain.meetings import Attendance
from services import erasure
from services.erasing import Goes
from ui import markup, page, session
from ui.words import count, listed

WHO, WHERE, WHY, NAME = "erase_who", "erase_where", "erase_why", "erase_name"
REASONS = (
    "the person asked",
    "the family asked",
    "agreement to be recorded was missing or ended",
    "brought in by mistake",
)
STAYS = (
    "Recommendations that were voted on or chosen keep their wording and say that a source was "
    "withdrawn. Votes that closed keep their counts: nobody can tell any more which answers were "
    "whose. What others said about the person stays: erase those turns one by one where needed."
)


def form(people: Sequence[Attendance]) -> None:
    """Choose a person, read what goes, type the name, erase."""
    page.section(
        "Erase a person's words",
        "For good: everything that somebody said, wrote and told us. It cannot be undone, and "
        "older backups forget it again when they are put back.",
    )
    names = {a.attendance_id: a.name for a in people}
    # Nobody is chosen beforehand: a press too early must not be about the first in the list.
    who = st.selectbox(
        "Whose words",
        list(names),
        index=None,
        placeholder="Choose a person",
        format_func=lambda attendance_id: names[attendance_id],
        key=WHO,
    )
    if not who:
        return
    everywhere = st.toggle("At every meeting of the programme", key=WHERE)
    try:
        goes = erasure.preview_person(who, everywhere=everywhere)
    except RoundtableError as error:
        page.refused(str(error))
        return
    markup.lines([(f"What goes of {names[who]}", told(goes)), ("What stays", STAYS)])
    st.selectbox("Why", REASONS, key=WHY)
    st.text_input("Type the person's name to go on", key=NAME, autocomplete="off")
    st.button(
        "Erase for good",
        key="erase_now",
        type="primary",
        on_click=_erase,
        args=(who, names[who], everywhere),
    )


def told(goes: Goes) -> str:
    """What goes, as a sentence or two."""
    parts = [count(goes.n_turns, "turn or contribution", "turns and contributions")]
    if goes.n_quotes:
        behind = count(goes.n_recommendations, "recommendation")
        parts.append(f"{count(goes.n_quotes, 'quote')} behind {behind}")
    if goes.n_copies:
        copies = count(goes.n_copies, "draft or proposal", "drafts and proposals")
        parts.append(f"their words in {copies}")
    if goes.n_open_votes:
        parts.append(f"their answers in {count(goes.n_open_votes, 'open vote')}")
    parts.append("the name, their link and what they told about themselves")
    themes = (
        f" {count(goes.n_themes, 'theme').capitalize()} will be found anew without them."
        if goes.n_themes
        else ""
    )
    return f"{listed(parts)}.{themes}"


def _erase(who: AttendanceId, name: str, everywhere: bool) -> None:
    typed = " ".join(str(st.session_state.get(NAME) or "").split())
    if typed.casefold() != " ".join(name.split()).casefold():
        session.tell("The name is not the same. Nothing was erased.", is_refusal=True)
        return
    reason = str(st.session_state.get(WHY) or REASONS[0])
    try:
        erased = erasure.erase_person(who, reason=reason, everywhere=everywhere)
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)
        return
    # Emptied rather than forgotten: a browser goes on showing what it is not told to empty.
    st.session_state[WHO] = None
    st.session_state[NAME] = ""
    rest = "" if erased.is_wiped else " The files are cleaned within a day."
    session.tell(f"The person and {count(erased.goes.n_turns, 'turn')} of theirs are gone.{rest}")
