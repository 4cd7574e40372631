"""Every promise is kept by a test, or says why not."""

import doctest

from tests.trust import ids

PROMISED = {promise for part in ids.parts() for promise in part.promises}


def test_every_promise_has_a_test_or_a_reason():
    assert PROMISED - ids.ids_in_tests().keys() - ids.not_done().keys() == set()


def test_every_id_in_a_test_is_a_promise():
    assert ids.ids_in_tests().keys() - PROMISED == set()


def test_every_reason_belongs_to_a_promise():
    assert ids.not_done().keys() - PROMISED == set()


def test_ids_are_read_from_docstrings():
    assert doctest.testmod(ids).failed == 0
