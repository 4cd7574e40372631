"""The check of the themes, and what is kept of the self test, once more on PostgreSQL."""

import pytest
from sqlalchemy import func, select

from domain.coding import CodedAs
from services import coding, coding_result, erasure, meetings, programmes, self_test
from store.tables import passage_coding, theme_check_passage
from tests.made_check import code_as_the_machine, make_check
from tests.pages import staged
from tests.pages.test_self_test_page import keep
from tests.services.test_on_postgres import app_runtime

__all__ = ["app_runtime"]  # fixture


@pytest.fixture
def check(app_runtime):
    return make_check()


def n_rows(app_runtime, table):
    with app_runtime.store.read() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_sample_is_coded_taken_back_and_compared(check):
    opened = coding.open_check(check.check_id, "Ann")
    coding.code(opened, coding.next_turn(opened).passage_id, CodedAs.NONE)
    coding.take_back(opened)
    n = code_as_the_machine(check.check_id, "Ann")

    (pair,) = coding_result.result(check.check_id, "Ann").pairs

    assert (pair.agreement.n, pair.agreement.n_same) == (n, n)


def test_erasing_somebody_takes_their_passages_out(check, app_runtime):
    """B-11: What was coded of their words goes with the words."""
    n = code_as_the_machine(check.check_id, "Rae")
    ann = next(a for a in meetings.roster(check.meeting_id) if a.name == staged.ANN)

    erasure.erase_person(ann.attendance_id, reason="asked by letter")

    left = n_rows(app_runtime, theme_check_passage)
    assert 0 < left < n
    assert n_rows(app_runtime, passage_coding) == left


def test_a_result_of_the_self_test_is_kept(app_runtime):
    keep(app_runtime.store)

    (found,) = self_test.history(programmes.start_ours())

    assert found.is_passed
