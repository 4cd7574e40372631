"""Somebody with every file after the close tries to tell who voted what."""

import hashlib
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import pytest

from domain.people import StakeholderGroup
from domain.votes import Answer
from services import ballots, links, meetings, recommendations, voting
from services.keys import link_hash
from store import ballots as kept
from tests.made_vote import make_meeting

N_POLLS = 1_000 if os.environ.get("STRESS") else 60
N_VOTERS = 6
FAR_TOO_GOOD = 3.0
"""Standard deviations over chance; four ways of guessing are tried, so two would come by luck."""


@dataclass(frozen=True)
class Spoils:
    """What lies there after the close, and what the intruder saw: who came when."""

    in_order_of_voting: Sequence[str]
    link_of: dict[str, str]
    box: Sequence[tuple[str, int]]
    bytes_kept: bytes


Order = Callable[[Spoils], tuple[list[str], list[int]]]


def by_stored_order(spoils: Spoils) -> tuple[list[str], list[int]]:
    """The order of the rows against the order of voting."""
    return list(spoils.in_order_of_voting), [answer for _, answer in spoils.box]


def by_roll_and_key(spoils: Spoils) -> tuple[list[str], list[int]]:
    """The order of the roll against the order of the keys."""
    return sorted(spoils.link_of), [answer for _, answer in sorted(spoils.box)]


def by_hash(spoils: Spoils) -> tuple[list[str], list[int]]:
    """Hashes of links against hashes of keys."""
    people = sorted(spoils.link_of, key=lambda who: spoils.link_of[who])
    rows = sorted(spoils.box, key=lambda row: hashlib.sha256(row[0].encode()).hexdigest())
    return people, [answer for _, answer in rows]


def by_place_in_the_file(spoils: Spoils) -> tuple[list[str], list[int]]:
    """Where a row's bytes lie, free pages and journal among them, against the order of voting."""
    rows = sorted(spoils.box, key=lambda row: spoils.bytes_kept.find(row[0].encode()))
    return list(spoils.in_order_of_voting), [answer for _, answer in rows]


WAYS: list[Order] = [by_stored_order, by_roll_and_key, by_hash, by_place_in_the_file]


def held_poll(meeting_id, chance, store, folder) -> tuple[Spoils, dict[str, Answer]]:
    """A vote of one question by six people of one group, in random order, closed."""
    ballot_id = ballots.open_ballot(meeting_id)
    secrets = {a.attendance_id: secret for a, secret in links.secrets_for(meeting_id)}
    question = kept_items(store, ballot_id)
    truth = {who: chance.choice(list(Answer)) for who in secrets}
    order = chance.sample(sorted(secrets), len(secrets))
    for who in order:
        voting.lay_answer(secrets[who], ballot_id, question, truth[who])
    ballots.close_ballot(ballot_id)
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT ballot_key, answer FROM box WHERE ballot_id = ?", (ballot_id,)
        ).all()
    bytes_kept = b"".join(p.read_bytes() for p in sorted(folder.glob("roundtable.db*")))
    hashes = {who: link_hash(secret) for who, secret in secrets.items()}
    return Spoils(order, hashes, [tuple(row) for row in rows], bytes_kept), truth


def kept_items(store, ballot_id):
    with store.read() as tx:
        return kept.ballot_by_id(tx, ballot_id).items[0].recommendation_id


@pytest.fixture
def same_group(app_runtime):
    _, meeting_id = make_meeting()
    for n in range(N_VOTERS):
        meetings.add_person(meeting_id, f"Person {n}", StakeholderGroup.CLINICIAN)
    recommendations.write(meeting_id, "Lend equipment within a week.", author="test")
    return meeting_id


def guessed(chance, meeting_id, store, folder) -> tuple[dict[str, float], float]:
    """By each way how far the right guesses lie above chance, and how many chance would have."""
    hits, expected, variance = dict.fromkeys(WAYS, 0), 0.0, 0.0
    for _ in range(N_POLLS):
        spoils, truth = held_poll(meeting_id, chance, store, folder)
        shares = [sum(a is one for a in truth.values()) / N_VOTERS for one in Answer]
        expected += N_VOTERS * sum(share**2 for share in shares)
        variance += variance_of_matches([round(share * N_VOTERS) for share in shares])
        for way in WAYS:
            people, answers = way(spoils)
            hits[way] += sum(truth[who] == a for who, a in zip(people, answers, strict=True))
    return {way.__name__: (n - expected) / sqrt(variance) for way, n in hits.items()}, expected


@pytest.mark.timeout(900)
def test_whoever_holds_every_file_guesses_no_better_than_chance(
    same_group, store, tmp_path, record_property
):
    """B-6: Box, roll, links, order, hashes and the bytes of the file against who voted when."""
    far, expected = guessed(random.Random(7), same_group, store, tmp_path)
    if max(far.values()) >= FAR_TOO_GOOD:
        # By luck in one run of two hundred, since keys are drawn anew each time. A leak shows again.
        far, expected = guessed(random.Random(8), same_group, store, tmp_path)

    told = ", ".join(f"{name.replace('_', ' ')} {z:+.1f}" for name, z in far.items())
    record_property(
        "figure",
        f"{N_POLLS} closed votes, {expected:.0f} right guesses expected by chance; standard "
        f"deviations above it: {told}",
    )
    assert max(far.values()) < FAR_TOO_GOOD


def variance_of_matches(sizes: Sequence[int]) -> float:
    """Variance of the matches between two random orders of the same answers.

    Each of n places matches with the chance Σ(s/n)²; places are tied, since answers run out.
    """
    n = sum(sizes)
    one = sum((s / n) ** 2 for s in sizes)
    both = sum(
        (s * (t - (i == j)) / (n * (n - 1))) ** 2
        for i, s in enumerate(sizes)
        for j, t in enumerate(sizes)
    )
    return n * one * (1 - one) + n * (n - 1) * (both - one**2)


def test_an_intruder_who_sees_the_order_of_the_rows_would_be_caught():
    """The measure itself: rows in the order of voting are guessed right each time."""
    voters = [str(n) for n in range(N_VOTERS)]
    answers = [1, -1, 0, 1, -1, 1]
    spoils = Spoils(voters, {}, [(str(n), a) for n, a in enumerate(answers)], b"")

    people, guessed = by_stored_order(spoils)

    assert (people, guessed) == (voters, answers)
