"""What a guided session came to: both rounds, and what people said alone. Start at `show`."""

from collections.abc import Sequence

import streamlit as st

from domain.access import Act
from domain.ballots import BallotState
from domain.ids import BallotId, GuidedSessionId
from services import ballots, group_orders
from services.group_orders import Row, SessionResult
from ui import ballot_results, markup, page, session
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
WHY = (
    "A small group had fewer than five people: from totals, and from places of few groups, "
    "somebody who sat in one could work out what the others put where."
)
TOO_FEW = (
    f"{WHY} Groups of five or more show all of it; smaller ones show places, from four groups on."
)
NOTHING = "Others are shown nothing of it, so it is not for the wall."
PLACES = "Others are shown places alone, so it is not for the wall."
NEVER_ASKED = (
    "Nobody was asked alone in this session, so that nothing can be told apart by stakeholder "
    "group."
)


def show(session_id: GuidedSessionId) -> None:
    """The order by the lowest total, both rounds, then what people answered alone."""
    both_rounds(session_id)
    told = group_orders.result(session_id)
    if session.may(Act.EXPORT) and any(row.now for row in told.rows):
        name, data = group_orders.export_result(session_id)
        st.download_button(
            "Download the session's result (CSV)",
            data=data,
            file_name=name,
            mime="text/csv",
            key="session_result",
            on_click="ignore",
            help="Places in both rounds, where they may be told. No name and no single group; "
            "totals only where every group has at least eleven people.",
        )
    by_constituency(told.session.ballot_id)


def both_rounds(session_id: GuidedSessionId) -> None:
    """Both rounds as one table, as far as they are over and may be told."""
    told = group_orders.result(session_id)
    found = group_orders.added_up(session_id) if session.may(Act.RUN_VOTE) else told
    rows = [row for row in found.rows if row.now]
    if not rows and not _is_withheld(found):
        page.empty("No round is over yet", "The result is shown when small groups have finished.")
        return
    if not rows:
        page.section("The order is not shown", TOO_FEW)
        return
    page.section(_finding(rows), _how(found))
    if note := _what_is_withheld(found, told):
        markup.sentence(note)
    _table(found, rows)


def _table(found: SessionResult, rows: Sequence[Row]) -> None:
    is_second = bool(found.second.placed)
    newest = found.second if is_second else found.first
    columns = ["Place", "Recommendation"]
    columns += ["Total", "Places in the groups"] if newest.totals_told else []
    columns += ["First round"] if is_second else []
    columns += ["Total then"] if is_second and found.first.totals_told else []
    table(columns, [_cells(row, found) for row in rows])


def _is_withheld(found: SessionResult) -> bool:
    return found.first.is_withheld or found.second.is_withheld


def _what_is_withheld(found: SessionResult, told: SessionResult) -> str:
    """What is not shown here, or to others, and why; empty where all of it is shown to all."""
    if found != told:
        others = NOTHING if not any(row.now for row in told.rows) else PLACES
        return f"You see this because you run the session. {others} {WHY}"
    newest = found.second if found.second.placed else found.first
    if _is_withheld(found):
        which = "second" if found.second.is_withheld else "first"
        return f"The {which} round is not shown. {WHY}"
    return "" if newest.totals_told else f"Places alone are shown. {WHY}"


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


def _cells(row: Row, found: SessionResult) -> list[Cell]:
    if row.now is None:
        return []
    cells: list[Cell] = [place_told(row.now.place, is_tied=row.now.is_tied), name_of(row.option)]
    if row.now.total is not None:
        cells += [row.now.total, ", ".join(map(str, row.now.ranks))]
    if not found.second.placed:
        return cells
    then = row.first
    cells.append(place_told(then.place, is_tied=then.is_tied) if then else "")
    if found.first.totals_told:
        cells.append(then.total if then else None)
    return cells
