"""Recommendations that say the same: while one is written, and within a meeting. See `beside`."""

from functools import partial

import streamlit as st

from domain.errors import RoundtableError
from domain.ids import MeetingId, RecommendationId
from services import echoes, merging
from services.echoes import Echo
from ui import markup, page, screens, session, undo
from ui.markup import draw, safe, shortened
from ui.quotes import in_its_language
from ui.words import count, moment, sentence_case


def beside(meeting_id: MeetingId, text: str, *, without: RecommendationId | None = None) -> None:
    """What was recommended before and says the same as what is being written."""
    if len(text.split()) < echoes.FEWEST_WORDS:
        return
    try:
        with st.spinner("Looking at what was recommended before"):
            told = echoes.echoes(meeting_id, text, without=without)
    except RoundtableError as error:
        # Writing goes on: what came before is a help, not a condition.
        markup.sentence(f"Earlier recommendations could not be compared. {error}")
        return
    if not told.found:
        markup.sentence(_nothing(told))
        return
    n_same = sum(echo.is_same for echo in told.found)
    page.section(
        "This was recommended before" if n_same else "Something near it was recommended before",
        "What became of it stands below. Write yours anyway if it asks for something else.",
    )
    for echo in told.found:
        _one(echo)
    if told.n_waiting:
        markup.sentence(f"{count(told.n_waiting, 'recommendation')} not compared yet.")


def alike(meeting_id: MeetingId) -> None:
    """Pairs of the meeting that may say the same, each with a way to join and to part again."""
    page.section("Those that say the same", "Join two, and one of them stands for both.")
    if not st.toggle("Compare them with each other", key="compare_all"):
        return
    try:
        with st.spinner("Comparing the recommendations with each other"):
            found = merging.alike(meeting_id)
    except RoundtableError as error:
        page.refused(str(error))
        return
    if not found:
        markup.sentence("No two of them say the same, or they can be joined no more.")
    for pair in found:
        one, other = pair.first, pair.second
        with st.container(
            key=f"card_row_alike_{one.recommendation_id}_{other.recommendation_id}", gap=None
        ):
            draw(
                f'<div class="rt-card"><p dir="auto">{one.number}. {in_its_language(one.text)}</p>'
                f'<p dir="auto">{other.number}. {in_its_language(other.text)}</p></div>'
            )
            with st.container(horizontal=True):
                for kept, joined in ((one, other), (other, one)):
                    st.button(
                        f"Keep {kept.number}, join {joined.number} to it",
                        key=f"join_{joined.recommendation_id}_{kept.recommendation_id}",
                        on_click=_join,
                        args=(meeting_id, joined.recommendation_id, kept.recommendation_id),
                        type="tertiary",
                    )
                st.button(
                    "They are not the same",
                    key=f"apart_{one.recommendation_id}_{other.recommendation_id}",
                    on_click=_keep_apart,
                    args=(meeting_id, one.recommendation_id, other.recommendation_id),
                    type="tertiary",
                )
    _apart(meeting_id)


def _apart(meeting_id: MeetingId) -> None:
    """What somebody said is not the same, each with the way to have it offered again."""
    told = merging.kept_apart(meeting_id)
    if not told:
        return
    with st.expander(f"Said not to be the same ({len(told)})"):
        for pair in told:
            one, other = pair.first, pair.second
            by = f"{pair.marked_by or 'not told'}, {moment(pair.marked_at)}"
            draw(
                f'<p class="rt-sentence" dir="auto">{one.number}. {safe(one.text)}<br>'
                f"{other.number}. {safe(other.text)} <span>({safe(by)})</span></p>"
            )
            st.button(
                f"Offer {one.number} and {other.number} again",
                key=f"again_{one.recommendation_id}_{other.recommendation_id}",
                on_click=partial(
                    page.do,
                    "Offered again where they say nearly the same.",
                    merging.offer_again,
                    one.recommendation_id,
                    other.recommendation_id,
                    author=session.author(),
                ),
                type="tertiary",
            )


def _keep_apart(meeting_id: MeetingId, one: RecommendationId, other: RecommendationId) -> None:
    by = session.author()
    undo.do(
        "They stay two, and are not offered for joining any more.",
        partial(merging.keep_apart, one, other, author=by),
        undo.Way(
            "Undo: offer them again",
            "Offered again.",
            partial(merging.offer_again, one, other, author=by),
        ),
        place=meeting_id,
    )


def _join(meeting_id: MeetingId, joined: RecommendationId, kept: RecommendationId) -> None:
    by = session.author()
    undo.do(
        "Joined. Both wordings stay readable, and so do the quotes of both.",
        partial(merging.merge, joined, kept, author=by),
        undo.Way(
            "Undo: part them again",
            "Both stand for themselves again.",
            partial(merging.part, joined, author=by),
        ),
        place=meeting_id,
    )


def _one(echo: Echo) -> None:
    wanted = echo.recommendation
    says = "Says the same" if echo.is_same else "Near it"
    became = "; ".join(echo.became)
    with st.container(key=f"card_row_echo_{wanted.recommendation_id}", gap=None):
        draw(
            f'<div class="rt-card"><p dir="auto">{in_its_language(wanted.text)}</p>'
            f'<p class="rt-side">{says}. {safe(echo.meeting.label)}, recommendation '
            f"{wanted.number}.</p>"
            f'<p dir="auto">{safe(sentence_case(became))}.</p></div>'
        )
        screens.link(
            screens.RECOMMENDATIONS,
            f"Open “{markup.plain(shortened(wanted.text, 40))}”",
            meeting=wanted.meeting_id,
            recommendation=wanted.recommendation_id,
        )


def _nothing(told: echoes.Echoes) -> str:
    if not told.n_compared:
        return "Nothing was recommended before that could be compared."
    return f"None of {count(told.n_compared, 'recommendation')} before says this."
