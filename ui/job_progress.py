"""Long work as a bar that moves by itself while it is open. Start at `theme_finding`."""

from collections.abc import Callable

import streamlit as st

from domain.access import Act
from domain.ids import MeetingId
from services import jobs, themes
from ui import page, session
from ui.markup import plain

LOOK_EVERY_S = 1.0
WARM_FOR_S = 600


def theme_finding(meeting_id: MeetingId) -> bool:
    """Show how far the finding of themes is, or why it stopped; True while it goes on."""
    job = jobs.newest(meeting_id, themes.THEMES)
    if job is None:
        return False
    if job.finished_at is None:
        moving: Callable[[MeetingId], None] = st.fragment(_bar, run_every=LOOK_EVERY_S)
        moving(meeting_id)
        return True
    if job.state.value == "failed":
        page.refused(job.message)
    return False


@st.cache_data(ttl=WARM_FOR_S, show_spinner=False)
def warm_model() -> None:
    """Ask, at most once in ten minutes, that the model loads while a person still chooses."""
    themes.request_warm_model()


def _bar(meeting_id: MeetingId) -> None:
    job = jobs.newest(meeting_id, themes.THEMES)
    if job is None or job.finished_at is not None:
        st.rerun()
    doing = job.message or "Waiting for the worker"
    st.progress(job.share_done, text=plain(f"Finding themes: {doing}"))
    if session.may(Act.ANALYSE):
        st.button(
            "Stop finding themes",
            key=f"stop_{job.job_id}",
            on_click=page.do,
            args=("Stopped. What was there before stays.", jobs.cancel, job.job_id),
        )
