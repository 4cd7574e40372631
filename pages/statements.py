"""Statements: what participants wrote and sent, decided one at a time, and what came of it."""

from collections.abc import Sequence

import streamlit as st

from domain.access import Act
from domain.ids import MeetingId
from domain.statements import Statement
from services import statement_desk
from services.statement_desk import Accepted
from ui import markup, page, reading_level, session
from ui.markup import draw, safe
from ui.quotes import quote, who
from ui.words import count

MOST_OF_A_WORDING = 300


def may_decide() -> bool:
    """Whether whoever is here may read what was sent and share it."""
    return session.may(Act.READ_RAW) and session.may(Act.RELEASE)


def waiting(meeting_id: MeetingId) -> None:
    """What was sent, the oldest first."""
    if not may_decide():
        n = statement_desk.n_waiting(meeting_id)
        page.section(f"{count(n, 'statement').capitalize()} to be read by a reviewer")
        return
    found = statement_desk.waiting(meeting_id)
    page.section(f"{count(len(found), 'statement').capitalize()} to decide on")
    if not found:
        page.empty(
            "Nothing waits",
            "Participants write under “Write something” on their own page. What they send comes "
            "here; a draft is theirs alone.",
        )
    for one in found:
        with st.container(key=f"waiting_{one.statement_id}", gap="small"):
            words(one)
            decide(one)


def words(one: Statement, why: str = "") -> None:
    """A statement as it was written, and for which group its author sits; no name."""
    lines = safe(one.text).replace("\n", "<br>")
    side = who(one.stakeholder_group, source=f"written in {LANGUAGES.get(one.language, 'English')}")
    reason = f'<p class="rt-side">Why: {safe(why)}</p>' if why else ""
    draw(
        f'<div class="rt-card"><p dir="auto" lang="{safe(one.language)}">{lines}</p>'
        f'<p class="rt-side">{safe(side)}</p>{reason}</div>'
    )


def decide(one: Statement) -> None:
    """Accept, send back or set aside; the last two need a sentence that its author reads."""
    with st.container(horizontal=True, key=f"accept_{one.statement_id}"):
        for label, is_shared, done in (
            (
                "Accept and share it",
                True,
                "It is accepted, and shared as far as its author agreed.",
            ),
            (
                "Accept; hide something first",
                False,
                "It is accepted, and waits on Review and release until somebody hid what to hide.",
            ),
        ):
            st.button(
                label,
                key=f"accept_{is_shared}_{one.statement_id}",
                type="primary" if is_shared else "secondary",
                on_click=page.do,
                args=(done, statement_desk.accept, one.statement_id),
                kwargs={"is_shared": is_shared, "author": session.author()},
            )
    with (
        st.expander("Send it back, or do not take it"),
        st.form(f"answer_{one.statement_id}", border=False),
    ):
        why = st.text_input(
            "Why, in plain words; the person who wrote it reads this sentence",
            key=f"why_{one.statement_id}",
        )
        with st.container(horizontal=True):
            is_back = st.form_submit_button("Send it back to be changed")
            is_aside = st.form_submit_button("Do not take it")
    if is_back or is_aside:
        settle = statement_desk.send_back if is_back else statement_desk.set_aside
        done = "It is sent back." if is_back else "It is not taken; it stands below."
        page.do(done, settle, one.statement_id, why, author=session.author())
        st.rerun()


def accepted(found: Sequence[Accepted], meeting_id: MeetingId) -> None:
    """What others may read now, and the recommendations that rest on it."""
    page.section(
        f"{count(len(found), 'accepted statement').capitalize()} that others can read",
        "Each is a written contribution: it counts in themes and stands behind recommendations "
        "as anything that was said. Where its author takes it back, it goes from here at once.",
    )
    for one in found:
        with st.container(key=f"accepted_{one.said.utterance_id}", gap="small"):
            told = ", ".join(f"recommendation {n}" for n in one.recommendations)
            source = f"behind {told}" if told else "behind no recommendation yet"
            quote(one.quote, one.said.stakeholder_group, source=source)
            if session.may_edit():
                draft(one)


def draft(one: Accepted) -> None:
    """Word a recommendation that rests on it; only recommendations are voted on."""
    said = one.said
    with st.expander("Draft a recommendation from it"):
        wording = st.text_area(
            "What is recommended; the whole statement stands behind it as its evidence",
            value=said.text if len(said.text) <= MOST_OF_A_WORDING else "",
            key=f"wording_{said.utterance_id}",
            height=120,
        )
        reading_level.tell(wording)
        st.button(
            "Make the draft",
            key=f"draft_{said.utterance_id}",
            on_click=page.do,
            args=(
                "A draft was made of it. Once proposed, it can go on a ballot.",
                statement_desk.draft,
                said.utterance_id,
                wording,
            ),
            kwargs={"author": session.author()},
        )


def settled(meeting_id: MeetingId) -> None:
    """What was sent back or not taken, each with a way back."""
    found = statement_desk.settled(meeting_id) if may_decide() else []
    if not found:
        return
    with st.expander(f"{count(len(found), 'statement').capitalize()} sent back or not taken"):
        for one in found:
            words(one, f"{one.reason} ({one.state.value})")
            st.button(
                "Undo: it waits again",
                key=f"take_up_{one.statement_id}",
                type="tertiary",
                on_click=page.do,
                args=("It waits again.", statement_desk.take_up, one.statement_id),
                kwargs={"author": session.author()},
            )


LANGUAGES = {"en": "English", "es": "Spanish"}
opened_id = session.open_meeting_id()
meeting = session.open_meeting()
page.head(
    "Statements",
    "What participants wrote in their own time. Accepted, it weighs the same as speech.",
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
)
with page.refusals():
    waiting(opened_id)
    others = statement_desk.accepted(opened_id)
    if others:
        accepted(others, opened_id)
    settled(opened_id)
    if not others:
        markup.sentence("Accepted statements that others may read will stand here.")
