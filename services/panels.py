"""A panel of experts rates recommendations in two rounds, as RAND/UCLA. Start at `start`.

A round is two votes with scores, on importance and on feasibility, by the members' personal
links. What they gave leaves here only through `analysis.panel_release`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.panel_ratings import Verdict
from analysis.panel_release import LARGEST_PANEL, ReleasedRating, release_panel
from analysis.suppression import PUBLIC_K, ROOM_K, in_words
from domain.access import Act
from domain.ballots import Ballot, BallotState, Secrecy
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, MeetingId, PanelId, RecommendationId
from domain.panels import FIRST, SECOND, Panel
from domain.votes import WORDINGS, Asks, Method
from reports.csv_tables import Cell, write_csv
from services import whose
from services.access import require
from services.ballot_making import NOT_PLANNED, make_in, open_in
from services.ballots import Progress, close_ballot
from services.exports import WATERMARK
from services.runtime import runtime
from store import audit, ballot_box, ballots, meetings, panels
from store.engine import Connection

SMALLEST_PANEL = 2
EXPORTED = (
    "number",
    "recommendation",
    "question",
    "round",
    "rated",
    "asked",
    "verdict",
    "median",
    "30th percentile",
    "70th percentile",
    "range",
    "range from which a panel disagrees",
)
DISAGREES = "disagreement"
WITHHELD = "withheld"


@dataclass(frozen=True)
class PanelVote:
    """One of a panel's votes, with how many of its members answered."""

    round: int
    asks: Asks
    ballot: Ballot
    progress: Progress

    @property
    def is_open(self) -> bool:
        return self.ballot.state is BallotState.OPEN


@dataclass(frozen=True)
class OpenPanel:
    """A panel with its votes, by round, importance first."""

    panel: Panel
    votes: tuple[PanelVote, ...]

    @property
    def is_open(self) -> bool:
        """Whether members may rate now."""
        return any(vote.is_open for vote in self.votes)

    @property
    def n_members(self) -> int:
        """How many were asked in the newest round."""
        return self.votes[-1].progress.n_invited if self.votes else 0


@dataclass(frozen=True)
class PanelRow:
    """A recommendation, as it was worded when it was rated, with what may be told of each vote."""

    position: int
    text: str
    ratings: dict[tuple[int, Asks], ReleasedRating]


def start(
    meeting_id: MeetingId,
    recommendation_ids: Sequence[RecommendationId],
    members: Collection[AttendanceId],
) -> PanelId:
    """Begin a panel and open its first round.

    Raises
    ------
    NotAllowedNow
        If there are too few or too many members, or nothing to rate.
    """
    by = require(Act.RUN_VOTE, meeting_id=meeting_id).name
    with runtime().store.write() as tx:
        roster = {a.attendance_id for a in meetings.roster_of(tx, meeting_id)}
        n = len(roster & set(members))
        if not SMALLEST_PANEL <= n <= LARGEST_PANEL:
            raise NotAllowedNow(
                reason=f"A panel has {SMALLEST_PANEL} to {LARGEST_PANEL} members; chosen are {n}."
            )
        panel_id = panels.add_panel(tx, meeting_id)
        panel = panels.panel_by_id(tx, panel_id)
        _open_round(tx, panel, recommendation_ids, roster - set(members), by)
        audit.record(tx, by, "panel begun", "panel", panel_id)
    return panel_id


def panels_of(meeting_id: MeetingId) -> list[Panel]:
    """A meeting's panels, the newest first."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return panels.panels_of(tx, meeting_id)


def open_panel(panel_id: PanelId) -> OpenPanel:
    """A panel with how far it is."""
    require(Act.READ, meeting_id=whose.panel(panel_id))
    with runtime().store.read() as tx:
        return _opened(tx, panel_id)


def close_round(panel_id: PanelId) -> None:
    """End both votes of the newest round for good."""
    require(Act.RUN_VOTE, meeting_id=whose.panel(panel_id))
    with runtime().store.read() as tx:
        panel = panels.panel_by_id(tx, panel_id)
    for ballot_id in panel.of_round(panel.round).values():
        close_ballot(ballot_id, is_for_all=True)


def open_second(panel_id: PanelId) -> None:
    """Ask the same members the same questions again, after they talked.

    Raises
    ------
    NotAllowedNow
        If the first round is still open, or there is a second one already.
    """
    meeting_id = whose.panel(panel_id)
    by = require(Act.RUN_VOTE, meeting_id=meeting_id).name
    with runtime().store.write() as tx:
        found = _opened(tx, panel_id)
        if found.is_open or found.panel.round == SECOND:
            raise NotAllowedNow(
                reason="The second round is opened once, when both votes of the first have closed."
            )
        first = found.panel.of_round(FIRST)[Asks.IMPORTANCE]
        roster = {a.attendance_id for a in meetings.roster_of(tx, meeting_id)}
        others = {who for who in roster if not ballots.roll_entry(tx, first, who)}
        asked = [item.recommendation_id for item in found.votes[0].ballot.items]
        _open_round(tx, found.panel, asked, others, by)
        audit.record(tx, by, "panel's second round opened", "panel", panel_id)


def result(panel_id: PanelId, k: int = ROOM_K) -> tuple[PanelRow, ...]:
    """What may be told of every vote that has closed, by recommendation."""
    require(Act.READ, meeting_id=whose.panel(panel_id))
    with runtime().store.read() as tx:
        return _result(tx, panel_id, k)


def export_panel(panel_id: PanelId) -> tuple[str, bytes]:
    """File name and CSV: only what eleven ratings or more stand behind, and the room is told."""
    meeting_id = whose.panel(panel_id)
    require(Act.EXPORT, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        room, public = (_result(tx, panel_id, k) for k in (ROOM_K, PUBLIC_K))
        meeting = meetings.meeting_by_id(tx, meeting_id)
        held = {p.programme_id: p for p in meetings.programmes(tx)}
    rows = [
        [shown.position, shown.text, asks, number, *_cells(seen, shown.ratings[number, asks])]
        for shown, other in zip(room, public, strict=True)
        for (number, asks), seen in other.ratings.items()
    ]
    note = WATERMARK if held[meeting.programme_id].is_sample else ""
    return f"panel-{meeting.held_on.isoformat()}.csv", write_csv(EXPORTED, rows, note=note)


def _open_round(
    tx: Connection,
    panel: Panel,
    asked: Sequence[RecommendationId],
    excluded: Collection[AttendanceId],
    by: str,
) -> None:
    number = panel.round + 1 if panel.ballots else FIRST
    ways = (Secrecy.CONFIDENTIAL, Method.SCORES, NOT_PLANNED)
    opened = {}
    for asks in Asks:
        title = f"{asks.capitalize()}, round {number} of {SECOND}"
        ballot_id = make_in(tx, panel.meeting_id, asked, title, ways)
        panels.set_asks(tx, ballot_id, asks)
        open_in(tx, ballot_id, excluded=excluded, actor=by)
        opened[asks] = ballot_id
    panels.add_round(tx, panel.panel_id, number, opened)


def _opened(tx: Connection, panel_id: PanelId) -> OpenPanel:
    panel = panels.panel_by_id(tx, panel_id)
    votes = tuple(
        PanelVote(
            number,
            asks,
            ballots.ballot_by_id(tx, ballot_id),
            Progress(*ballots.turnout(tx, ballot_id)),
        )
        for (number, asks), ballot_id in panel.ballots.items()
    )
    return OpenPanel(panel, votes)


def _result(tx: Connection, panel_id: PanelId, k: int) -> tuple[PanelRow, ...]:
    found = _opened(tx, panel_id)
    told = {(v.round, v.asks): _ratings(tx, v, k) for v in found.votes if not v.is_open}
    return tuple(
        PanelRow(
            item.position,
            item.text,
            {vote: by_id[item.recommendation_id] for vote, by_id in told.items()},
        )
        for item in found.votes[0].ballot.items
    )


def _ratings(tx: Connection, vote: PanelVote, k: int) -> dict[RecommendationId, ReleasedRating]:
    given: dict[RecommendationId, list[int]] = {
        item.recommendation_id: [] for item in vote.ballot.items
    }
    for _, recommendation_id, score, _, is_proxy in ballot_box.box_of(tx, vote.ballot.ballot_id):
        if not is_proxy:
            given[recommendation_id].append(score)
    n_panel = vote.progress.n_invited
    return {one: release_panel(scores, n_panel, k) for one, scores in given.items()}


def _cells(seen: ReleasedRating, in_the_room: ReleasedRating) -> list[Cell]:
    """What is withheld in the room is withheld in a file as well."""
    verdict: Cell = WITHHELD
    if seen.verdict and in_the_room.verdict:
        verdict = DISAGREES if seen.disagrees else seen.verdict.value
    numbers: list[Cell] = [None] * 5
    rating = seen.rating if in_the_room.rating else None
    if rating:
        numbers = [rating.median, rating.p30, rating.p70, rating.ipr, round(rating.ipras, 2)]
    return [seen.n, seen.n_panel, verdict, *numbers]


def in_few_words(asks: Asks, seen: ReleasedRating) -> str:
    """The verdict in the question's own words: "important", "not feasible", "disagreement"."""
    if seen.verdict is None:
        return WITHHELD
    if seen.disagrees:
        return DISAGREES
    word = {Asks.IMPORTANCE: "important", Asks.FEASIBILITY: "feasible"}[asks]
    return {
        Verdict.HIGH: word,
        Verdict.UNCERTAIN: "uncertain",
        Verdict.LOW: f"not {word}",
    }[seen.verdict]


def in_numbers(seen: ReleasedRating) -> str:
    """How many rated, of how many, and as much of what they gave as may be told."""
    told = f"{seen.n} of {seen.n_panel} rated"
    if not seen.n:
        return told
    if seen.rating is None:
        words = in_words(seen.counted, WORDINGS[Method.SCORES])
        words = words.removesuffix(f" ({seen.n} answered)").removeprefix(f"{seen.n} answered; ")
        return f"{told}: {words}"
    r = seen.rating
    return (
        f"{told}: median {r.median:g}, middle {r.p30:g} to {r.p70:g}; range {r.ipr:g}, "
        f"disagreement above {r.ipras:.1f}"
    )


Rating = ReleasedRating
