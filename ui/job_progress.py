"""Long work as a bar that moves by itself while it is open. Start at `theme_finding`."""

from collections.abc import Callable

import streamlit as st

from domain.access import Act
from domain.ids import MeetingId, ProgrammeId
from services import jobs, self_test, themes
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


def self_testing(programme_id: ProgrammeId) -> bool:
    """Show how far the self test is, or why it stopped; True while it goes on."""
    job = self_test.under_way(programme_id)
    if job is None:
        return False
    if job.finished_at is None:
        moving: Callable[[ProgrammeId], None] = st.fragment(_test_bar, run_every=LOOK_EVERY_S)
        moving(programme_id)
        return True
    if job.state.value in ("failed", "interrupted"):
        page.refused(job.message)
    return False


@st.cache_data(ttl=WARM_FOR_S, show_spinner=False)
def warm_model() -> None:
    """Ask, at most once in ten minutes, that the model loads while a person still chooses."""
    themes.request_warm_model()


def _test_bar(programme_id: ProgrammeId) -> None:
    job = self_test.under_way(programme_id)
    if job is None or job.finished_at is not None:
        st.rerun()
    st.progress(job.share_done, text=plain(f"Self test: {job.message or 'Waiting for the worker'}"))
    st.button(
        "Stop the self test",
        key=f"stop_{job.job_id}",
        on_click=page.do,
        args=("Stopped. The last result stays.", self_test.cancel, programme_id, job.job_id),
    )


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
