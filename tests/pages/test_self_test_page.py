from datetime import UTC, datetime

import pytest

from domain.self_test import BOUNDS, SHARES, Finding, Measure, SelfTest
from services import programmes, self_test
from store import self_test as kept
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import SELF_TEST


@pytest.fixture
def programme_id(app_runtime):
    return staged.programme()


def keep(store, day=1, **bad):
    """A result in which everything is as it must be, but for what is named."""
    found = {m: (0.9 if m in SHARES else 0.0) for m in Measure} | {
        Measure[name]: value for name, value in bad.items()
    }
    done = SelfTest(
        datetime(2026, 3, day, 10, tzinfo=UTC),
        7,
        "some-model",
        "some-path",
        "0.1.0",
        21.0,
        tuple(Finding(m, value, BOUNDS[m], 100) for m, value in found.items()),
    )
    with store.write() as tx:
        kept.add(tx, done)


def test_before_the_first_run_it_says_what_to_press(programme_id, open_page):
    at = open_page(SELF_TEST)

    assert not at.exception
    assert "Not tested yet" in text_of(at)


def test_a_press_asks_the_worker_and_shows_a_bar(programme_id, open_page):
    at = open_page(SELF_TEST)

    at.button(key="main_action").click().run()

    assert not at.exception
    assert self_test.under_way(programme_id).finished_at is None
    assert "Stop the self test" in [b.label for b in at.button]


def test_while_it_runs_it_is_not_offered_again(programme_id, open_page):
    self_test.request(programme_id)

    at = open_page(SELF_TEST)

    assert not any(b.key == "main_action" for b in at.button)


def test_a_run_can_be_stopped(programme_id, open_page):
    self_test.request(programme_id)
    at = open_page(SELF_TEST)

    next(b for b in at.button if b.label == "Stop the self test").click().run()

    assert self_test.under_way(programme_id).state == "cancelled"


def test_the_last_result_stands_first_with_model_and_version(programme_id, store, open_page):
    keep(store, 1, THEME_ARI=0.1)
    keep(store, 2)

    told = text_of(open_page(SELF_TEST))

    assert "Everything that was planted came out again" in told
    assert "version 0.1.0, model some-model, computed by some-path" in told
    assert "NOT passed" in told


def test_what_is_red_is_told_by_its_name(programme_id, store, open_page):
    keep(store, SIGN_ERRORS=3, THEME_ARI=0.02)

    at = open_page(SELF_TEST)

    told = text_of(at)
    assert "2 measures are not as they must be" in told
    assert html_of(at).count("NOT as it must be") == 2
    assert "3 of 100" in told


def test_a_result_with_a_measure_missing_is_not_passed(programme_id, store, open_page):
    """Must not appear: a green result of half a test."""
    done = SelfTest(
        datetime.now(UTC), 1, "m", "p", "v", 1.0, (Finding(Measure.THEME_ARI, 1.0, 0.45, 9),)
    )
    with store.write() as tx:
        kept.add(tx, done)

    assert "Everything that was planted came out again" not in text_of(open_page(SELF_TEST))


def test_a_leader_has_no_such_screen(programme_id, open_page):
    with pytest.raises(ValueError, match="navigation page"):
        open_page(SELF_TEST, **{"as": "leader"})


def test_without_a_programme_it_says_so(app_runtime, open_page):
    assert programmes.programmes() == []

    assert "No programme yet" in text_of(open_page(SELF_TEST))
