"""Recommendations: the list by number, and one of them with the words that support it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from domain.errors import RoundtableError
from domain.ids import MeetingId, RecommendationId, ThemeId
from domain.recommendations import Recommendation, RecommendationState
from services import recommendations, themes
from services.recommendations import RecommendationView
from services.room import Showing
from ui import (
    ballot_results,
    echo_list,
    evidence_parts,
    joined,
    markup,
    page,
    proposed,
    reading_level,
    recommendation_list,
    recommendation_parts,
    room_button,
    screens,
    session,
    undo,
)
from ui.markup import draw, safe, shortened
from ui.quotes import in_its_language, large, quote
from ui.words import count, people_say, sentence_case

CHOSEN, WRITE, THEME = "recommendation", "write", "theme"
LIST, PROPOSED, ALIKE = "By number", "What people proposed", "Those that say the same"
N_THEME_QUOTES = 4
SETTLED = (RecommendationState.CHOSEN, RecommendationState.NOT_CHOSEN)


def summary(found: Sequence[RecommendationView]) -> str:
    """How many there are, how many stand on quotes, how many were chosen."""
    if not found:
        return "What the table asks for, each with the words that support it."
    n_supported = sum(bool(v.evidence) for v in found)
    n_chosen = sum(v.recommendation.state is RecommendationState.CHOSEN for v in found)
    return (
        f"{people_say(n_supported, len(found), noun='have quotes behind them')}; "
        f"{n_chosen} chosen by the meeting."
    )


def listed(found: Sequence[RecommendationView]) -> None:
    """Every recommendation by number."""
    for view in found:
        wanted = view.recommendation
        with st.container(key=f"card_row_{wanted.recommendation_id}", gap=None):
            told = [sentence_case(wanted.state.value), count(len(view.evidence), "quote")]
            if view.against:
                told.append(f"{count(len(view.against), 'quote')} against it")
            told += [f"answered by {title}" for title in view.initiatives]
            told += [f"stands for {one.number} as well" for one in view.stands_for]
            words = in_its_language(wanted.text)
            draw(
                f'<div class="rt-card"><p dir="auto">{wanted.number}. {words}</p>'
                f'<p class="rt-side">{safe(", ".join(told))}</p></div>'
            )
            st.button(
                f"Open recommendation {wanted.number}",
                key=f"open_{wanted.recommendation_id}",
                type="tertiary",
                on_click=session.keep,
                args=(CHOSEN, wanted.recommendation_id),
            )


def write_one() -> None:
    """A recommendation in the table's own words, beside what was said in the theme."""
    theme_id = ThemeId(session.chosen(THEME)) or None
    said = themes.theme_quotes(meeting_id, theme_id, N_THEME_QUOTES) if theme_id else ()
    words, heard = st.columns([3, 2], gap="large") if said else (st.container(), None)
    with words:
        page.section("A new recommendation", "One thing that somebody could do, in one sentence.")
        text = st.text_area(
            "Recommendation",
            key="new_text",
            help="Press Ctrl and Enter, or leave the field, to see whether it was said before.",
        )
        with st.container(horizontal=True):
            is_written = st.button("Write it down", type="primary", key="write_it_down")
            st.button("Leave this form", key="leave_form", on_click=session.keep, args=(WRITE, ""))
        if not is_written:
            # Below the buttons, so that a press finds them where they were.
            reading_level.tell(text)
            echo_list.beside(meeting_id, text)
    if heard:
        with heard:
            page.section("What was said in this theme")
            for one in said:
                quote(one.quote, one.stakeholder_group, one.start_s)
    if not is_written:
        return
    try:
        new = recommendations.write(meeting_id, text, author=session.author(), theme_id=theme_id)
    except RoundtableError as error:
        page.refused(str(error))
        return
    session.tell("Written down. Now attach the words that support it.")
    st.session_state[f"suggest_{new}"] = True
    screens.go(screens.RECOMMENDATIONS, recommendation=new)


def to_initiative(found: Sequence[RecommendationView]) -> None:
    """From the chosen recommendations to something that somebody does."""
    chosen = [
        v.recommendation for v in found if v.recommendation.state is RecommendationState.CHOSEN
    ]
    if not chosen:
        return
    page.section("From the chosen to an initiative", "One initiative can answer several.")
    names = {r.recommendation_id: f"{r.number}. {shortened(r.text, 60)}" for r in chosen}
    answers = st.multiselect(
        "Recommendations that the initiative answers",
        list(names),
        default=[v.recommendation.recommendation_id for v in found if is_waiting(v)],
        format_func=lambda recommendation_id: names[recommendation_id],
        key="to_answer",
    )
    if st.button("Make an initiative from these", key="make_initiative", disabled=not answers):
        screens.go(screens.INITIATIVES, new="yes", answers=",".join(answers))


def is_waiting(view: RecommendationView) -> bool:
    """Chosen, and no initiative answers it yet."""
    return view.recommendation.state is RecommendationState.CHOSEN and not view.initiatives


def decide(wanted: Recommendation) -> None:
    """Chosen or not, each with its way back; a draft is first made a proposal or removed."""
    one = [wanted.recommendation_id]
    steps = [
        ("Mark as chosen", "Marked as chosen.", partial(recommendations.choose, one)),
        ("Mark as not chosen", "Marked as not chosen.", partial(leave, one)),
    ]
    if wanted.state in SETTLED:
        back = partial(recommendations.unchoose, wanted.recommendation_id)
        steps = [("Take this decision back", "The decision is taken back.", back)]
    if wanted.state is RecommendationState.DRAFT:
        accept = partial(recommendations.accept_draft, wanted.recommendation_id)
        steps = [("Propose this draft", "The draft is a proposal now.", accept), *steps]
    if wanted.state not in SETTLED:
        st.text_input(
            "Why, if it is not chosen",
            key=f"because_{wanted.recommendation_id}",
            help="It stays with the recommendation, and is told when somebody asks for it again.",
        )
    with st.container(horizontal=True, key="decide"):
        for label, done, call in steps:
            st.button(
                label,
                key=f"{label}_{wanted.recommendation_id}",
                on_click=page.do,
                args=(done, call),
                kwargs={"author": session.author()},
            )
        if wanted.state is RecommendationState.DRAFT:
            st.button("Remove this draft", key="remove_draft", on_click=remove, args=(wanted,))


def leave(one: list[RecommendationId], *, author: str) -> None:
    """Mark it as not chosen, with the reason that stands in the field."""
    because = str(st.session_state.get(f"because_{one[0]}", ""))
    recommendations.leave(one, author=author, because=because)


def remove(wanted: Recommendation) -> None:
    """Take a draft away, with a way to write it again."""
    again = partial(
        recommendations.write, meeting_id, wanted.text, author=session.author(), is_draft=True
    )
    undo.do(
        "The draft is removed.",
        partial(recommendations.remove_draft, wanted.recommendation_id),
        undo.Way("Undo: write the draft again", "The draft is back.", again),
        place=meeting_id,
    )
    session.keep(CHOSEN, "")


def one_of_them(view: RecommendationView) -> None:
    """A recommendation large, its evidence, its votes."""
    wanted = view.recommendation
    st.button(
        "Back to all recommendations",
        key="back",
        type="tertiary",
        on_click=session.keep,
        args=(CHOSEN, ""),
    )
    page.head(
        f"Recommendation {wanted.number}",
        eyebrow=f"{page.of_meeting(meeting)}: {wanted.state.value}",
    )
    large(wanted.text)
    markup.facts([("Answered by", ", ".join(view.initiatives))])
    joined.beside(view, every)
    if session.may_edit() and wanted.merged_into is None:
        decide(wanted)
    room_button.offer(meeting_id, Showing.RECOMMENDATION, wanted.recommendation_id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        evidence_parts.supports(view)
        if session.may_edit():
            evidence_parts.suggestions(wanted)
    with right:
        ballot_results.of_recommendation(meeting_id, wanted.recommendation_id)
        recommendation_parts.tell_story(wanted)
        recommendation_parts.reword(wanted)


def all_of_them(found: Sequence[RecommendationView]) -> None:
    """The list, and the ways to add to it."""
    may_write = session.may_edit() and not session.chosen(WRITE)
    if page.head(
        "Recommendations",
        summary(found),
        eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
        action="Write a recommendation" if may_write else "",
    ):
        session.keep(WRITE, "1")
        st.rerun()
    undo.offer(meeting_id)
    if session.may_edit() and session.chosen(WRITE):
        write_one()
    names = [LIST, PROPOSED, *([ALIKE] if session.may_edit() else [])]
    draws = (partial(by_number, found), proposed.listed, echo_list.alike)
    views = st.tabs(names, key="view", bind="query-params")
    for view, draw_view in zip(views, draws, strict=False):
        if view.open:
            with view:
                draw_view(meeting_id)


def by_number(found: Sequence[RecommendationView], meeting_id: MeetingId) -> None:
    """Every recommendation, what was joined with another, and what comes next."""
    if not found:
        page.empty("No recommendation yet", "Write the first one, or bring in a list.")
    listed(found)
    joined.listed(every)
    if session.may_edit():
        to_initiative(found)
        with st.expander("Bring in a list", expanded=not found):
            recommendation_list.bring_in(meeting_id)


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
every = recommendations.recommendations(meeting_id, with_merged=True)
found = [v for v in every if v.recommendation.merged_into is None]
wanted_id = session.chosen(CHOSEN)
opened = next((v for v in every if v.recommendation.recommendation_id == wanted_id), None)
if opened:
    one_of_them(opened)
else:
    all_of_them(found)
