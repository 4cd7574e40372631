"""Themes over the years: what grew, what returned, what vanished, and who speaks of it."""

from collections.abc import Sequence

import streamlit as st

from domain.ids import ThemeId
from services import theme_kin, theme_years
from services.theme_years import CameOfIt, Course, LastingTheme, ThemeYears
from ui import markup, page, screens, session, theme_over_years, theme_same
from ui.markup import draw, plain, safe, shortened
from ui.quotes import quote
from ui.speaker_words import in_full
from ui.theme_row import years_html
from ui.words import count, people_say, sentence_case

CHOSEN = "theme"
N_LISTED = 6
N_CAME = 5
N_WORDS = 5
N_LETTERS = 110
SECTIONS = (
    (Course.GREW, "Grew"),
    (Course.RETURNED, "Returned"),
    (Course.STAYED, "Stayed, or too few to tell"),
    (Course.SHRANK, "Shrank"),
    (Course.NEW, "New at the newest meeting"),
    (Course.GONE, "No theme any more"),
)


def summary(seen: ThemeYears) -> str:
    """How many themes last, and what they did."""
    lasting = sum(theme.n_meetings > 1 for theme in seen.themes)
    told = f"{people_say(lasting, len(seen.themes), noun='themes')} come up at several meetings."
    n_waiting = len(seen.meetings) - seen.n_found
    if n_waiting:
        told += f" {sentence_case(count(n_waiting, 'meeting'))} have no themes yet."
    return told


def choose(theme_id: ThemeId) -> None:
    """Open another theme, also in the address."""
    session.keep(CHOSEN, theme_id)


def listed(seen: ThemeYears, chosen: LastingTheme) -> None:
    """Every theme by what it did, each a button that opens it, with its row of meetings."""
    for course, title in SECTIONS:
        own = [theme for theme in seen.themes if theme.course is course]
        if not own:
            continue
        page.section(f"{title} ({len(own)})")
        wants_all = st.session_state.get(f"all_{course.name}", False)
        n_shown = len(own) if wants_all else N_LISTED
        for theme in own[:n_shown]:
            row(theme, is_open=theme.theme_id == chosen.theme_id)
        if len(own) > N_LISTED:
            st.toggle(f"Show all {len(own)}", key=f"all_{course.name}")


def row(theme: LastingTheme, *, is_open: bool) -> None:
    """A theme's name, its meetings as a row of bars, and the newest of them in words."""
    last = next(stop for stop in reversed(theme.stops) if stop.theme)
    with st.container(key=f"{'card' if is_open else 'other'}_{theme.theme_id}", gap=None):
        st.button(
            plain(theme.name),
            key=f"open_{theme.theme_id}",
            type="tertiary",
            on_click=choose,
            args=(theme.theme_id,),
        )
        now = "Open now. " if is_open else ""
        told = in_full(last.theme.on_screen.whole) if last.theme else ""
        draw(
            f"{years_html(theme.stops)}"
            f'<div class="rt-bar-words">{now}{safe(f"{last.meeting.label}: {told}")}</div>'
        )


def detail(seen: ThemeYears, theme: LastingTheme) -> None:
    """The chosen theme: its way, who speaks of it, its words, and what came of them."""
    page.section(
        theme.name, f"A theme of {people_say(theme.n_meetings, seen.n_found, noun='meetings')}."
    )
    if seen.n_found > 1:
        theme_over_years.trajectory(theme)
    else:
        markup.sentence("One meeting has themes so far: a way over the years begins with the next.")
    theme_over_years.speakers_over_years(theme)
    if theme_same.may_say():
        theme_same.panel(programme_id, seen, theme)
    else:
        near(theme_kin.near_themes(programme_id, seen, theme.theme_id))
    words(theme)
    came(theme_years.came_of_theme(programme_id, theme))


def near(found: Sequence[LastingTheme]) -> None:
    """Themes of other meetings that may be the same thing, for a person to look at."""
    if not found:
        return
    page.section(
        "Near in meaning at other meetings",
        "Too far apart to be counted as the same theme: read both before you say that it returned.",
    )
    for theme in found:
        last = next(stop for stop in reversed(theme.stops) if stop.theme)
        st.button(
            plain(f"{theme.name}, {last.meeting.label}"),
            key=f"near_{theme.theme_id}",
            type="tertiary",
            on_click=choose,
            args=(theme.theme_id,),
        )


def words(theme: LastingTheme) -> None:
    """What was said about it, meeting by meeting, the newest first."""
    page.section("In the words of each meeting")
    is_all = bool(st.session_state.get("all_words")) or theme.n_meetings <= N_WORDS
    n_meetings = None if is_all else N_WORDS
    for said in theme_years.quotes_over_years(programme_id, theme, n_meetings=n_meetings):
        called = "" if said.name == theme.name else f" It was called “{said.name}” there."
        draw(
            f'<div class="rt-section"><h3>{safe(said.meeting.label)}</h3>'
            f"<p>{safe(said.meeting.challenge)}.{safe(called)}</p></div>"
        )
        for one in said.quotes:
            quote(one.quote, one.stakeholder_group, one.start_s, source=said.meeting.label)
        if not said.quotes:
            markup.sentence("Nobody who speaks of it here agreed to be quoted.")
        screens.link(
            screens.THEMES,
            f"See it among the themes of {said.meeting.label}",
            meeting=said.meeting.meeting_id,
            theme=theme.theme_id,
        )
    if theme.n_meetings > N_WORDS:
        st.toggle(f"Show all {theme.n_meetings} meetings", key="all_words")


def came(found: Sequence[CameOfIt]) -> None:
    """Recommendations that rest on it, and what became of each."""
    page.section("What came of it")
    if not found:
        markup.sentence("No recommendation was written from it, and none rests on its words.")
    n_shown = len(found) if st.session_state.get("all_came") else N_CAME
    with st.container(key="came", gap="xsmall"):
        for one in found[:n_shown]:
            with st.container(key=f"line_came_{one.recommendation_id}", gap=None):
                screens.link(
                    screens.RECOMMENDATIONS,
                    plain(f"{one.meeting.label}, {one.number}: {shortened(one.text, N_LETTERS)}"),
                    meeting=one.meeting.meeting_id,
                    recommendation=one.recommendation_id,
                )
                quotes = f", {count(one.n_quotes, 'quote')} from this theme" if one.n_quotes else ""
                draw(f'<div class="rt-side">{safe(sentence_case(one.state.value))}{quotes}</div>')
                for became in one.became:
                    screens.link(
                        screens.INITIATIVE,
                        plain(f"{became.title}: {became.stage.value}"),
                        initiative=became.initiative_id,
                    )
    if len(found) > N_CAME:
        st.toggle(f"Show all {len(found)} recommendations", key="all_came")


def nothing_yet() -> None:
    """A programme whose meetings have no themes."""
    page.empty(
        "No themes yet",
        "Once the themes of a meeting are found they stand here, and the next meetings join them.",
    )
    screens.link(screens.THEMES, "Go to the themes of a meeting")
    screens.link(screens.MEETINGS, "Go to the meetings")


programme_id = session.open_programme_id()
programme = session.open_programme()
seen = theme_years.theme_years(programme_id)
page.head(
    "Themes over the years",
    summary(seen)
    if seen.themes
    else "What comes up again from meeting to meeting, and who says it.",
    eyebrow=f"{programme.name if programme else ''}, {count(len(seen.meetings), 'meeting')}",
)
if not seen.themes:
    nothing_yet()
    st.stop()
asked = ThemeId(session.chosen(CHOSEN) or "")
wanted = seen.now_in.get(asked, asked)
opened = next((t for t in seen.themes if t.theme_id == wanted), seen.themes[0])
left, right = st.columns([2, 3], gap="large")
with left:
    listed(seen, opened)
with right:
    detail(seen, opened)
