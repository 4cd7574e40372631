"""One initiative: what it answers, its dated events, what is due, and what was measured."""

import streamlit as st

from domain.access import Act
from domain.ids import InitiativeId
from domain.initiatives import Initiative, Measure, Milestone
from services.initiatives import InitiativeView, the_initiative
from ui import (
    charts,
    initiative_forms,
    markup,
    owner_links,
    page,
    screens,
    session,
    tables,
    words,
)
from ui.sparks import in_words

NO_CLAIM = "Readings stand beside the initiative; they do not show what caused a change."


def answers(view: InitiativeView) -> None:
    """The recommendations that it answers, each leading to its words and votes."""
    if view.initiative.is_documented:
        return
    page.section("What it answers")
    if not view.answers:
        markup.sentence("It answers no recommendation of this programme yet.")
    for answer in view.answers:
        markup.draw(f'<p class="rt-text">{markup.safe(answer.text)}</p>')
        screens.link(
            screens.RECOMMENDATIONS,
            f"{answer.meeting_label}, recommendation {answer.number}: its words and votes",
            meeting=answer.meeting_id,
            recommendation=answer.recommendation_id,
        )


def measures(initiative: Initiative) -> None:
    """Each measure as a line with baseline and target, and as a table."""
    page.section("What was measured", NO_CLAIM if initiative.measures else "")
    if not initiative.measures:
        markup.sentence("Nothing yet: no measure has been named.")
    for measure in initiative.measures:
        if measure.readings:
            show_measure(measure)
        else:
            not_read(measure)


def show_measure(measure: Measure) -> None:
    """Readings with baseline and target."""
    rows = [{"on": r.read_on.isoformat(), "value": r.value} for r in measure.readings]
    wanted = "higher is better" if measure.is_higher_better else "lower is better"
    told = [[words.day(r.read_on), r.value, r.source, r.note] for r in measure.readings]
    charts.show(
        charts.sparkline(rows, measure.baseline_value, measure.target_value),
        title=f"{measure.name} ({measure.unit}, {wanted})",
        sentence=f"{in_words(measure)}.",
        columns=["Day", "Value", "Source", "Note"],
        rows=[*baseline_row(measure), *told],
    )


def baseline_row(measure: Measure) -> list[list[tables.Cell]]:
    """The baseline as the first line of a measure's table."""
    if measure.baseline_value is None:
        return []
    told = "; ".join(part for part in ("baseline", measure.baseline_note) if part)
    on = words.day(measure.baseline_on)
    return [[on, measure.baseline_value, measure.baseline_source, told]]


def not_read(measure: Measure) -> None:
    """A measure of which only the baseline is known."""
    told = [
        f"Baseline {words.number(measure.baseline_value)} {measure.unit}",
        measure.baseline_note,
        f"Source: {measure.baseline_source}" if measure.baseline_source else "",
        "No reading since",
    ]
    sentences = ". ".join(part.strip().rstrip(".") for part in told if part)
    markup.lines([(measure.name, f"{sentences}.")])


def story(initiative: Initiative) -> None:
    """Every stage with its day; none is ever rewritten."""
    page.section("Its story")
    markup.events(
        (
            words.day(event.happened_on) if event.happened_on else "Day not known",
            words.sentence_case(event.stage.value),
            " ".join(part for part in (event.note, event.reason) if part),
        )
        for event in initiative.events
    )


def milestones(initiative: Initiative) -> None:
    """What is due, and what was done."""
    if not initiative.milestones:
        return
    page.section("Milestones")
    markup.lines((milestone.title, when(milestone)) for milestone in initiative.milestones)


def when(milestone: Milestone) -> str:
    """Done, due, or neither day known."""
    if milestone.done_on:
        return f"done {words.day(milestone.done_on)}"
    return f"due {words.day(milestone.due_on)}" if milestone.due_on else "day not known"


def deliverables(initiative: Initiative) -> None:
    """What was made, by the channel through which it reaches people."""
    if not initiative.deliverables:
        return
    page.section("How it reaches people")
    tables.table(
        ["Channel", "What", "Since"],
        [
            [d.channel, d.title, words.month(d.delivered_on) if d.delivered_on else "not known"]
            for d in sorted(initiative.deliverables, key=lambda d: d.channel)
        ],
    )
    for number, d in enumerate(d for d in initiative.deliverables if d.link):
        st.link_button(markup.plain(f"Open: {d.title}"), d.link, key=f"deliverable_{number}")


def head(view: InitiativeView) -> None:
    """Title, what it is, and where it is written if it is documented."""
    initiative = view.initiative
    kind = f"Documented {initiative.kind.value}" if initiative.is_documented else initiative.kind
    page.head(
        initiative.title,
        initiative.summary,
        eyebrow=words.sentence_case(f"{kind}, {initiative.stage.value}"),
    )
    markup.facts(
        [
            ("Owner", initiative.owner or ("" if initiative.is_documented else "none yet")),
            ("Source", initiative.source),
        ]
    )
    if initiative.link:
        st.link_button("Open its own page", initiative.link, key="initiative_link")


programme_id = session.open_programme_id()
initiative_id = InitiativeId(session.chosen("initiative"))
if not initiative_id:
    page.head("Which initiative?", "Open one from the list.")
    screens.link(screens.INITIATIVES, "Go to the initiatives")
    st.stop()
with page.refusals():
    seen = the_initiative(programme_id, initiative_id)
head(seen)
main, side = st.columns([5, 3], gap="large")
with main:
    answers(seen)
    measures(seen.initiative)
    deliverables(seen.initiative)
with side:
    story(seen.initiative)
    milestones(seen.initiative)
if session.may(Act.FOLLOW_UP, is_for_programme=True) and not seen.initiative.is_documented:
    initiative_forms.further(programme_id, seen)
    owner_links.panel(seen.initiative.initiative_id)
screens.link(screens.INITIATIVES, "All initiatives")
