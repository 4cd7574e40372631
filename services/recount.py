"""Count a closed vote again, here or anywhere. Start at `count_again` and `export_recount`.

What leaves the house holds single answers to one recommendation at a time, sorted, and only where
their counts were released: never a whole ballot, which would be a name to whoever knows the room.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import reports.recount
from analysis.suppression import PUBLIC_K, Released
from domain.access import Act
from domain.ids import BallotId, RecommendationId
from domain.votes import Answer, Wording, standing
from reports.csv_tables import Cell, write_csv, zip_files
from services import whose
from services.access import require
from services.ballots import export_results_csv, results, results_in
from services.runtime import runtime
from store import ballot_box, meetings
from store import ballots as kept

SCRIPT = Path(reports.recount.__file__)
ANOTHER = "another answer"


@dataclass(frozen=True)
class Recount:
    """A vote counted anew from the box, beside what was shown and beside the roll."""

    n_on_roll: int
    n_in_box: int
    n_results: int
    n_different: int

    @property
    def is_right(self) -> bool:
        return self.n_on_roll == self.n_in_box and not self.n_different


def count_again(ballot_id: BallotId) -> Recount:
    """Count a closed vote from the box, answer by answer, and hold it against what is shown.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    with runtime().store.read() as tx:
        shown = results_in(tx, ballot_id)
        rows = ballot_box.box_of(tx, ballot_id)
        n_on_roll, _ = kept.turnout(tx, ballot_id)
    n_asked = len(shown.ballot.items)
    counted: dict[RecommendationId, Counter[Answer]] = {}
    for _, recommendation_id, given, _, is_proxy in rows:
        if not is_proxy:
            stands = standing(shown.ballot.method, given, n_asked)
            counted.setdefault(recommendation_id, Counter())[stands] += 1
    n_different = sum(
        not _agrees(result.vote.whole, counted.get(result.item.recommendation_id, Counter()))
        for result in shown.results
    )
    n_in_box = len({row[0] for row in rows})
    return Recount(n_on_roll, n_in_box, len(shown.results), n_different)


def export_recount(ballot_id: BallotId) -> tuple[str, bytes]:
    """File name and ZIP: the released tallies, the answers behind them, and a script that counts.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    meeting_id = whose.ballot(ballot_id)
    require(Act.EXPORT, meeting_id=meeting_id)
    found = results(ballot_id, PUBLIC_K)
    rows: list[list[Cell]] = [
        [result.item.position, part.label, answer]
        for result in found.results
        for part in (result.vote.whole, *result.vote.groups)
        for answer in _answers(part, result.wording)
    ]
    with runtime().store.read() as tx:
        held_on = meetings.meeting_by_id(tx, meeting_id).held_on
    files = {
        "results.csv": export_results_csv(ballot_id),
        "answers.csv": write_csv(["number", "group", "answer"], rows),
        "recount.py": SCRIPT.read_bytes(),
    }
    return f"recount-{held_on.isoformat()}.zip", zip_files(files)


def _answers(part: Released, wording: Wording) -> Iterator[str]:
    """The single answers behind released counts, sorted by what they say."""
    if part.counts:
        words = (wording.high, wording.middle or ANOTHER, wording.low)
        for word, n in zip(words, part.counts.cells, strict=True):
            yield from [word] * n
    elif part.n_agree is not None:
        yield from [wording.high] * part.n_agree
        yield from [ANOTHER] * (part.n - part.n_agree)


def _agrees(shown: Released, counted: Counter[Answer]) -> bool:
    """Whether all that is shown of a whole is true of what was counted."""
    if shown.n != counted.total():
        return False
    if shown.counts:
        return shown.counts.cells == tuple(counted[a] for a in Answer)
    return shown.n_agree is None or shown.n_agree == counted[Answer.AGREE]
