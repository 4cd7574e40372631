"""Two votes on the same recommendations, side by side, as released. See `before_and_after`."""

import streamlit as st

from domain.ids import BallotId
from services import comparing
from ui import markup, page
from ui.tables import table


def before_and_after(ballot_id: BallotId) -> None:
    """What changed since an earlier vote; nothing where there is none."""
    earlier = dict(comparing.comparable(ballot_id))
    if not earlier:
        return
    page.section(
        "Before and after",
        "What both votes released. A change is told from five people's answers on; less than "
        "that would be a few people's.",
    )
    before = st.selectbox(
        "Compare with", list(earlier), format_func=lambda one: earlier[one], key="compare_with"
    )
    found = comparing.compare(before, ballot_id)
    rows = [(one.text, one.before, one.after, one.change) for one in found]
    table(("Recommendation", "Before", "After", "Agreeing"), rows)
    if all(one.change == comparing.UNTOLD for one in found):
        markup.sentence("Too few answers are counted in both to tell a change.")
