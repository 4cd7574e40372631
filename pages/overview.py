"""Overview: what was promised, where it is, what is stuck, what changed."""

from datetime import date
from urllib.parse import quote as in_address

import streamlit as st

from domain.initiatives import Stage
from services.overview import (
    Attention,
    ChainNumber,
    Change,
    Overview,
    TimelineEntry,
    overview,
)
from ui import charts, markup, page, screens, session, words

N_DRAWN = 7
N_CHANGES = 4
# How each number is called, what it counts, and where it leads.
LINKS: dict[str, tuple[str, str, screens.Screen]] = {
    "recommendations": ("Recommended", "by all meetings", screens.RECOMMENDATIONS),
    "chosen": ("Chosen", "to be acted on", screens.RECOMMENDATIONS),
    "taken up": ("Taken up", "have an initiative", screens.INITIATIVES),
    "launched": ("Launched", "reach people", screens.INITIATIVES),
    "measured": ("Measured", "have a reading", screens.INITIATIVES),
}


def show_numbers(numbers: tuple[ChainNumber, ...]) -> None:
    """The chain from recommendations onward, each number with its denominator."""
    with st.container(key="chain_numbers"):
        for column, number in zip(st.columns(len(numbers)), numbers, strict=True):
            name, counted, screen = LINKS[number.label]
            of = f"of {number.of}" if number.of is not None else ""
            with column:
                markup.numbers([(name, str(number.value), of, "")])
                screens.link(screen, counted)


def show_attention(waiting: tuple[Attention, ...]) -> None:
    """What waits for a person, the longest wait first."""
    page.section("Needs attention")
    if not waiting:
        markup.sentence("Nothing waits for anybody today.")
    with st.container(key="attention", gap="xsmall"):
        for number, line in enumerate(waiting):
            with st.container(key=f"line_attention_{number}", gap=None):
                link_of(line)
                side_of(line)


def side_of(line: Attention) -> None:
    """Whose it is, how long it has waited, and a mail that asks."""
    owner = markup.shortened(line.owner, 22) if line.owner else "No owner yet"
    age = "new this month" if line.age_months <= 0 else words.age(line.age_months)
    markup.draw(
        f'<div class="rt-side">{markup.safe(owner)}, {age}. '
        f'<a href="{markup.safe(ask(line))}">Ask for an update</a></div>'
    )


def link_of(line: Attention) -> None:
    """The sentence leads to what it is about."""
    label = markup.plain(markup.shortened(line.sentence, 80))
    if line.initiative_id:
        screens.link(screens.INITIATIVE, label, initiative=line.initiative_id)
    elif line.recommendation_id and line.meeting_id:
        screens.link(
            screens.RECOMMENDATIONS,
            label,
            meeting=line.meeting_id,
            recommendation=line.recommendation_id,
        )
    elif line.meeting_id:
        screens.link(screens.RECOMMENDATIONS, label, meeting=line.meeting_id)


def ask(line: Attention) -> str:
    """A mail that asks, ready to be sent by the person here."""
    subject = in_address("Where does this stand?")
    body = in_address(f"{line.sentence}\n\nWhat is the next step, and by when?")
    return f"mailto:?subject={subject}&body={body}"


def show_timeline(entries: tuple[TimelineEntry, ...], today: date) -> None:
    """Initiatives from the meeting that asked to today."""
    ours = [entry for entry in entries if not entry.is_documented]
    drawn = [entry for entry in ours if started(entry)][:N_DRAWN]
    if not drawn:
        page.section("From the meeting that asked to today")
        markup.sentence("No initiative has begun yet.")
        screens.link(screens.INITIATIVES, "Go to the initiatives")
        return
    n_launched = sum(entry.stage.is_launched for entry in drawn)
    charts.show(
        charts.timeline(
            [span(e, today) for e in drawn], [s for e in drawn for s in dots(e)], today
        ),
        title="From the meeting that asked to today",
        sentence=f"{n_launched} of {len(drawn)} initiatives shown have reached people; "
        "filled marks are launched stages.",
        columns=["Initiative", "Asked for", "Stage today", "Since"],
        rows=[
            [e.title, words.month(e.asked_on), e.stage.value, words.month(e.steps[-1][1])]
            for e in drawn
        ],
    )


def started(entry: TimelineEntry) -> date | None:
    """The first day that is known of an initiative."""
    days = [day for _, day in entry.steps if day]
    return min([*days, *([entry.asked_on] if entry.asked_on else [])], default=None)


def span(entry: TimelineEntry, today: date) -> dict[str, str]:
    """The line of an initiative: to today, or to the day it closed."""
    ended = entry.steps[-1][1] if entry.stage.is_closed else today
    first = started(entry) or today
    end = ended or today
    return {
        "title": markup.shortened(entry.title, 38),
        "start": first.isoformat(),
        "end": end.isoformat(),
        "stage": entry.stage.value,
    }


def dots(entry: TimelineEntry) -> list[dict[str, object]]:
    """The dated stages of an initiative."""
    title = markup.shortened(entry.title, 38)
    told: list[dict[str, object]] = [
        {
            "title": title,
            "on": day.isoformat(),
            "stage": stage.value,
            "is_launched": Stage(stage).is_launched,
        }
        for stage, day in entry.steps
        if day
    ]
    if entry.asked_on:
        asked = {"title": title, "on": entry.asked_on.isoformat(), "stage": "asked for"}
        told.insert(0, {**asked, "is_launched": False})
    return told


def show_changes(changes: tuple[Change, ...]) -> None:
    """What happened of late, the newest first."""
    page.section("What changed in the last half year")
    if not changes:
        markup.sentence("No stage was reached and nothing was measured.")
    with st.container(key="changes", gap="xsmall"):
        for number, change in enumerate(changes[:N_CHANGES]):
            with st.container(key=f"line_change_{number}", gap=None):
                label = markup.plain(markup.shortened(change.sentence, 110))
                screens.link(screens.INITIATIVE, label, initiative=change.initiative_id)
                markup.draw(f'<div class="rt-side">{words.day(change.happened_on)}</div>')


def nothing_yet() -> None:
    """A programme without a meeting."""
    page.empty("Nothing to sum up yet", "Bring in the first meeting; its chain begins here.")
    screens.link(screens.MEETINGS, "Go to the meetings")


today = date.today()
programme_id = session.open_programme_id()
programme = session.open_programme()
seen: Overview = overview(programme_id, today)

page.head(
    "Where our promises stand",
    seen.sentence,
    eyebrow=f"{programme.name if programme else ''}, {words.day(today)}",
)
if seen.n_meetings == 0:
    nothing_yet()
    st.stop()
show_numbers(seen.numbers)
waits, since = st.columns([4, 5], gap="large")
with waits:
    show_attention(seen.attention)
    show_changes(seen.changes)
with since:
    show_timeline(seen.timeline, today)
    n_documented = sum(entry.is_documented for entry in seen.timeline)
    if n_documented:
        label = f"{words.count(n_documented, 'documented outcome')}, told apart with their sources"
        screens.link(screens.INITIATIVES, words.sentence_case(label))
