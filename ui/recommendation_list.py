"""A list of recommendations from a file: look first, then add. Start at `bring_in`."""

import streamlit as st

from domain.errors import RoundtableError
from domain.ids import MeetingId
from services import recommendations, transcripts
from ui import markup, page, session
from ui.tables import table
from ui.words import count

TABLES = (".csv", ".tsv", ".xlsx")
GUESSED = "Find it by itself"


def bring_in(meeting_id: MeetingId) -> None:
    """Take a file, show its recommendations, and add them when told so."""
    file = st.file_uploader(
        "List of recommendations: .csv, .xlsx, .docx, .txt or .md", key="recommendation_file"
    )
    if file is None:
        return
    try:
        column = _column(file.name, file.getvalue())
        found = recommendations.read_list(file.name, file.getvalue(), column)
    except RoundtableError as error:
        page.refused(str(error))
        return
    known = {v.recommendation.text for v in recommendations.recommendations(meeting_id)}
    n_new = sum(row.text not in known for row in found.rows)
    page.section(f"{count(len(found.rows), 'recommendation')} in {file.name}")
    table(("No.", "Recommendation"), [(row.number, row.text) for row in found.rows])
    markup.lines((oddity.sentence, oddity.place) for oddity in found.oddities)
    if not n_new:
        markup.sentence("All of them are in this meeting.")
        return
    st.button(
        f"Add {count(n_new, 'recommendation')}",
        type="primary",
        key="add_recommendations",
        on_click=page.do,
        args=(
            f"{count(n_new, 'recommendation').capitalize()} added.",
            recommendations.save_list,
            meeting_id,
            found,
        ),
        kwargs={"author": session.author()},
    )


def _column(file_name: str, data: bytes) -> str | None:
    """Which column of a table holds the recommendations; None lets the reader find it."""
    if not file_name.lower().endswith(TABLES):
        return None
    headers = transcripts.read_columns(file_name, data).headers
    chosen = st.selectbox(
        "Column with the recommendations", [GUESSED, *headers], key="recommendation_column"
    )
    return None if chosen == GUESSED else chosen
