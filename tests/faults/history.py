"""What voters were told, against what the box holds. Start at `History`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services import keys
from store import ballot_box
from store import ballots as kept
from store.engine import Store
from tests.made_vote import MadeVote

Place = tuple[int, int]


@dataclass
class History:
    """By person and place: the last answer that was acknowledged, and those since that may be."""

    acknowledged: dict[Place, int] = field(default_factory=dict)
    perhaps: dict[Place, list[int]] = field(default_factory=dict)
    n_acknowledged: int = 0

    def read(self, lines: Iterable[str]) -> None:
        """Take in events; a last line that was cut off is no event."""
        for line in lines:
            kind, person, place, given = line.split()
            where, answer = (int(person), int(place)), int(given)
            if kind == "ask":
                self.perhaps.setdefault(where, []).append(answer)
            else:
                self.acknowledged[where] = answer
                self.perhaps[where] = []
                self.n_acknowledged += 1

    def lost_and_made_up(self, held: dict[Place, int]) -> tuple[list[Place], list[Place]]:
        """Places whose acknowledged answer is gone, and those that hold what nobody gave."""
        lost = [
            where
            for where, answer in self.acknowledged.items()
            if held.get(where) not in (answer, *self.perhaps.get(where, ()))
        ]
        made_up = [
            where
            for where, answer in held.items()
            if answer not in (self.acknowledged.get(where), *self.perhaps.get(where, ()))
        ]
        return lost, made_up


def held_by(store: Store, vote: MadeVote) -> dict[Place, int]:
    """What lies in the box of an open vote, by person and place."""
    poll_key = keys.poll_key(vote.ballot_id)
    found = {}
    with store.read() as tx:
        items = kept.ballot_by_id(tx, vote.ballot_id).items
        place = {item.recommendation_id: item.position for item in items}
        for person, secret in enumerate(vote.secrets.values()):
            given = ballot_box.answers_of(tx, vote.ballot_id, keys.ballot_key(poll_key, secret))
            for recommendation_id, answer in given.items():
                found[person, place[recommendation_id]] = int(answer)
    return found


def is_sound(store: Store, vote: MadeVote) -> bool:
    """Whether the file is whole, and the roll counts as many as the box."""
    with store.engine.connect() as connection:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        in_box = connection.exec_driver_sql(
            "SELECT COUNT(DISTINCT ballot_key) FROM box"
        ).scalar_one()
    with store.read() as tx:
        n_answered, _ = kept.turnout(tx, vote.ballot_id)
    return whole and n_answered == in_box
