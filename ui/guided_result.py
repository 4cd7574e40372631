"""What a guided session came to: both rounds, and what people said alone. Start at `show`."""

from collections.abc import Sequence

import streamlit as st

from domain.access import Act
from domain.ballots import BallotState
from domain.ids import BallotId, GuidedSessionId
from services import ballots, group_orders
from services.group_orders import Row, SessionResult, Totals
from ui import ballot_results, markup, page, session, vote_priorities
from ui.guided_orders import name_of
from ui.markup import shortened
from ui.tables import Cell, table
from ui.words import count, listed, people_say

LONGEST = 90
MIXED = (
    "A small group is mixed: its order belongs to no stakeholder group, and no score “of "
    "caregivers” can be taken out of it. What each stakeholder group thinks is what its people "
    "answered alone, before the talk."
)
NEVER_ASKED = (
    "Nobody was asked alone in this session, so that nothing can be told apart by stakeholder "
    "group."
)


def show(session_id: GuidedSessionId) -> None:
    """The order by the lowest total, both rounds, then what people answered alone."""
    found = group_orders.result(session_id)
    both_rounds(found)
    if session.may(Act.EXPORT):
        name, data = group_orders.export_result(session_id)
        st.download_button(
            "Download the session's result (CSV)",
            data=data,
            file_name=name,
            mime="text/csv",
            key="session_result",
            on_click="ignore",
            help="Places, ties and totals of both rounds. No name and no single group; totals "
            "only where at least eleven people sat.",
        )
    by_constituency(found.session.ballot_id)


def both_rounds(found: SessionResult) -> None:
    """Both rounds as one table, as far as they are over."""
    rows = [row for row in found.rows if row.now]
    if not rows:
        page.empty("No round is over yet", "The result is shown when small groups have finished.")
        return
    page.section(_finding(rows), _how(found))
    is_second = bool(found.second.placed)
    newest = found.second if is_second else found.first
    columns = [
        "Place",
        "Recommendation",
        "Total",
        *(["Places in the groups"] if newest.ranks_told else []),
    ]
    columns += ["First round", "Total then"] if is_second else []
    table(columns, [_cells(row, newest, is_second=is_second) for row in rows])
    if not newest.ranks_told:
        markup.sentence(
            "What single groups said is not told apart: a group had fewer than five people."
        )


def by_constituency(ballot_id: BallotId | None) -> None:
    """What each stakeholder group answered alone, as far as the one rule lets it be told."""
    page.section("What each stakeholder group thinks", MIXED)
    if ballot_id is None:
        markup.sentence(NEVER_ASKED)
        return
    held = {b.ballot.ballot_id: b for b in ballots.ballots_of(session.open_meeting_id())}
    if held[ballot_id].ballot.state is not BallotState.CLOSED:
        markup.sentence("That vote is still open; its answers are shown when it has closed.")
        return
    if not held[ballot_id].progress.n_answered:
        markup.sentence("Nobody answered alone, so that there is nothing to tell.")
        return
    markup.sentence(
        "A stakeholder group is told from five people on. Fewer are joined with others, and where "
        "a number would tell what a few people answered it is put into words."
    )
    ballot_results.of_ballot(ballot_id)
    vote_priorities.in_other_ways(ballot_id)


def place_told(place: int, *, is_tied: bool) -> str:
    """ "2", or "2, tied"."""
    return f"{place}, tied" if is_tied else str(place)


def _finding(rows: Sequence[Row]) -> str:
    first = [row for row in rows if row.now and row.now.place == 1]
    if len(first) > 1:
        return f"{listed([f'No. {row.option.number}' for row in first])} tie for the first place"
    return f"{shortened(name_of(first[0].option), LONGEST)} comes first"


def _how(found: SessionResult) -> str:
    newest = found.second if found.second.placed else found.first
    told = (
        f"{people_say(newest.n_in, newest.n_groups, noun='small groups')} put "
        f"{count(len(found.rows), 'recommendation')} in order. Their places are added up: the "
        "lowest total comes first, equal totals share a place."
    )
    return told if found.second.placed else f"After the first round: {told[:1].lower()}{told[1:]}"


def _cells(row: Row, newest: Totals, *, is_second: bool) -> list[Cell]:
    if row.now is None:
        return []
    cells: list[Cell] = [
        place_told(row.now.place, is_tied=row.now.is_tied),
        name_of(row.option),
        row.now.total,
    ]
    if newest.ranks_told:
        cells.append(", ".join(map(str, row.now.ranks)))
    if is_second:
        cells += (
            [place_told(row.first.place, is_tied=row.first.is_tied), row.first.total]
            if row.first
            else ["", None]
        )
    return cells
