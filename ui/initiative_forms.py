"""What a facilitator adds to an initiative. Start at `further`.

Every write happens in a callback, so that a second press cannot stop the first half-way.
"""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from domain.ids import InitiativeId, MeasureId, ProgrammeId, RecommendationId
from domain.initiatives import (
    Deliverable,
    Measure,
    Milestone,
    Reading,
    Stage,
    StageEvent,
)
from services import initiatives
from services.initiatives import InitiativeView
from ui import markup, page, session
from ui.initiative_new import chosen_recommendations, typed
from ui.words import sentence_case


def further(programme_id: ProgrammeId, view: InitiativeView) -> None:
    """Everything that can be added to an initiative."""
    initiative_id = view.initiative.initiative_id
    page.section("Write down what happened")
    tabs = st.tabs(["Stage", "Reading", "Milestone", "Deliverable", "Measure", "Answers"])
    with tabs[0]:
        _stage(programme_id, view)
    with tabs[1]:
        _reading(view)
    with tabs[2]:
        _milestone_done(view)
        _milestone(initiative_id)
    with tabs[3]:
        _deliverable(initiative_id)
    with tabs[4]:
        _measure(initiative_id)
    with tabs[5]:
        _answers(programme_id, view)


def _stage(programme_id: ProgrammeId, view: InitiativeView) -> None:
    with st.form("stage"):
        st.selectbox(
            "The stage it has reached",
            list(Stage),
            index=list(Stage).index(view.initiative.stage),
            format_func=sentence_case,
            key="stage_stage",
        )
        st.date_input("Since", value="today", key="stage_on")
        st.text_input("Note", key="stage_note")
        st.text_input("Reason, if it closes without being implemented", key="stage_reason")
        st.form_submit_button(
            "Write down the stage",
            key="stage_write",
            on_click=lambda: page.do(
                "The stage is written down. Earlier stages stay as they are.",
                initiatives.set_stage,
                programme_id,
                view.initiative.initiative_id,
                StageEvent(
                    Stage(typed("stage_stage")),
                    st.session_state["stage_on"],
                    typed("stage_note"),
                    typed("stage_reason"),
                ),
                actor=session.author(),
            ),
        )


def _reading(view: InitiativeView) -> None:
    names = {m.measure_id: f"{m.name} ({m.unit})" for m in view.initiative.measures}
    if not names:
        markup.sentence("Name a measure first.")
        return
    with st.form("reading", clear_on_submit=True):
        st.selectbox("Measure", list(names), format_func=lambda m: names[m], key="reading_of")
        st.number_input("Value", value=None, key="reading_value", placeholder="A number")
        st.date_input("Read on", value="today", key="reading_on")
        st.text_input("Source: where this number is written", key="reading_source")
        st.text_input("Note", key="reading_note")
        st.form_submit_button("Add the reading", key="reading_add", on_click=_add_reading)


def _add_reading() -> None:
    value = st.session_state["reading_value"]
    if value is None:
        session.tell("A reading needs its value.", is_refusal=True)
        return
    reading = Reading(
        float(value),
        st.session_state["reading_on"],
        typed("reading_source"),
        typed("reading_note"),
    )
    measure_id = MeasureId(typed("reading_of"))
    page.do("The reading is added.", initiatives.add_reading, measure_id, reading)


def _milestone_done(view: InitiativeView) -> None:
    numbered = enumerate(view.initiative.milestones, start=1)
    names = {n: milestone.title for n, milestone in numbered if milestone.done_on is None}
    if not names:
        return
    with st.form("milestone_is_done", clear_on_submit=True):
        st.selectbox(
            "Milestone that is done", list(names), format_func=lambda n: names[n], key="done_which"
        )
        st.date_input("Done on", value="today", key="done_on")
        st.form_submit_button(
            "Mark as done",
            key="done_mark",
            on_click=lambda: page.do(
                "The milestone is marked as done.",
                initiatives.mark_done,
                view.initiative.initiative_id,
                int(st.session_state["done_which"]),
                st.session_state["done_on"] or date.today(),
            ),
        )


def _milestone(initiative_id: InitiativeId) -> None:
    with st.form("milestone", clear_on_submit=True):
        st.text_input("What is due", key="milestone_title")
        st.date_input("Due on", value=None, key="milestone_due")
        st.date_input("Done on, if it is done", value=None, key="milestone_done")
        st.form_submit_button(
            "Add the milestone",
            key="milestone_add",
            on_click=lambda: page.do(
                "The milestone is added.",
                initiatives.add_milestone,
                initiative_id,
                Milestone(
                    typed("milestone_title"),
                    st.session_state["milestone_due"],
                    st.session_state["milestone_done"],
                ),
            ),
        )


def _deliverable(initiative_id: InitiativeId) -> None:
    with st.form("deliverable", clear_on_submit=True):
        st.text_input("What was made", key="deliverable_title")
        st.text_input("Channel, as in website, clinic, radio", key="deliverable_channel")
        st.date_input("Since", value=None, key="deliverable_on")
        st.text_input("Link", key="deliverable_link")
        st.form_submit_button(
            "Add the deliverable",
            key="deliverable_add",
            on_click=lambda: page.do(
                "The deliverable is added.",
                initiatives.add_deliverable,
                initiative_id,
                Deliverable(
                    typed("deliverable_channel"),
                    typed("deliverable_title"),
                    st.session_state["deliverable_on"],
                    typed("deliverable_link"),
                ),
            ),
        )


def _measure(initiative_id: InitiativeId) -> None:
    with st.form("measure", clear_on_submit=True):
        st.text_input("What should change for people", key="measure_name")
        st.text_input("Unit, as in days or share of clinics", key="measure_unit")
        st.selectbox("Which way is better", ["Lower", "Higher"], key="measure_way")
        left, right = st.columns(2)
        left.number_input("Baseline", value=None, key="measure_baseline")
        left.date_input("Baseline of", value=None, key="measure_baseline_on")
        left.text_input("Source of the baseline", key="measure_source")
        right.number_input("Target", value=None, key="measure_target")
        right.date_input("Target by", value=None, key="measure_target_on")
        st.form_submit_button(
            "Add the measure",
            key="measure_add",
            on_click=lambda: page.do(
                "The measure is added.", initiatives.add_measure, initiative_id, _typed_measure()
            ),
        )


def _typed_measure() -> Measure:
    fields = st.session_state
    return Measure(
        MeasureId(""),
        typed("measure_name"),
        typed("measure_unit"),
        typed("measure_way") == "Higher",
        fields["measure_baseline"],
        fields["measure_baseline_on"],
        typed("measure_source"),
        fields["measure_target"],
        fields["measure_target_on"],
    )


def _answers(programme_id: ProgrammeId, view: InitiativeView) -> None:
    names = chosen_recommendations(programme_id)
    for answer in view.answers:
        names.setdefault(
            answer.recommendation_id,
            f"{answer.meeting_label}, {answer.number}: {markup.shortened(answer.text, 90)}",
        )
    with st.form("answers"):
        st.multiselect(
            "Which recommendations it answers",
            list(names),
            default=[answer.recommendation_id for answer in view.answers],
            format_func=lambda r: names[r],
            key="answers_ids",
        )
        st.form_submit_button(
            "Keep these",
            key="answers_keep",
            on_click=lambda: page.do(
                "What it answers is written down.",
                initiatives.set_answers,
                view.initiative.initiative_id,
                _ids(st.session_state["answers_ids"]),
                actor=session.author(),
            ),
        )


def _ids(chosen: Iterable[str]) -> tuple[RecommendationId, ...]:
    return tuple(RecommendationId(r) for r in chosen)
