"""How much orders and sets out of released counts tell, beside those of whole ballots. `measure`.

Made-up meetings with leanings of people, of groups and of recommendations, and meetings drawn from
Polis' published votes where ``ROUNDTABLE_REAL_DATA`` has them: people who answered all of twelve
statements, with Polis' opinion groups in place of stakeholder groups, or with groups by lot.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.equal_shares import Bloc, equal_shares, most_supported
from analysis.priority_orders import priority_orders
from analysis.released_sets import choose
from analysis.suppression import ReleasedVote, release_all
from analysis.tallies import Counts
from benchmarks._labelled import real_data
from benchmarks.frame import Claim, at_least, main
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group

SIZES = (24, 40, 60, 120)
N_OPTIONS, N_FIRST, N_PLACES = 12, 3, 4
N_MEETINGS = 60
MIX = {
    Group.PERSON_LIVING_WITH_ALS: 0.25,
    Group.CURRENT_CAREGIVER: 0.2,
    Group.CLINICIAN: 0.15,
    Group.ACADEMIC_INVESTIGATOR: 0.15,
    Group.INDUSTRY: 0.13,
    Group.ASSOCIATION_STAFF: 0.12,
}
GROUPS = list(MIX)
MIXED, CAMPS = (0.8, 0.0), (0.4, 1.5)
"""How much groups lean, and how much people with lived experience and all others lean apart."""

Votes = NDArray[np.int_]


@dataclass(frozen=True, eq=False)
class Meeting:
    """Answers, shape (n_people, n_options), of 1, 0 and -1; and each one's group, from 0."""

    answers: Votes
    group_of: Votes


@dataclass(frozen=True)
class _Sets:
    """Equal shares over whole ballots, over what is shown, and plain majority over ballots."""

    whole: set[int]
    told: set[int]
    majority: set[int]


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Places that are told, and sets that are the same, by how many people meet."""
    claims = []
    for n in SIZES:
        for kind, leaning in (("mixed", MIXED), ("two camps", CAMPS)):
            meetings = [_made_up(n, seed, leaning) for seed in range(N_MEETINGS)]
            claims += _told(f"{n} made-up people, {kind}", meetings)
    folder = real_data()
    if folder:
        for kind in ("opinion groups", "groups by lot"):
            for n in (24, 60):
                meetings = list(_drawn(folder / "polis", n, by_lot=kind == "groups by lot"))
                claims += _told(f"{n} of Polis, {kind}", meetings)
    return claims


def _told(name: str, meetings: Sequence[Meeting]) -> list[Claim]:
    released = [_released(meeting) for meeting in meetings]
    orders = [priority_orders(votes, N_FIRST, may_pass=True)[0] for votes in released]
    n_kept = np.mean([len(o.surely) + len(o.perhaps) for o in orders])
    n_sure = np.mean([len(o.surely) for o in orders])
    sets = [_sets(*both) for both in zip(meetings, released, strict=True)]
    by_shares = float(np.mean([len(f.whole & f.told) / N_PLACES for f in sets]))
    by_majority = float(np.mean([len(f.whole & f.majority) / N_PLACES for f in sets]))
    same = float(np.mean([found.whole == found.told for found in sets]))
    with_one = np.mean(
        [
            [_has_one(meeting, one) for one in (found.told, found.whole, found.majority)]
            for meeting, found in zip(meetings, sets, strict=True)
        ],
        axis=0,
    )
    return [
        at_least(f"{name}: surely among the first {N_FIRST}", float(n_sure), 1, "on average"),
        at_least(
            f"{name}: surely not among them, of {N_OPTIONS}",
            float(N_OPTIONS - n_kept),
            N_OPTIONS / 2,
            "on average",
        ),
        at_least(f"{name}: the very set of whole ballots", same, 0.3, "of meetings"),
        at_least(
            f"{name}: of {N_PLACES} places those of whole ballots (plain majority over ballots "
            f"{by_majority:.2f})",
            by_shares,
            0.75,
            "of places",
        ),
        at_least(
            f"{name}: people who support one of the set (whole ballots {with_one[1]:.3f}, plain "
            f"majority {with_one[2]:.3f})",
            float(with_one[0]),
            round(float(with_one[1]) - 0.01, 3),
            "of people",
        ),
    ]


def _released(meeting: Meeting) -> tuple[ReleasedVote, ...]:
    tally = {
        RecommendationId(str(option)): {
            group: Counts(*((given == answer).sum() for answer in (1, 0, -1)))
            for number, group in enumerate(GROUPS)
            if len(given := meeting.answers[meeting.group_of == number, option])
        }
        for option in range(meeting.answers.shape[1])
    }
    tally = {
        one: {g: Counts(*map(int, counts.cells)) for g, counts in by_group.items()}
        for one, by_group in tally.items()
    }
    return tuple(release_all(tally).values())


def _sets(meeting: Meeting, votes: Sequence[ReleasedVote]) -> _Sets:
    ballots, n_of = np.unique(meeting.answers == 1, axis=0, return_counts=True)
    blocs = [
        Bloc(int(n), tuple(Fraction(int(want)) for want in ballot))
        for ballot, n in zip(ballots, n_of, strict=True)
    ]
    found = choose(votes, N_PLACES, may_pass=True)
    told = {c.option for c in found[0].chosen} if found else set()
    whole, most = (f(blocs, N_OPTIONS, N_PLACES) for f in (equal_shares, most_supported))
    return _Sets({c.option for c in whole}, told, {c.option for c in most})


def _has_one(meeting: Meeting, chosen: set[int]) -> float:
    return float((meeting.answers[:, sorted(chosen)] == 1).any(axis=1).mean()) if chosen else 0.0


def _made_up(n: int, seed: int, leaning: tuple[float, float]) -> Meeting:
    """People whose group leans, and whose camp of groups leans, by so much."""
    of_group, of_camp = leaning
    rng = np.random.default_rng([n, seed])
    group_of = rng.choice(len(MIX), n, p=list(MIX.values()))
    sides = rng.choice((-1, 1), N_OPTIONS) * np.where(np.arange(len(MIX)) < 2, -1, 1)[:, np.newaxis]
    liking = rng.normal(0.4, 0.9, N_OPTIONS)
    liking = liking + (rng.normal(0, of_group, sides.shape) + of_camp * sides)[group_of]
    liking += rng.normal(0, 1, (n, N_OPTIONS)) + rng.normal(0, 0.5, (n, 1))
    answers = np.where(liking > 0.25, 1, np.where(liking < -0.35, -1, 0))
    return Meeting(answers, group_of)


def _drawn(folder: Path, n: int, *, by_lot: bool) -> Iterator[Meeting]:
    """Meetings of people who answered all of the twelve statements that most answered."""
    for number, file in enumerate(sorted(folder.glob("*/participants-votes.csv"))):
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        asked = [name for name in rows[0] if name.isdigit()]
        asked.sort(key=lambda name: -sum(row[name] != "" for row in rows))
        own = [r for r in rows if r["group-id"] and all(r[s] != "" for s in asked[:N_OPTIONS])]
        if len(own) < n:
            continue
        for draw in range(N_MEETINGS // 6):
            rng = np.random.default_rng([n, number, draw])
            taken = [own[i] for i in rng.choice(len(own), n, replace=False)]
            answers = np.array([[int(float(r[s])) for s in asked[:N_OPTIONS]] for r in taken])
            opinion = np.array([int(float(r["group-id"])) % len(MIX) for r in taken])
            group_of = rng.choice(4, n) if by_lot else opinion
            yield Meeting(answers, group_of)


if __name__ == "__main__":
    main("priorities", measure)
