"""Parts of the page of one recommendation: its quotes, its wording, its story. See `supports`."""

from datetime import date
from functools import partial

import streamlit as st

from domain.ids import RecommendationId
from domain.recommendations import Evidence, Recommendation
from services import recommendations
from services.overview import months_between
from services.recommendation_story import story
from services.recommendations import RecommendationView, Suggestion
from ui import markup, page, session, undo
from ui.quotes import quote
from ui.words import age, count, day


def supports(view: RecommendationView) -> None:
    """The quotes behind it, checked against what was said, and a way to take one away."""
    wanted = view.recommendation
    page.section("What was said for it")
    undo.offer(wanted.recommendation_id)
    if not view.evidence:
        page.empty("No quote yet", "A recommendation stands on what people said.")
    for evidence in view.evidence:
        with st.container(gap=None, key=f"evidence_{evidence.evidence_id}"):
            quote(
                evidence.quote, evidence.stakeholder_group, evidence.start_s, source=evidence.place
            )
            if session.may_edit():
                st.button(
                    "Take this quote away",
                    key=f"detach_{evidence.evidence_id}",
                    type="tertiary",
                    on_click=detach,
                    args=(evidence,),
                )
    if view.n_lost_sources:
        markup.sentence(f"{count(view.n_lost_sources, 'source').capitalize()} withdrawn.")
    if view.n_broken:
        page.refused(
            f"{count(view.n_broken, 'quote')} no longer stands word for word in what was said "
            "and is not shown. Attach it again from the newest text."
        )


def detach(evidence: Evidence) -> None:
    """Take a quote away, with a way to put it back."""
    back = partial(
        recommendations.attach,
        evidence.recommendation_id,
        evidence.quote,
        author=session.author(),
    )
    undo.do(
        "The quote is taken away; what was said stays.",
        partial(recommendations.detach, evidence.evidence_id, author=session.author()),
        undo.Way("Undo: put the quote back", "The quote is back.", back),
        place=evidence.recommendation_id,
    )


def suggestions(wanted: Recommendation) -> None:
    """Words of the meeting that mean nearly the same, nearest first."""
    page.section("Words that may support it", "Nearest in meaning first; you decide.")
    if not st.toggle("Look for quotes", key=f"suggest_{wanted.recommendation_id}"):
        return
    with st.spinner("Comparing with what was said"):
        near = recommendations.suggest_evidence(wanted.recommendation_id)
    if not near:
        markup.sentence("Nothing was released in this meeting yet that could be compared.")
    for place, one in enumerate(near):
        with st.container(gap=None, key=f"near_{place}"):
            quote(one.quote, one.stakeholder_group, one.start_s)
            st.button(
                "Attach this quote",
                key=f"attach_{wanted.recommendation_id}_{one.quote.revision_id}_{one.quote.start}",
                type="tertiary",
                on_click=attach,
                args=(wanted.recommendation_id, one),
            )


def attach(recommendation_id: RecommendationId, one: Suggestion) -> None:
    """Attach a suggested quote."""
    page.do(
        "Attached.", recommendations.attach, recommendation_id, one.quote, author=session.author()
    )


def reword(wanted: Recommendation) -> None:
    """A new wording; earlier ones stay readable."""
    earlier = recommendations.wordings(wanted.recommendation_id)
    if session.may_edit():
        with st.expander("Word it anew"), st.form(f"reword_{wanted.revision_number}"):
            text = st.text_area("New wording", value=wanted.text, key="new_wording")
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
