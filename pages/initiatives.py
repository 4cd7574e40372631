"""Initiatives: what became of what was asked, by stage or as a table."""

from datetime import date

import streamlit as st

from domain.access import Act
from domain.initiatives import Stage
from services.initiatives import InitiativeView, initiatives
from services.overview import months_between
from ui import initiative_new, markup, page, screens, session, tables, words
from ui.sparks import in_words, spark_html

SHOW, NEW = "show", "new"
BOARD, TABLE = "board", "table"
COLUMNS: dict[str, tuple[Stage, ...]] = {
    "Proposed": (Stage.PROPOSED, Stage.REFINING),
    "In development": (Stage.IN_DEVELOPMENT,),
    "Launched": (Stage.LAUNCHED, Stage.MEASURING),
    "Closed": (Stage.CLOSED_IMPLEMENTED, Stage.CLOSED_NOT_IMPLEMENTED),
}


def board(found: list[InitiativeView]) -> None:
    """A column a stage, the longest in its stage first."""
    for column, (name, stages) in zip(st.columns(len(COLUMNS)), COLUMNS.items(), strict=True):
        here = [view for view in found if view.initiative.stage in stages]
        with column:
            page.section(name, words.count(len(here), "initiative"))
            for view in sorted(here, key=lambda v: v.stage_since or date.max):
                card(view)


def card(view: InitiativeView) -> None:
    """What it answers, its owner and age, the next milestone and its measure."""
    initiative = view.initiative
    with st.container(key=f"card_{initiative.initiative_id}", gap=None):
        screens.link(
            screens.INITIATIVE,
            f"**{markup.plain(initiative.title)}**",
            initiative=initiative.initiative_id,
        )
        facts = [initiative.stage.value, f"Owner: {initiative.owner or 'none yet'}"]
        if view.stage_since:
            age = months_between(view.stage_since, date.today())
            facts[0] += f" since {words.month(view.stage_since)}" if age else ", new this month"
        if view.next_milestone and not initiative.stage.is_closed:
            due = view.next_milestone.due_on
            when = f", due {words.month(due)}" if due else ""
            facts.append(f"Next: {view.next_milestone.title}{when}")
        if view.answers:
            facts.append(f"Answers {asked(view)}")
        told = "".join(f'<p class="rt-side">{markup.safe(f)}</p>' for f in map(sentence, facts))
        lines = "".join(spark_html(measure) for measure in initiative.measures[:1])
        markup.draw(f'<div class="rt-card">{told}{lines}</div>')


def sentence(text: str) -> str:
    """A fact as a short sentence."""
    return words.sentence_case(text)


def asked(view: InitiativeView) -> str:
    """ "Fall 2022, number 3"; several meetings one after the other."""
    return words.listed([f"{a.meeting_label}, number {a.number}" for a in view.answers])


def as_table(found: list[InitiativeView]) -> None:
    """Everything on a line each, to read or to print."""
    tables.table(
        ["Initiative", "Stage", "Since", "Owner", "Answers", "Next milestone", "Measure"],
        [
            [
                view.initiative.title,
                view.initiative.stage.value,
                words.month(view.stage_since),
                view.initiative.owner or "none yet",
                asked(view) or "nothing in this programme",
                view.next_milestone.title if view.next_milestone else "none open",
                "; ".join(in_words(m) for m in view.initiative.measures if m.readings)
                or "not read yet",
            ]
            for view in found
        ],
        caption=f"{words.count(len(found), 'initiative')}, as of {words.day(date.today())}",
    )


def documented(found: list[InitiativeView]) -> None:
    """Real outcomes with their sources, never linked to invented words or votes."""
    if not found:
        return
    page.section(
        "Documented outcomes",
        "Real initiatives of the ALS Association, told with their sources. They stand apart: "
        "nothing said, recommended or voted in the sample led to them.",
    )
    for row in range(0, len(found), 2):
        for column, view in zip(st.columns(2), found[row : row + 2], strict=False):
            with column, st.container(key=f"card_{view.initiative.initiative_id}", gap=None):
                outcome(view)


def outcome(view: InitiativeView) -> None:
    """A documented outcome with where it is written."""
    initiative = view.initiative
    screens.link(
        screens.INITIATIVE,
        f"**{markup.plain(initiative.title)}**",
        initiative=initiative.initiative_id,
    )
    tag = f'<span class="rt-tag">Documented</span> {markup.safe(initiative.kind.value)}'
    markup.draw(
        f'<div class="rt-card"><p class="rt-side">{tag}, {markup.safe(initiative.stage.value)}</p>'
        f"<p>{markup.safe(markup.shortened(initiative.summary, 220))}</p>"
        f'<p class="rt-side">Source: {markup.safe(markup.shortened(initiative.source, 160))}</p>'
        "</div>"
    )


def ways_to_look() -> str:
    """Board or table, kept in the address."""
    names = {BOARD: "Board by stage", TABLE: "Table"}
    shown = session.chosen(SHOW) if session.chosen(SHOW) in names else BOARD
    picked = st.segmented_control(
        "How to show them",
        list(names),
        default=shown,
        required=True,
        format_func=lambda option: names[option],
        key="initiatives_shown_as",
        label_visibility="collapsed",
    )
    session.keep(SHOW, TABLE if picked == TABLE else "")
    return picked or BOARD


programme_id = session.open_programme_id()
may_follow_up = session.may(Act.FOLLOW_UP, is_for_programme=True)
pressed = page.head(
    "Initiatives",
    "What became of what was asked, who carries it, and what has been measured since.",
    eyebrow=getattr(session.open_programme(), "name", ""),
    action="New initiative" if may_follow_up else "",
)
if pressed:
    session.keep(NEW, "yes")
if may_follow_up and session.chosen(NEW):
    initiative_new.new_initiative(programme_id, on_closed=lambda: session.keep(NEW, ""))

views = initiatives(programme_id)
ours = [view for view in views if not view.initiative.is_documented]
if not ours:
    page.empty(
        "No initiative yet",
        "Choose recommendations, then turn one or more of them into an initiative.",
    )
    screens.link(screens.RECOMMENDATIONS, "Go to the recommendations")
else:
    (board if ways_to_look() == BOARD else as_table)(ours)
documented([view for view in views if view.initiative.is_documented])
