"""I1 to I8 of a vote, whatever happens to it and in whatever order."""

import os
import shutil
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.initiatives import InitiativeKind
from domain.people import StakeholderGroup
from services import ballots, initiatives, links, meetings
from services.runtime import use_runtime
from tests.invariants.expected import Expected, Voter
from tests.invariants.machine import HouseOfVotes
from tests.made_vote import make_vote
from tests.made_words import make_words

IS_STRESS = bool(os.environ.get("STRESS"))
N_PARTS = 10
"""So that several processes share the work; each part begins from a seed of its own."""
N_RUNS = int(os.environ.get("INVARIANT_RUNS", 20_000 if IS_STRESS else 500)) // N_PARTS
N_STEPS = 60
N_IN_THE_CROWD = 12


@pytest.fixture
def template(app_runtime, tmp_path):
    """A folder with a vote, a quote and an initiative, and what is expected of it."""
    made = make_vote()
    asked = make_words(made)
    initiatives.create(
        made.programme_id,
        title="A pool of chairs",
        kind=InitiativeKind.PROGRAMME,
        owner="June",
        summary="",
        answers=[asked],
        proposed_on=date(2026, 1, 5),
    )
    for n in range(N_IN_THE_CROWD):
        meetings.add_person(made.meeting_id, f"Guest {n}", list(StakeholderGroup)[n % 2])
    ballots.invite_latecomers(made.ballot_id)
    found = dict(links.secrets_for(made.meeting_id))
    named = [(a, found[a]) for a in made.people.values()]
    crowd = [(a, secret) for a, secret in found.items() if a.name.startswith("Guest")]
    people = [Voter(a.attendance_id, a.stakeholder_group, secret) for a, secret in [*named, *crowd]]
    app_runtime.store.close()
    folder = tmp_path / "runs" / "template"
    shutil.copytree(tmp_path, folder, ignore=shutil.ignore_patterns("runs"))
    return folder, made, Expected(people)


@pytest.mark.slow
@pytest.mark.timeout(14_400)
@pytest.mark.parametrize("part", range(N_PARTS))
def test_a_vote_keeps_its_invariants(part, template, app_runtime, record_property):
    """I1, I2, I3, I4, I5, I6, I7, I8: Any order of presses, proxies, closes, crashes, restores."""
    moves = []

    def make():
        machine = HouseOfVotes(*template)
        moves.append(machine)
        return machine

    run_state_machine_as_test(
        seed(part)(make) if not IS_STRESS else make,
        settings=settings(
            max_examples=N_RUNS,
            stateful_step_count=N_STEPS,
            deadline=None,
            derandomize=not IS_STRESS,
            database=None,
            # Making a failure small takes minutes: by hand, under STRESS.
            phases=list(Phase) if IS_STRESS else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    use_runtime(app_runtime)
    n_moves = sum(machine.n_moves for machine in moves)
    record_property("figure", f"{len(moves):,} votes, {n_moves:,} moves, 0 times not so")
    assert len(moves) >= N_RUNS
