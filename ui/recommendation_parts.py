"""Parts of the page of one recommendation: its wording and its story. Start at `tell_story`."""

from datetime import date

import streamlit as st

from domain.recommendations import Recommendation
from services import recommendations
from services.overview import months_between
from services.recommendation_story import story
from ui import echo_list, markup, page, reading_level, session
from ui.words import age, day


def reword(wanted: Recommendation) -> None:
    """A new wording; earlier ones stay readable."""
    earlier = recommendations.wordings(wanted.recommendation_id)
    if session.may_edit():
        if st.toggle("Look whether it was said before", key=f"echoes_{wanted.recommendation_id}"):
            echo_list.beside(wanted.meeting_id, wanted.text, without=wanted.recommendation_id)
        with st.expander("Word it anew"), st.form(f"reword_{wanted.revision_number}"):
            text = st.text_area("New wording", value=wanted.text, key="new_wording")
            reading_level.tell(wanted.text)
            if st.form_submit_button("Keep this wording"):
                page.do(
                    "The new wording is kept; the earlier one stays readable.",
                    recommendations.revise,
                    wanted.recommendation_id,
                    text,
                    author=session.author(),
                )
                st.rerun()
    if len(earlier) > 1:
        page.section("Earlier wordings")
        markup.events((f"Wording {n}, by {by}", text, "") for n, text, by in earlier)


def tell_story(wanted: Recommendation) -> None:
    """What happened to it, from the meeting that asked down to today."""
    happened = story(wanted.recommendation_id)
    asked_on, today = happened[0].on, date.today()
    told = [(day(event.on) if event.on else "", f"{event.sentence}.", "") for event in happened]
    since = age(months_between(asked_on, today)) if asked_on else ""
    page.section("Its story")
    markup.events([*told, (f"Today, {day(today)}", f"{since} since it was asked for.", "")])
