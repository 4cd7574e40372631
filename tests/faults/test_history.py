"""What people were told over HTTP, by a server that is killed again and again, against the box."""

import os
import random
from collections import Counter

import pytest

from domain.errors import NotFound
from services import ballots, participation, recount
from store import ballot_box
from tests.faults.clients import killed_after
from tests.faults.history import History, held_by, is_sound

N_KILLS = 200 if os.environ.get("STRESS") else 20


def receipts_of(vote):
    """Each person's receipt; None where nothing of theirs is in the box."""
    found = {}
    for name, secret in vote.secrets.items():
        try:
            found[name] = participation.receipt(secret, vote.ballot_id).code
        except NotFound:
            found[name] = None
    return found


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_what_people_were_told_over_http_is_in_the_box(vote, store, tmp_path, record_property):
    """V7, I1, I2, I4, I7: Six people at a real server, killed at random; then the vote closes."""
    chance, history, receipts = random.Random(7), History(), {}
    n_wrong = n_torn = 0

    for seed in range(N_KILLS):
        store.close()  # a forked process may share no connection
        history.read(killed_after(chance.uniform(0, 0.1), tmp_path, vote, seed))
        lost, made_up = history.lost_and_made_up(held_by(store, vote))
        n_wrong += len(lost) + len(made_up)
        n_torn += not is_sound(store, vote)
        now = receipts_of(vote)
        n_wrong += sum(now[name] != code for name, code in receipts.items() if code)
        n_wrong += sum(
            (code is not None) != any(held_person == n for held_person, _ in held_by(store, vote))
            for n, code in enumerate(now.values())
        )
        receipts = now

    before = Counter(held_by(store, vote).values())
    ballots.close_ballot(vote.ballot_id)
    with store.read() as tx:
        after = Counter(row[2] for row in ballot_box.box_of(tx, vote.ballot_id))
    n_unknown = sum(map(len, history.perhaps.values()))
    record_property(
        "figure",
        f"{N_KILLS} kills of a server, {history.n_acknowledged:,} answers told saved over HTTP, "
        f"{n_unknown} never answered, {n_wrong} lost or made up, {n_torn} times torn",
    )
    assert (n_wrong, n_torn) == (0, 0)
    assert history.n_acknowledged > 2 * N_KILLS
    assert after == before
    assert recount.count_again(vote.ballot_id).is_right
    assert receipts_of(vote) == receipts
