import os
import random

import pytest
from sqlalchemy import delete, update

from store import audit
from store.tables import audit_event


@pytest.fixture
def chained(any_store):
    with any_store.write() as tx:
        for n in range(5):
            audit.record(tx, "facilitator", "did", "thing", f"t{n}")
    return any_store


def test_an_untouched_chain_holds(chained):
    with chained.read() as tx:
        assert audit.first_broken(tx) is None


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_changed_event_is_found(chained, number):
    with chained.write() as tx:
        changed = update(audit_event).where(audit_event.c.number == number)
        tx.execute(changed.values(actor="somebody else"))

        assert audit.first_broken(tx) == number


def test_a_removed_event_is_found(chained):
    with chained.write() as tx:
        tx.execute(delete(audit_event).where(audit_event.c.number == 2))

        assert audit.first_broken(tx) == 2


def test_an_end_that_was_cut_off_is_found(chained):
    """B-14: Without the newest events the rest would still fit together."""
    with chained.write() as tx:
        tx.execute(delete(audit_event).where(audit_event.c.number >= 4))

        assert audit.first_broken(tx) == 4


def test_a_changed_reason_is_found(any_store):
    """B-14: Why is sealed too."""
    with any_store.write() as tx:
        audit.record(tx, "Ann", "raw words read", "meeting", "m1", reason="a complaint")
        tx.execute(update(audit_event).values(reason="curiosity"))

        assert audit.first_broken(tx) == 1


def test_a_reason_cannot_be_moved_into_another_column(any_store):
    """B-14: Each column is sealed apart from its neighbours."""
    with any_store.write() as tx:
        audit.record(tx, "Ann", "read", "meeting", "m1", reason="x")
        tx.execute(update(audit_event).values(subject_id="m1\x1fx", reason=""))

        assert audit.first_broken(tx) == 1


@pytest.mark.timeout(900)
def test_any_change_to_any_of_many_events_is_found(any_store, record_property):
    """B-14: One column of one event at a time, wherever in the chain it stands."""
    n_events, n_changes = (10_000, 200) if os.environ.get("STRESS") else (1_000, 20)
    chance = random.Random(3)
    with any_store.write() as tx:
        for n in range(n_events):
            audit.record(tx, "Ann", "did", "thing", f"t{n}", reason="asked" if n % 3 else "")
    n_found = 0
    for _ in range(n_changes):
        number = chance.randint(1, n_events)
        column = chance.choice(["actor", "action", "subject_kind", "subject_id", "reason", "hash"])
        with any_store.engine.connect() as tx, tx.begin() as begun:
            changed = update(audit_event).where(audit_event.c.number == number)
            tx.execute(changed.values({column: "another"}))
            n_found += audit.first_broken(tx) == number
            begun.rollback()

    record_property("figure", f"{n_found} of {n_changes} changes among {n_events:,} events found")
    assert n_found == n_changes
