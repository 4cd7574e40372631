"""A process in which several people vote as fast as they can, and tell what was acknowledged.

Run as a module: `python -m tests.faults.voters SECRETS_FILE SEED`. Each line on its output is one
event: `ask`, then `ok` once the transaction is through. Start at `main`.
"""

import json
import os
import random
import sys
import threading
from pathlib import Path

from domain.ids import BallotId
from domain.votes import Answer
from services import voting

N_ITEMS = 3


def main() -> None:
    """Vote until somebody kills us."""
    told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    ballot_id = BallotId(told["ballot_id"])
    for n, secret in enumerate(told["secrets"]):
        threading.Thread(
            target=vote, args=(secret, ballot_id, n, int(sys.argv[2])), daemon=True
        ).start()
    sys.stdin.buffer.read()  # ends with whoever started us


def vote(secret: str, ballot_id: BallotId, person: int, seed: int) -> None:
    """One person who changes their mind all the time."""
    chance = random.Random(seed * 1_000 + person)
    while True:
        place, given = chance.randint(1, N_ITEMS), chance.choice(list(Answer))
        mark = voting.ballot_page(secret, ballot_id, place).mark
        tell("ask", person, place, given)
        voting.answer(secret, ballot_id, place, given, mark)
        tell("ok", person, place, given)


def tell(kind: str, person: int, place: int, given: Answer) -> None:
    """One write, so that a line is there whole or not at all."""
    os.write(1, f"{kind} {person} {place} {int(given)}\n".encode())


if __name__ == "__main__":
    main()
