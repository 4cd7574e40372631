"""The self test through the installed system: green as it is, red when anything is broken."""

import numpy as np
import pytest
from sqlalchemy import func, select

from analysis import suppression, tallies
from analysis.embeddings import load_embedder
from analysis.tallies import Counts
from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from domain.people import StakeholderGroup as Group
from domain.self_test import Measure
from domain.talk import Quote, Zone
from domain.votes import Answer
from services import (
    ballots,
    evidence,
    programmes,
    recommendation_reading,
    self_test,
    self_test_rounds,
    worker,
)
from services.access import acting_as
from services.passages import n_threads_now
from services.runtime import runtime
from store import talk
from store.jobs import JobState
from store.tables import metadata
from tests.made_vote import make_vote
from tests.test_manage import run as command

THEMES = {Measure.THEME_ARI, Measure.THEME_V, Measure.EVIDENCE}


class Broken:
    """The installed model with its vectors changed by a function."""

    model_id, path_name, n_dims = "broken", "fake", 384

    def __init__(self, change):
        self._model, self._change = load_embedder(), change

    def count_tokens(self, text):
        return self._model.count_tokens(text)

    def use_threads(self, n_threads):
        self._model.use_threads(n_threads)

    def embed(self, texts, *, on_progress=None):
        vectors = self._change(self._model.embed(texts, on_progress=on_progress))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def shuffled(vectors):
    return vectors[np.random.default_rng(1).permutation(len(vectors))]


def noise(vectors):
    return np.random.default_rng(2).normal(size=vectors.shape).astype(np.float32)


def red(done):
    return {finding.measure for finding in done.findings if not finding.is_met}


@pytest.mark.slow
def test_the_installed_model_recovers_what_was_planted(app_runtime):
    """The command ends with 0 and keeps the result."""
    app_runtime.__dict__["_embedder"] = load_embedder()

    result = command("self-test")

    assert result.exit_code == 0, result.output
    assert "RED" not in result.output
    (kept,) = self_test.history(programmes.start_ours())
    assert kept.is_passed
    assert kept.model == app_runtime.embedder().model_id


@pytest.mark.slow
@pytest.mark.parametrize("change", [shuffled, noise])
def test_vectors_without_meaning_turn_it_red(app_runtime, change):
    app_runtime.__dict__["_embedder"] = Broken(change)

    result = command("self-test")

    assert result.exit_code == 1
    (kept,) = self_test.history(programmes.start_ours())
    assert red(kept) == THEMES


def test_an_answer_that_is_counted_with_the_other_sign_turns_it_red(app_runtime, monkeypatch):
    def turned(answer):
        return Counts(answer is Answer.DISAGREE, answer is Answer.PASS, answer is Answer.AGREE)

    monkeypatch.setattr(tallies.Counts, "of", turned)

    assert Measure.SIGN_ERRORS in red(self_test.run())


def test_a_quote_check_that_lets_everything_through_turns_it_red(app_runtime, monkeypatch):
    def trusting(revision_id, source, start, end, quote):
        return Quote(revision_id, start, end, quote)

    for module in (evidence, recommendation_reading):
        monkeypatch.setattr(module, "verify_quote", trusting)

    assert red(self_test.run()) - THEMES == {Measure.QUOTE_ERRORS}


def test_a_display_that_does_not_check_turns_it_red(app_runtime, monkeypatch):
    """The door is shut, and a changed quote is in the store all the same."""

    def trusting(revision_id, source, start, end, quote):
        return Quote(revision_id, start, end, quote)

    monkeypatch.setattr(recommendation_reading, "verify_quote", trusting)

    assert red(self_test.run()) - THEMES == {Measure.QUOTE_ERRORS}


def test_small_cells_that_are_shown_turn_it_red(app_runtime, monkeypatch):
    monkeypatch.setattr(suppression, "is_telling", lambda counts, k: False)

    assert red(self_test.run()) - THEMES == {Measure.LEAKS}


def test_an_answer_that_is_not_counted_turns_it_red(app_runtime, monkeypatch):
    def forgetful(answers):
        """One of a group of one: nobody of that group is left."""
        left = sorted(answers, key=lambda one: one[1] is not Group.GOVERNMENT)
        return tallies.count_answers(left[1:])

    monkeypatch.setattr(ballots, "count_answers", forgetful)

    assert Measure.TALLY_ERRORS in red(self_test.run())


def test_words_that_nobody_released_turn_it_red(app_runtime, monkeypatch):
    newest_texts = talk.newest_texts
    monkeypatch.setattr(
        talk, "newest_texts", lambda zone, *where: newest_texts(Zone.RESTRICTED, *where)
    )

    assert Measure.UNRELEASED in red(self_test.run())


def rows(store):
    with store.read() as tx:
        return {
            name: tx.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def test_the_worker_runs_it_in_a_store_of_its_own(app_runtime, store):
    """The house's own database gains the result, and nothing else."""
    programme_id = programmes.start_ours()
    self_test.request(programme_id)
    before = rows(store)

    assert worker.work_once()

    after = rows(store)
    gained = {name for name in after if after[name] != before[name]}
    assert gained == {"self_test", "self_test_finding"}
    job = self_test.under_way(programme_id)
    assert (job.state, job.share_done) == (JobState.DONE, 1.0)
    assert runtime() is app_runtime
    assert red(self_test.history(programme_id)[0]) <= THEMES


def test_a_fault_half_way_puts_the_houses_own_store_back(app_runtime, store, monkeypatch):
    def fails(planted, tell):
        raise RuntimeError("half-way")

    monkeypatch.setattr(self_test, "go_through", fails)
    self_test.request(programmes.start_ours())

    assert worker.work_once()

    assert runtime() is app_runtime
    assert self_test.under_way(programmes.start_ours()).state is JobState.FAILED


def test_it_can_be_stopped(app_runtime, monkeypatch):
    programme_id = programmes.start_ours()
    job_id = self_test.request(programme_id)

    live = []

    def stopped(planted, tell):
        live.append(runtime())
        tell(0.5, "now")

    with app_runtime.store.write() as tx:
        worker.jobs.finish(tx, job_id, JobState.CANCELLED, "")
    monkeypatch.setattr(self_test, "go_through", stopped)

    with pytest.raises(worker.Cancelled):
        self_test.run(on_progress=worker._progress(job_id))

    assert live[0] is not app_runtime
    assert runtime() is app_runtime


def test_people_who_vote_in_the_house_meanwhile_go_first(app_runtime, monkeypatch):
    """One thread only, as for every other work."""
    seen = []
    monkeypatch.setattr(self_test, "go_through", lambda p, tell: seen.append(n_threads_now()) or 1)
    monkeypatch.setattr(self_test, "score", lambda planted, found: ())

    self_test.run()
    make_vote()
    self_test.run()

    assert seen == [None, 1]


@pytest.mark.parametrize("role", [StaffRole.LEADER, StaffRole.FACILITATOR, StaffRole.REVIEWER])
def test_others_neither_run_it_nor_see_its_result(app_runtime, role):
    programme_id = programmes.start_ours()
    with acting_as(Actor("Lee", (Grant(role),))):
        for ask in (self_test.request, self_test.under_way, self_test.history):
            with pytest.raises(NotPermitted):
                ask(programme_id)


def test_the_version_is_the_one_of_the_project():
    assert self_test.version() == "0.1.0"


def test_every_surface_that_it_reads_shows_something(app_runtime, monkeypatch):
    """A walk over nothing would find no fault."""
    seen = []
    monkeypatch.setattr(
        self_test,
        "go_through",
        lambda p, tell: seen.append(self_test_rounds.go_through(p, tell)) or seen[0],
    )

    self_test.run()

    assert len(seen[0].shown) > 500
    assert seen[0].n_altered == 40
    assert len(seen[0].votes) == 20
    assert any(one.vote.groups for one in seen[0].votes)
