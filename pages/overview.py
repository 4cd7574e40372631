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
from ui import chain_links, charts, markup, page, screens, session, take_along, words

N_DRAWN = 6
N_CHANGES = 3
LONGEST = 80
# How each number is called and where it leads.
LINKS: dict[str, tuple[str, screens.Screen]] = {
    "recommendations": ("Recommended", screens.RECOMMENDATIONS),
    "chosen": ("Chosen", screens.RECOMMENDATIONS),
    "taken up": ("Have an initiative", screens.INITIATIVES),
    "launched": ("Launched", screens.INITIATIVES),
    "measured": ("Measured", screens.INITIATIVES),
}


def show_numbers(numbers: tuple[ChainNumber, ...]) -> None:
    """The chain from recommendations onward, each number with its denominator."""
    with st.container(key="chain_numbers"):
        for column, number in zip(st.columns(len(numbers)), numbers, strict=True):
            name, screen = LINKS[number.label]
            of = f"of {number.of}" if number.of is not None else "by all meetings"
            with column:
                screens.link(screen, name)
                markup.number(str(number.value), of)


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
    owner = office(line.owner) or "No owner yet"
    age = "new this month" if line.age_months <= 0 else f"waiting {words.age(line.age_months)}"
    markup.draw(
        f'<div class="rt-side">{markup.safe(owner)}, {age}. '
        f'<a href="{markup.safe(ask(line))}">Ask for an update</a></div>'
    )


def office(owner: str) -> str:
    """The first name of an owner: "Policy office (role open)" is told as "Policy office"."""
    return markup.shortened(owner.partition("(")[0].partition(",")[0].strip(), 24)


def link_of(line: Attention) -> None:
    """The sentence leads to what it is about."""
    label = markup.plain(markup.shortened(line.sentence, 90))
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
    n_launched = sum(entry.stage.is_launched for entry in ours)
    which = "" if len(drawn) == len(ours) else f" The {len(drawn)} asked for first are drawn."
    charts.show(
        charts.timeline(
            [span(e, today) for e in drawn], [s for e in drawn for s in dots(e)], today
        ),
        title=f"{words.people_say(n_launched, len(ours), noun='initiatives')} reached people",
        sentence="Each line runs from the meeting that asked to today; a filled mark says that "
        f"people can use it.{which}",
        columns=["Initiative", "Asked for", "Stage today", "Since"],
        rows=[
            [e.title, words.month(e.asked_on), e.stage.value, words.month(reached(e))] for e in ours
        ],
    )


def reached(entry: TimelineEntry) -> date | None:
    """The day of the newest stage, where it is known."""
    return entry.steps[-1][1] if entry.steps else None


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
    page.section("What changed in half a year")
    if not changes:
        markup.sentence("No stage was reached and nothing was measured.")
    with st.container(key="changes", gap="xsmall"):
        for number, change in enumerate(changes[:N_CHANGES]):
            with st.container(key=f"line_change_{number}", gap=None):
                told = f"{brief(change.sentence)} ({words.month(change.happened_on)})"
                label = markup.plain(told)
                screens.link(screens.INITIATIVE, label, initiative=change.initiative_id)


def brief(sentence: str) -> str:
    """A long change without its middle: which initiative, and the value at the end."""
    if len(sentence) <= LONGEST:
        return sentence
    end = " ".join(sentence.split()[-2:])
    return f"{markup.shortened(sentence, LONGEST - len(end))} {end}"


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
waits, since = st.columns([1, 1], gap="large")
with waits:
    show_attention(seen.attention)
with since:
    show_changes(seen.changes)
    show_timeline(seen.timeline, today)
    n_documented = sum(entry.is_documented for entry in seen.timeline)
    if n_documented:
        label = f"{words.count(n_documented, 'documented outcome')}, told apart with their sources"
        screens.link(screens.INITIATIVES, words.sentence_case(label))
chain_links.offer(programme_id)
take_along.of_programme(programme_id, today)
