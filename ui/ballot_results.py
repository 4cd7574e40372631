"""Results of a closed vote, as released and no further. Start at `of_ballot`."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from domain.ballots import BallotState
from domain.ids import BallotId, MeetingId, RecommendationId
from domain.people import Family
from services import ballots, common_ground, priorities
from services.ballots import RecommendationResult
from services.common_ground import Ground, MainView, Spread
from services.room import Showing
from services.vote_parts import VotePart, parts_of, whole_of
from ui import ballot_ground, charts, markup, page, room_button, vote_priorities, vote_support
from ui.markup import shortened
from ui.tables import table
from ui.words import listed, sentence_case

NO_SPREADS: Mapping[str, Spread | None] = MappingProxyType({})
WITHHELD = "Numbers that would tell what a few people answered are withheld or put into words."


def of_recommendation(meeting_id: MeetingId, recommendation_id: RecommendationId) -> None:
    """How a recommendation was voted on, newest vote first, or why nothing is shown."""
    page.section("Votes")
    asked = [
        held.ballot
        for held in ballots.ballots_of(meeting_id)
        if recommendation_id in {item.recommendation_id for item in held.ballot.items}
    ]
    if any(ballot.state is BallotState.OPEN for ballot in asked):
        markup.sentence("A vote is open. Results are shown when it has closed.")
    closed = [ballot for ballot in asked if ballot.state is BallotState.CLOSED]
    if not asked:
        markup.sentence("Nobody has been asked yet.")
    if closed:
        found = ballots.results(closed[0].ballot_id).results
        result = next(r for r in found if r.item.recommendation_id == recommendation_id)
        markup.sentence(f"In the vote “{closed[0].title}”:")
        _by_group(result)
        room_button.offer(meeting_id, Showing.RESULT, recommendation_id)


def of_ballot(ballot_id: BallotId) -> None:
    """Common ground and disagreement, what comes first, then each one, one of them by group."""
    view = common_ground.main_view(ballot_id)
    found = priorities.priorities(ballot_id)
    ballot_ground.first_minute(view)
    vote_support.picture(found)
    ballot_ground.picture(view)
    vote_priorities.in_other_ways(found)
    page.section("All recommendations", "In the order in which they were asked.")
    everybody, by_group = st.columns([4, 3], gap="large")
    with everybody:
        table(
            ("No.", "Recommendation", "Answered", "Everyone"),
            [
                (
                    stand.result.item.position,
                    stand.result.item.text,
                    stand.whole.part.n,
                    _with_spread(told_of_part(stand.whole.part), stand.whole.spread),
                )
                for stand in view.stands
            ],
        )
    with by_group:
        stand = st.selectbox(
            "Look at one by stakeholder group",
            view.stands,
            index=_most_telling(view),
            format_func=lambda s: f"{s.result.item.position}. {shortened(s.result.item.text, 60)}",
            key=f"result_{ballot_id}",
        )
        _by_group(stand.result, {g.part.label: g.spread for g in stand.groups})


def _most_telling(view: MainView) -> int:
    """Where groups differ most; else the first."""
    found = view.of(Ground.DIFFERS, Ground.LEANS_APART) or view.stands
    return view.stands.index(found[0])


def _with_spread(told: str, spread: Spread | None) -> str:
    more = ballot_ground.told_spread(spread)
    return f"{told}; {more}" if more else told


def _by_group(
    result: RecommendationResult, spread_of: Mapping[str, Spread | None] = NO_SPREADS
) -> None:
    whole = whole_of(result.vote, result.wording)
    parts = parts_of(result.vote, result.wording)
    counted = [part for part in parts if part.share_agree is not None]
    rows = [
        (
            sentence_case(part.label),
            part.n,
            _with_spread(told_of_part(part), spread_of.get(part.label)),
        )
        for part in (whole, *parts)
    ]
    if counted:
        charts.show(
            charts.votes_by_group([_row(part) for part in counted]),
            title=f"Everyone: {whole.told}",
            sentence=_sentence(result, counted, len(parts)),
            columns=("Group", "Answered", "How they voted"),
            rows=rows,
        )
        return
    table(("Group", "Answered", "How they voted"), rows)
    markup.sentence(WITHHELD)


def told_of_part(part: VotePart) -> str:
    """What may be shown, for a row in which the number of answers has its own place."""
    told = part.told.removesuffix(f" ({part.n} answered)").removeprefix(f"{part.n} answered; ")
    return sentence_case(told)


def _row(part: VotePart) -> dict[str, object]:
    return {
        "group": part.label,
        "family": (part.family or Family.STAFF_AND_OTHERS).value,
        "share_agree": part.share_agree,
        "low": part.low,
        "high": part.high,
        "n": part.n,
    }


def _sentence(result: RecommendationResult, counted: Sequence[VotePart], n_parts: int) -> str:
    told = listed([f"{part.label}: {part.told}" for part in counted])
    rest = n_parts - len(counted)
    more = f" {sentence_case(WITHHELD)}" if rest else ""
    return (
        f"{sentence_case(told)}. Dots: share of those who {result.wording.high}; "
        f"lines: plausible range.{more}"
    )
