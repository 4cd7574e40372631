"""Check the machine: code passages blind, one at a time, then see how far all agree."""

import streamlit as st

from domain.access import Act
from domain.talk import Zone
from services import coding, themes
from services.coding import CheckSummary
from ui import check_card, check_result, markup, page, session
from ui.words import count, day, listed

CHECK = "check"
CODE, RESULT = "Code", "Result"
SIZES = dict(
    zip(coding.SIZES, ("about ten minutes", "about twenty", "about half an hour"), strict=True)
)


def may_read_raw() -> bool:
    """Whether a check of everything that was heard can be offered."""
    return session.may(Act.READ_RAW)


def zone_now() -> Zone:
    """Released words, unless a reviewer asked for everything that was heard."""
    if not may_read_raw():
        return Zone.SHARED
    is_raw = st.session_state.get("check_raw", False)
    return Zone.RESTRICTED if is_raw else Zone.SHARED


def draw_one(zone: Zone) -> None:
    """Draw a sample: how many, and why if nobody released the words."""
    with st.form("draw"):
        n = st.radio(
            "How many passages?",
            list(SIZES),
            format_func=lambda n: f"{n}, {SIZES[n]}",
            index=1,
            key="draw_n",
        )
        reason = ""
        if zone is Zone.RESTRICTED:
            reason = st.text_input(
                "Why must they be read? Without names; it is kept", key="draw_why"
            )
        is_asked = st.form_submit_button("Draw a sample", type="primary")
    if is_asked:
        with page.refusals():
            check_id = coding.draw_sample(meeting_id, n, zone=zone, reason=reason)
        session.keep(CHECK, check_id)
        session.tell("A sample is drawn. Small themes are in it too.")
        st.rerun()


def told(found: CheckSummary) -> str:
    """One sample in a line: when, how large, who coded how much."""
    done = listed([f"{name} {n}" for name, n in found.n_coded])
    coded = f"coded: {done}" if done else "nobody has begun"
    age = "" if found.check.is_of_current_run else "; of an earlier run"
    return f"{day(found.check.drawn_at.date())}, {count(found.n_passages, 'passage')}{age}; {coded}"


def choose(found: tuple[CheckSummary, ...]) -> CheckSummary:
    """The sample that the address names, else the newest; others can be opened."""
    ids = [one.check.check_id for one in found]
    wanted = session.chosen(CHECK)
    place = ids.index(wanted) if wanted in ids else 0
    if len(found) == 1:
        return found[0]
    picked = st.selectbox(
        "Sample",
        range(len(found)),
        index=place,
        format_func=lambda n: told(found[n]),
        key=f"pick_{len(found)}_{place}",
    )
    if picked != place:
        session.keep(CHECK, ids[picked])
        st.rerun()
    return found[picked]


def show(found: CheckSummary, zone: Zone) -> None:
    """One sample: coding it, and what it came to."""
    if not found.check.is_of_current_run:
        page.refused(
            "The themes were found again since this sample was drawn. What you see here is about "
            "the themes of then; draw a new sample to check those of today."
        )
    views = st.tabs([CODE, RESULT], key="view", bind="query-params")
    if views[0].open:
        with views[0]:
            check_card.coding_of(found, meeting_id, zone)
    if views[1].open:
        with views[1]:
            check_result.show(found.check.check_id, *check_card.here(meeting_id))
    markup.sentence(f"This sample: {told(found)}. Drawn by {found.check.drawn_by}.")


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
page.head(
    "Check the machine",
    "Put passages under themes yourself, without seeing where the machine put them. Then see how "
    "far you, others and the machine agree.",
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
)
zone = zone_now()
samples = coding.checks(meeting_id, zone)
if samples:
    show(choose(samples), zone)
    with st.expander("Draw another sample"):
        draw_one(zone)
elif zone is Zone.RESTRICTED or themes.theme_report(meeting_id):
    page.section(
        "No sample yet",
        "Passages are drawn at random from every theme and from what is in none.",
    )
    draw_one(zone)
else:
    page.empty("No themes yet", "There is nothing to check before the themes were found.")
if may_read_raw():
    st.toggle("Use everything that was heard, not only what was released", key="check_raw")
