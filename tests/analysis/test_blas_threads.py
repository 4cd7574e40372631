import pytest
from threadpoolctl import threadpool_info

from analysis.blas_threads import for_passages


def n_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_the_matrices_of_a_meeting_are_multiplied_on_one_thread():
    with for_passages(1_450):
        assert n_threads() == {1}


@pytest.mark.parametrize("n_passages", [1_450, 100_000])
def test_afterwards_as_many_threads_as_before(n_passages):
    before = n_threads()

    with for_passages(n_passages):
        pass

    assert n_threads() == before
