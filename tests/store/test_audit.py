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
