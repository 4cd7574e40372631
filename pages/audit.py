"""Who did what: the log, whether it is whole, and the way to take it along."""

from functools import partial

import streamlit as st

from services import audit_log, meaning_model
from ui import markup, page, session
from ui.tables import table
from ui.words import count, moment

EVERYBODY = "everybody"


def whole(log: audit_log.Log) -> None:
    """Say whether anything was changed or cut off."""
    if log.first_broken is None:
        st.success(f"The log is whole: {count(log.n_events, 'event')}, each sealed with the next.")
    else:
        page.refused(
            f"The log was changed from event {log.first_broken} on, or its end was cut off. Keep "
            "this database as it is, and compare it with a backup."
        )


def choose_actor(log: audit_log.Log) -> str:
    """Whose events are shown."""
    if st.session_state.get("audit_actor") not in (None, EVERYBODY, *log.actors):
        st.session_state["audit_actor"] = EVERYBODY
    chosen = st.selectbox("Who", [EVERYBODY, *log.actors], key="audit_actor")
    return "" if chosen == EVERYBODY else str(chosen)


def events(actor: str) -> None:
    """One page of events; older ones one press away."""
    before = session.chosen("before")
    shown = audit_log.read_log(actor=actor, before=int(before) if before.isdecimal() else None)
    if not shown.events:
        page.empty("Nothing older", "This is the beginning of the log.")
        return
    table(
        ["When", "Who", "What", "To what", "Why"],
        [
            [
                moment(event.happened_at),
                event.actor,
                event.action,
                f"{event.subject_kind} {event.subject_id}",
                event.reason,
            ]
            for event in shown.events
        ],
        caption="Newest first. Ids only: no words of people, no answers, no addresses.",
    )
    older, newest = st.columns(2)
    oldest = str(shown.events[-1].number)
    if shown.events[-1].number > 1:
        older.button("Show older", key="older", on_click=partial(session.keep, "before", oldest))
    if before:
        newest.button("Back to the newest", on_click=partial(session.keep, "before", ""))


page.head(
    "Who did what",
    "Every release, reading of raw words, change of roles and erasure.",
)
whole_log = audit_log.read_log(n=1)
whole(whole_log)
events(choose_actor(whole_log))
st.download_button(
    "Take the log along (CSV)",
    data=session.later(audit_log.export_log),
    file_name="who-did-what.csv",
    mime="text/csv",
)
markup.sentence(meaning_model.described())
