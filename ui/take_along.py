"""Documents and files to hand on, as buttons. Start at `of_meeting`."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from domain.access import Act
from domain.ids import ProgrammeId
from domain.meetings import Meeting
from services.exports import export_meeting
from services.meeting_report import meeting_report
from services.programme_pack import programme_pack
from ui import markup, page, session


def of_meeting(meeting: Meeting) -> None:
    """The report to read and print, and the data, of a meeting."""
    if not session.may(Act.EXPORT):
        return
    page.section("Take it along")
    markup.sentence(
        "Both hold released words only, of people who may be quoted, under their group and no name."
    )
    stem = _stem(f"{meeting.held_on}-{meeting.season}")
    with st.container(horizontal=True, key="take_along"):
        st.download_button(
            "Download the report to print (HTML)",
            data=_file(session.later(meeting_report, meeting.meeting_id, date.today())),
            file_name=f"{stem}.html",
            mime="text/html",
            key="report",
            on_click="ignore",
            help="One file with themes, recommendations and what came of them. It opens anywhere "
            "and loads nothing; print it to have it on paper or as PDF.",
        )
        st.download_button(
            "Download the data (ZIP)",
            data=_file(session.later(export_meeting, meeting.meeting_id)),
            file_name=f"{stem}.zip",
            mime="application/zip",
            key="data",
            on_click="ignore",
            help="What was said, themes, recommendations and the quotes behind them, as CSV.",
        )


def of_programme(programme_id: ProgrammeId, today: date) -> None:
    """What was promised and where it stands, for the board and for everyone."""
    if not session.may(Act.EXPORT, is_for_programme=True):
        return
    page.section("Take it along")
    with st.container(horizontal=True, key="take_along"):
        for edition, is_for_board, told in (
            ("board", True, "With what waits, whose it is, and which links are missing."),
            ("everyone", False, "Without what is late and who promised it."),
        ):
            call = session.later(programme_pack, programme_id, today, is_for_board=is_for_board)
            st.download_button(
                f"Download the edition for {'the board' if is_for_board else edition} (HTML)",
                data=_file(call),
                file_name=f"{_stem(f'promises-{edition}-{today}')}.html",
                mime="text/html",
                key=f"pack_{edition}",
                on_click="ignore",
                help=f"{told} One file that opens anywhere; print it for paper or PDF.",
            )


def _stem(name: str) -> str:
    return f"sample-{name}" if session.is_sample() else name


def _file(call: Callable[[], tuple[str, bytes]]) -> Callable[[], bytes]:
    """What is downloaded is made when it is asked for."""
    return lambda: call()[1]
