"""Quotes for and against a recommendation, and where to find more. Start at `supports`."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from domain.ids import EvidenceId, RecommendationId
from domain.recommendations import Direction, Evidence, Recommendation
from services import evidence as quotes
from services.evidence import Suggestion
from services.recommendations import RecommendationView
from ui import markup, page, session, undo
from ui.quotes import quote
from ui.words import count

FOR, AGAINST = Direction.SUPPORTS, Direction.SPEAKS_AGAINST
OTHER_WAY = {
    FOR: "It speaks against it",
    AGAINST: "It supports it",
}


def supports(view: RecommendationView) -> None:
    """The quotes behind it and its dissent, checked against what was said."""
    wanted = view.recommendation
    page.section("What was said for it")
    undo.offer(wanted.recommendation_id)
    if not view.evidence:
        page.empty("No quote yet", "A recommendation stands on what people said.")
    _attached(view, view.evidence)
    if view.against:
        page.section("What was said against it", "Whoever decides should have read this too.")
        _attached(view, view.against)
    for one in view.waiting:
        _waits(wanted.recommendation_id, one)
    if view.n_lost_sources:
        markup.sentence(f"{count(view.n_lost_sources, 'source').capitalize()} withdrawn.")
    if view.n_broken:
        page.refused(
            f"{count(view.n_broken, 'quote')} no longer stands word for word in what was said "
            "and is not shown. Attach it again from the newest text."
        )


def _waits(place: RecommendationId, one: Evidence) -> None:
    """A quote whose own words were corrected, for somebody to read and confirm."""
    with st.container(gap=None, key=f"waits_{one.evidence_id}"):
        markup.sentence(
            "The transcript was corrected inside this quote. It counts for nothing until somebody "
            "confirms the words as they stand now."
        )
        quote(one.quote, one.stakeholder_group, one.start_s, source=one.place)
        if not session.may_edit():
            return
        with st.container(horizontal=True):
            st.button(
                "Confirm the corrected quote",
                key=f"confirm_{one.evidence_id}",
                on_click=page.do,
                args=("The quote counts again.", quotes.confirm, one),
                kwargs={"author": session.author()},
            )
            st.button(
                "Leave it out",
                key=f"leave_{one.evidence_id}",
                type="tertiary",
                on_click=_detach,
                args=(place, one),
            )


def suggestions(wanted: Recommendation) -> None:
    """Words of the meeting about the same: those that may support it, and those that may not."""
    page.section("More words about it", "Nearest first, from different people; you decide.")
    if not st.toggle("Look for quotes", key=f"suggest_{wanted.recommendation_id}"):
        return
    with st.spinner("Comparing with what was said"):
        near = quotes.suggest_evidence(wanted.recommendation_id)
    if not near:
        markup.sentence("Nothing was released in this meeting yet that could be compared.")
        return
    against = [one for one in near if one.direction is AGAINST]
    _offered(wanted, "May support it", [one for one in near if one.direction is FOR])
    _offered(wanted, "May speak against it", against)
    if not against:
        markup.sentence("No quote was found that clearly speaks against it; there may be one.")


def _attached(view: RecommendationView, found: Sequence[Evidence]) -> None:
    number_of = {r.recommendation_id: r.number for r in view.stands_for}
    for one in found:
        joined = number_of.get(one.recommendation_id)
        place = f"{one.place}, from recommendation {joined}" if joined else one.place
        with st.container(gap=None, key=f"evidence_{one.evidence_id}"):
            quote(one.quote, one.stakeholder_group, one.start_s, source=place)
            if session.may_edit():
                with st.container(horizontal=True):
                    _buttons(view.recommendation.recommendation_id, one)


def _buttons(place: RecommendationId, one: Evidence) -> None:
    st.button(
        "Take this quote away",
        key=f"detach_{one.evidence_id}",
        type="tertiary",
        on_click=_detach,
        args=(place, one),
    )
    st.button(
        OTHER_WAY[one.direction],
        key=f"turn_{one.evidence_id}",
        type="tertiary",
        on_click=_turn,
        args=(place, one),
    )


def _detach(place: RecommendationId, one: Evidence) -> None:
    """Take a quote away, with a way to put it back."""
    by = session.author()
    back = partial(
        quotes.attach, one.recommendation_id, one.quote, author=by, direction=one.direction
    )
    undo.do(
        "The quote is taken away; what was said stays.",
        partial(quotes.detach, one.evidence_id, author=by),
        undo.Way("Undo: put the quote back", "The quote is back.", back),
        place=place,
    )


def _turn(place: RecommendationId, one: Evidence) -> None:
    """Move a quote to the other list, with a way back."""
    by, other = session.author(), AGAINST if one.direction is FOR else FOR
    undo.do(
        "It stands on the other side now.",
        partial(quotes.turn, one.evidence_id, other, author=by),
        undo.Way(
            "Undo: move the quote back",
            "The quote stands where it stood.",
            partial(quotes.turn, one.evidence_id, one.direction, author=by),
        ),
        place=place,
    )


def _offered(wanted: Recommendation, title: str, found: Sequence[Suggestion]) -> None:
    if not found:
        return
    markup.draw(f'<h3 class="rt-side">{markup.safe(title)}</h3>')
    for one in found:
        with st.container(gap=None, key=f"near_{one.quote.revision_id}_{one.quote.start}"):
            quote(one.quote, one.stakeholder_group, one.start_s)
            with st.container(horizontal=True):
                _offer(wanted.recommendation_id, one)


def _offer(recommendation_id: RecommendationId, one: Suggestion) -> None:
    """One press for what the list says, and one for the other direction."""
    place = f"{one.quote.revision_id}_{one.quote.start}"
    labels = {FOR: "Attach this quote", AGAINST: "Attach as speaking against it"}
    for direction in (one.direction, AGAINST if one.direction is FOR else FOR):
        st.button(
            labels[direction],
            key=f"attach_{direction}_{place}",
            type="tertiary",
            on_click=_attach,
            args=(recommendation_id, one, direction),
        )


def _attach(recommendation_id: RecommendationId, one: Suggestion, direction: Direction) -> None:
    """Attach a suggested quote, with a way to take it away again."""
    by, made = session.author(), list[EvidenceId]()

    def attach() -> None:
        made.append(quotes.attach(recommendation_id, one.quote, author=by, direction=direction))

    def take_away() -> None:
        for evidence_id in made:
            quotes.detach(evidence_id, author=by)

    undo.do(
        "Attached.",
        attach,
        undo.Way("Undo: take the quote away", "The quote is taken away.", take_away),
        place=recommendation_id,
    )
