"""Recommendations that are joined: which one stands for which. Start at `beside`."""

from collections.abc import Sequence

import streamlit as st

from domain.recommendations import Recommendation
from services import merging
from services.recommendations import RecommendationView
from ui import markup, page, session
from ui.words import count

CHOSEN = "recommendation"


def beside(view: RecommendationView, every: Sequence[RecommendationView]) -> None:
    """Which one stands for it, and for which ones it stands; a way to part them again."""
    wanted = view.recommendation
    into = next(
        (
            v.recommendation
            for v in every
            if v.recommendation.recommendation_id == wanted.merged_into
        ),
        None,
    )
    if into:
        page.section(f"Joined with recommendation {into.number}")
        markup.sentence(into.text)
        _opens_and_parts(into, wanted)
    for one in view.stands_for:
        page.section(f"It stands for recommendation {one.number} as well")
        markup.sentence(one.text)
        _opens_and_parts(one, one)


def listed(every: Sequence[RecommendationView]) -> None:
    """Those that another one stands for: out of the list, and still readable."""
    hidden = [v.recommendation for v in every if v.recommendation.merged_into is not None]
    if not hidden:
        return
    page.section(f"{count(len(hidden), 'recommendation').capitalize()} joined with another one")
    for one in hidden:
        markup.sentence(f"{one.number}. {one.text}")
        st.button(
            f"Open recommendation {one.number}",
            key=f"open_{one.recommendation_id}",
            type="tertiary",
            on_click=session.keep,
            args=(CHOSEN, one.recommendation_id),
        )


def _opens_and_parts(other: Recommendation, joined_one: Recommendation) -> None:
    """Open the other one of a joined pair, or part the two."""
    with st.container(horizontal=True, key=f"joined_{joined_one.recommendation_id}"):
        st.button(
            f"Open recommendation {other.number}",
            key=f"open_joined_{other.recommendation_id}",
            type="tertiary",
            on_click=session.keep,
            args=(CHOSEN, other.recommendation_id),
        )
        if session.may_edit():
            st.button(
                "Part them again",
                key=f"part_{joined_one.recommendation_id}",
                type="tertiary",
                on_click=page.do,
                args=(
                    "Both stand for themselves again.",
                    merging.part,
                    joined_one.recommendation_id,
                ),
                kwargs={"author": session.author()},
            )
