"""The chain of every recommendation, added up, and which links are missing. Start at `offer`."""

from collections.abc import Sequence

import streamlit as st

from domain.ids import ProgrammeId
from domain.recommendations import RecommendationState
from services.chain import LINK_NAMES, ChainOf, by_meeting, chain
from ui import markup, page, screens, tables
from ui.words import people_say, sentence_case


def offer(programme_id: ProgrammeId) -> None:
    """Meeting by meeting, once somebody asks: every quote behind every number is verified."""
    page.section(
        "The chain, link by link", "From the words behind a recommendation to what was measured."
    )
    if not st.toggle("Show the chain of each meeting", key="show_chain"):
        return
    links = chain(programme_id)
    if not links:
        markup.sentence("Nothing was recommended yet.")
        return
    tables.table(
        ("Meeting", *LINK_NAMES),
        [(held.meeting.label, *held.numbers) for held in by_meeting(links)],
        caption="How many recommendations of each meeting every link holds",
    )
    _missing([link for link in links if link.missing], links)


def _missing(broken: Sequence[ChainOf], links: Sequence[ChainOf]) -> None:
    n_chosen = sum(link.state is RecommendationState.CHOSEN for link in links)
    told = people_say(len(broken), n_chosen, noun="chosen recommendations miss a link")
    markup.sentence(f"{told}.")
    with st.container(key="missing_links", gap="xsmall"):
        for link in broken:
            told = f"{link.meeting.label}, {link.number}. {markup.shortened(link.text, 80)}"
            with st.container(key=f"line_missing_{link.recommendation_id}", gap=None):
                screens.link(
                    screens.RECOMMENDATIONS,
                    markup.plain(told),
                    meeting=link.meeting.meeting_id,
                    recommendation=link.recommendation_id,
                )
                side = sentence_case(", ".join(link.missing))
                markup.draw(f'<div class="rt-side">{markup.safe(side)}.</div>')
