"""Panels of experts in the store. Start at `panel_by_id`."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, insert, select, update

from domain.errors import NotFound
from domain.ids import BallotId, MeetingId, PanelId, new_id
from domain.panels import Panel
from domain.votes import Asks
from store.tables import ballot, panel, panel_ballot


def add_panel(tx: Connection, meeting_id: MeetingId) -> PanelId:
    """Begin a panel."""
    panel_id = PanelId(new_id())
    tx.execute(
        insert(panel).values(panel_id=panel_id, meeting_id=meeting_id, started_at=datetime.now(UTC))
    )
    return panel_id


def add_round(
    tx: Connection, panel_id: PanelId, number: int, ballots: Mapping[Asks, BallotId]
) -> None:
    """Note the votes of a round; the store refuses the same round twice."""
    rows = [
        {"panel_id": panel_id, "round": number, "asks": asks, "ballot_id": ballot_id}
        for asks, ballot_id in ballots.items()
    ]
    tx.execute(insert(panel_ballot), rows)


def set_asks(tx: Connection, ballot_id: BallotId, asks: Asks) -> None:
    """Note what a panel rates in a vote that nobody has answered yet."""
    tx.execute(update(ballot).where(ballot.c.ballot_id == ballot_id).values(asks=asks))


def panel_by_id(tx: Connection, panel_id: PanelId) -> Panel:
    """One panel.

    Raises
    ------
    NotFound
        If no panel has this id.
    """
    row = tx.execute(select(panel).where(panel.c.panel_id == panel_id)).first()
    if row is None:
        raise NotFound(kind="panel", id=panel_id)
    return _panel(tx, row)


def panels_of(tx: Connection, meeting_id: MeetingId) -> list[Panel]:
    """A meeting's panels, the newest first."""
    query = (
        select(panel)
        .where(panel.c.meeting_id == meeting_id)
        .order_by(panel.c.started_at.desc(), panel.c.panel_id)
    )
    return [_panel(tx, row) for row in tx.execute(query).all()]


def _panel(tx: Connection, row: Row[tuple[object, ...]]) -> Panel:
    t = panel_ballot.c
    query = select(panel_ballot).where(t.panel_id == row.panel_id).order_by(t.round, t.asks.desc())
    ballots = {(r.round, Asks(r.asks)): BallotId(r.ballot_id) for r in tx.execute(query)}
    return Panel(PanelId(row.panel_id), MeetingId(row.meeting_id), row.started_at, ballots)
