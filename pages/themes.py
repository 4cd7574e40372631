"""Themes: left the ranked list, right the chosen one, its quotes first."""

import streamlit as st

from domain.access import Act
from domain.ids import ThemeId
from services import glance, themes
from services.room import Showing
from services.theme_views import ThemeReport, ThemeView
from services.themes import MapPoint
from ui import bars, charts, job_progress, markup, page, room_button, screens, session
from ui.markup import draw, plain, safe
from ui.quotes import quote, who
from ui.words import clock, count, listed, people_say, sentence_case

CHOSEN = "theme"
LIST, MAP, SIZES, ASIDE = "Themes", "Map", "Sizes", "Set aside"
N_QUOTES = 8
N_ALL_QUOTES = 200
N_ASIDE = 40


def told(theme: ThemeView) -> str:
    """How large a theme is: "38 contributions by 12 people"."""
    people = count(theme.n_people, "person", "people")
    return f"{count(theme.n_utterances, 'contribution')} by {people}"


def choose(theme_id: ThemeId) -> None:
    """Open another theme, also in the address."""
    session.keep(CHOSEN, theme_id)


def ranked(report: ThemeReport, chosen: ThemeView) -> None:
    """Every theme, largest first, each a button that opens it."""
    for theme in report.themes:
        is_open = theme.theme_id == chosen.theme_id
        with st.container(key=f"{'card' if is_open else 'other'}_{theme.theme_id}", gap=None):
            st.button(
                plain(f"{theme.rank + 1}. {theme.name}"),
                key=f"open_{theme.theme_id}",
                type="tertiary",
                on_click=choose,
                args=(theme.theme_id,),
            )
            now = "Open now. " if is_open else ""
            draw(
                f'<div class="rt-bar-words">{now}{safe(told(theme))}</div>'
                f"{bars.family_mix_html(theme.groups)}"
            )


def detail(report: ThemeReport, theme: ThemeView) -> None:
    """The chosen theme: its words as they were said, then who, then what is inside it."""
    in_words = f", in the words of the meeting: {theme.key_words}" if theme.key_words else ""
    page.section(theme.name, f"{told(theme)}{in_words}.")
    bars.group_mix(theme.groups)
    if session.may_edit() and st.button(
        "Write a recommendation from this theme", key="write_from_theme"
    ):
        screens.go(screens.RECOMMENDATIONS, theme=theme.theme_id, write="1")
    room_button.offer(report.run.meeting_id, Showing.THEME, theme.theme_id)
    wants_all = st.session_state.get(f"all_{theme.theme_id}", False)
    limit = N_ALL_QUOTES if wants_all else N_QUOTES
    quotes = themes.theme_quotes(report.run.meeting_id, theme.theme_id, limit)
    for said in quotes:
        quote(said.quote, said.stakeholder_group, said.start_s)
    if not quotes:
        markup.sentence("Nobody who speaks of this agreed to be quoted. They are counted above.")
    st.toggle("Show every quote of this theme", key=f"all_{theme.theme_id}")
    if theme.fine:
        page.section("Inside this theme")
        markup.lines((fine.name, count(fine.n_passages, "passage")) for fine in theme.fine)
    after = report.themes[(report.themes.index(theme) + 1) % len(report.themes)]
    st.button(
        plain(f"Next theme: {after.name}"),
        key="next_theme",
        on_click=choose,
        args=(after.theme_id,),
    )


def sizes(report: ThemeReport, chosen: ThemeView) -> None:
    """Bars of all themes."""
    by_size = sorted(report.themes, key=lambda theme: (-theme.n_utterances, theme.rank))
    first = by_size[0]
    charts.show(
        charts.theme_sizes(
            [
                {"name": t.name, "n_utterances": t.n_utterances, "n_people": t.n_people}
                for t in by_size
            ],
            chosen.name,
        ),
        title=f"Most was said about “{first.name}”",
        sentence=(
            f"{people_say(first.n_utterances, report.n_utterances, noun='contributions')} touch "
            "the largest theme; one contribution can touch several."
        ),
        columns=("Theme", "Contributions", "People", "Groups"),
        rows=[
            (
                t.name,
                t.n_utterances,
                t.n_people,
                sentence_case(listed([f"{g.value} {n}" for g, n in t.groups.items()])),
            )
            for t in by_size
        ],
    )


def theme_map(report: ThemeReport, chosen: ThemeView) -> None:
    """The passages on a plane; a press on one opens its theme."""
    points = themes.map_points(report.run.meeting_id)
    event = charts.show(
        charts.theme_map([map_row(p) for p in points], chosen.name),
        title=f"“{chosen.name}” among what else was said",
        sentence=(
            f"{count(len(points), 'passage')}; those of “{chosen.name}” stand out. Press a point "
            "to open its theme. Directions mean nothing, only nearness does. Whoever agreed only "
            "to be counted is a point without words."
        ),
        columns=("Theme", "Passages", "Typical words"),
        rows=[
            (
                t.name,
                sum(p.rank == t.rank for p in points),
                t.quotes[0].quote.text if t.quotes else "",
            )
            for t in report.themes
        ],
        # A chart per chosen theme: a kept selection would undo a choice made in the list.
        key=f"map_{chosen.theme_id}",
    )
    pressed = picked(event, report)
    if pressed and pressed != chosen.theme_id:
        choose(pressed)
        st.rerun()


def map_row(point: MapPoint) -> dict[str, object]:
    """A passage as the chart reads it."""
    return {
        "x": point.x,
        "y": point.y,
        "theme": point.theme_name if point.rank is not None else "",
        "words": point.words or "not quoted",
        "group": who(point.stakeholder_group),
        "at": clock(point.start_s),
    }


def picked(event: object, report: ThemeReport) -> ThemeId | None:
    """The theme of the point that was pressed on the map."""
    selection = getattr(event, "selection", None) or {}
    names = {str(row.get("theme", "")) for row in selection.get("passage", [])}
    return next((t.theme_id for t in report.themes if t.name in names), None)


def aside(report: ThemeReport) -> None:
    """Words that belong to no theme: they were said, so they can be read."""
    rest = themes.set_aside(report.run.meeting_id)
    if not report.n_set_aside:
        page.empty("Nothing is set aside", "Everything that was said stands in a theme.")
        return
    page.section(
        f"{people_say(report.n_set_aside, report.n_passages, noun='passages')} in no theme",
        "Short answers, practical talk, and thoughts that nobody else voiced. Single voices can "
        "matter most: read before you move on."
        + (" Some may only be counted." if len(rest) < report.n_set_aside else ""),
    )
    n_shown = len(rest) if st.session_state.get("all_aside") else N_ASIDE
    for said in rest[:n_shown]:
        quote(said.quote, said.stakeholder_group, said.start_s)
    if len(rest) > N_ASIDE:
        st.toggle(f"Show all {len(rest)}", key="all_aside")


def nothing_yet(is_finding: bool) -> None:
    """What to do before there are themes."""
    seen = glance.glance(meeting_id)
    if is_finding:
        page.empty("Themes are on their way", "They appear here by themselves.")
    elif seen.n_utterances and not seen.n_shared:
        said = count(seen.n_utterances, "contribution")
        page.empty(
            "Nothing is shared yet",
            f"{said} stay with those who run the meeting until people agreed that words are "
            "grouped and a reviewer released them.",
        )
    elif seen.n_shared:
        said = count(seen.n_shared, "contribution")
        page.empty("No themes yet", f"{said} can be grouped by meaning. It takes seconds.")
        if session.may(Act.ANALYSE):
            st.button("Find the themes", type="primary", key="find", on_click=find)
    else:
        page.empty("No words yet", "Themes come from what people said: bring in a transcript.")
        screens.link(screens.IMPORT, "Bring in a transcript", step="Transcript")


def find() -> None:
    """Ask for the themes; the bar shows how far it is."""
    page.do("The themes are being found.", themes.request_themes, meeting_id)


def summary(report: ThemeReport) -> str:
    """How much of the talk the themes hold, and whether words came in since."""
    n_inside = report.n_passages - report.n_set_aside
    inside = people_say(n_inside, report.n_passages, noun="passages")
    newer = " Words came or went since: find the themes again." if report.is_stale else ""
    return f"{count(len(report.themes), 'theme').capitalize()} hold {inside}.{newer}"


def show(report: ThemeReport) -> None:
    """The four views of the themes; only the open one is drawn."""
    wanted = session.chosen(CHOSEN)
    chosen = next((t for t in report.themes if t.theme_id == wanted), report.themes[0])
    views = st.tabs([LIST, MAP, SIZES, ASIDE], key="view", bind="query-params")
    if views[0].open:
        with views[0]:
            left, right = st.columns([2, 3], gap="large")
            with left:
                ranked(report, chosen)
            with right:
                detail(report, chosen)
    for view, draw_view in ((views[1], theme_map), (views[2], sizes)):
        if view.open:
            with view:
                draw_view(report, chosen)
    if views[3].open:
        with views[3]:
            aside(report)


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
report = themes.theme_report(meeting_id)
is_asked = page.head(
    "Themes",
    summary(report) if report else "What was said, grouped by meaning, in its own words.",
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
    action="Find themes again" if report and report.is_stale and session.may(Act.ANALYSE) else "",
)
if is_asked:
    find()
    st.rerun()
is_finding = job_progress.theme_finding(meeting_id)
if report and report.themes:
    show(report)
else:
    nothing_yet(is_finding)
