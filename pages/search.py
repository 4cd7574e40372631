"""Search: what was said, recommended and done at any meeting, by meaning and by the words."""

import streamlit as st

from domain.errors import NotFound
from domain.ids import MeetingId, UtteranceId
from domain.search import Kind
from services import search, themes
from ui import markup, page, screens, search_results, session
from ui.markup import plain
from ui.search_results import TURN
from ui.words import sentence_case

MOST = "most"
FIRST, MORE = 10, 50
N_BEGINNINGS = 6
EVERY_GROUP = "All groups"


def clear() -> None:
    """Search everything again."""
    # The address follows: these three are bound to it.
    st.session_state.update(kinds=[], years=[], group=EVERY_GROUP)


def filters() -> tuple[list[Kind], list[int], str]:
    """What narrows the search: kinds, years, a group of at least five people."""
    asked = [int(year) for year in st.session_state.get("years", ()) if str(year).isdecimal()]
    known = search.filters(programme_id, asked)
    kinds, years, group = st.columns([3, 2, 2], vertical_alignment="bottom")
    with kinds:
        names = st.pills(
            "Look among",
            [kind.value for kind in Kind],
            selection_mode="multi",
            format_func=sentence_case,
            key="kinds",
            wrap=True,
            bind="query-params",
        )
    with years:
        chosen = st.multiselect(
            "Years",
            [str(year) for year in known.years],
            key="years",
            placeholder="All years",
            bind="query-params",
        )
    numbers = [int(year) for year in chosen]
    with group:
        label = st.selectbox(
            "Who said it",
            [EVERY_GROUP, *(label for label, _ in known.groups)],
            format_func=sentence_case,
            key="group",
            help="Groups of fewer than five people are joined, or cannot be asked for.",
            bind="query-params",
        )
    wanted = [Kind(name) for name in names] if names else list(Kind)
    return wanted, numbers, "" if label in (EVERY_GROUP, None) else str(label)


def results(asked: str) -> None:
    """The filters and what was found."""
    kinds, years, group = filters()
    is_filtered = len(kinds) < len(Kind) or bool(years) or bool(group)
    if is_filtered:
        st.button("Clear the filter", key="clear", type="tertiary", on_click=clear)
    if group and Kind.SAID not in kinds:
        markup.sentence("Only what was said has a group.")
    if not asked.strip():
        markup.sentence(
            "Type a few words. What stands between quotation marks has to stand there as it is: "
            "“power chair”."
        )
        beginnings()
        return
    n_most = MORE if session.chosen(MOST) else FIRST
    with st.spinner("Searching"):
        found = search.search(
            programme_id, asked, kinds=kinds, years=years, group=group, n_most=n_most
        )
    if not found.hits:
        search_results.nothing(found, is_filtered=is_filtered)
        return
    markup.sentence(search_results.summary(found))
    search_results.show(found)
    if found.n_more and n_most == FIRST and not found.is_only_near:
        st.button("Show more", key="more", on_click=session.keep, args=(MOST, "1"))


def beginnings() -> None:
    """Something to press for whoever does not know what there is: the open meeting's themes."""
    meeting_id = session.here().get("meeting")
    found = themes.theme_report(MeetingId(meeting_id), n_quotes=0) if meeting_id else None
    if not found or not found.themes:
        return
    markup.sentence("Or look for more of what was spoken of:")
    with st.container(horizontal=True, key="beginnings"):
        for theme in found.themes[:N_BEGINNINGS]:
            st.button(
                plain(theme.name),
                key=f"begin_{theme.theme_id}",
                on_click=ask,
                args=(theme.name,),
            )


def ask(words: str) -> None:
    """Put words into the field; the address follows."""
    st.session_state["q"] = words


def one_place(utterance_id: UtteranceId) -> None:
    """What was said around a result, at a link of its own."""
    st.button(
        "Back to the results",
        key="back",
        type="tertiary",
        on_click=session.keep,
        args=(TURN, ""),
    )
    try:
        meeting, turns = search.around(utterance_id)
    except NotFound:
        turns = ()
    if not turns:
        page.empty(
            "These words are not shared any more",
            "Whoever said them took them back, or they were never released.",
        )
        return
    page.section(page.of_meeting(meeting), meeting.challenge)
    search_results.around(turns)
    screens.link(screens.THEMES, "Open the themes of this meeting", meeting=meeting.meeting_id)


programme_id = session.open_programme_id()
programme = session.open_programme()
page.head(
    "Search",
    "What was said, recommended and done, over all meetings: by meaning and by the words.",
    eyebrow=programme.name if programme else "",
)
turn = session.chosen(TURN)
if turn:
    one_place(UtteranceId(turn))
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        question = st.text_input(
            "What are you looking for?",
            key="q",
            max_chars=search.LONGEST,
            placeholder="waiting for a wheelchair",
            bind="query-params",
        )
        st.button("Search", key="main_action", type="primary")
    results(question or "")
