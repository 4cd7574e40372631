"""Statements on the driver's own cursor, with SQLAlchemy's own way as the measure."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from store.prepared import Prepared
from store.tables import programme

MADE = datetime(2024, 10, 3, 17, 5, tzinfo=UTC)
ONE = Prepared(select(programme).where(programme.c.programme_id == bindparam("programme_id")))
ADD = Prepared(
    insert(programme).values(
        programme_id=bindparam("programme_id"),
        name=bindparam("name"),
        is_sample=bindparam("is_sample"),
        created_at=bindparam("created_at"),
        time_zone="UTC",
    )
)
RENAME = Prepared(update(programme).where(programme.c.is_sample).values(name=bindparam("name")))


def add(tx, programme_id="p1"):
    ADD.run(tx, programme_id=programme_id, name="Häuser", is_sample=True, created_at=MADE)


def test_a_row_reads_as_sqlalchemy_reads_it(any_store):
    """Moments carry their zone, and yes and no are no numbers, in each database."""
    with any_store.write() as tx:
        add(tx)

        found = ONE.first(tx, programme_id="p1")
        usual = tx.execute(select(programme)).first()

        assert found._asdict() == usual._asdict()
        assert (found.created_at, found.is_sample) == (MADE, True)


def test_nothing_found_is_none(any_store):
    with any_store.read() as tx:
        assert ONE.first(tx, programme_id="nobody") is None


def test_it_tells_how_many_rows_it_touched(any_store):
    with any_store.write() as tx:
        add(tx)
        add(tx, "p2")

        assert RENAME.run(tx, name="New") == 2


def test_a_refused_row_is_told_as_everywhere_and_quotes_nothing(any_store):
    """A failure must not repeat what people wrote."""

    def add_twice():
        with any_store.write() as tx:
            add(tx)
            add(tx)

    with pytest.raises(DBAPIError) as refusal:
        add_twice()

    assert "Häuser" not in str(refusal.value)


def test_what_was_done_goes_with_the_transaction(any_store):
    def stop_halfway():
        with any_store.write() as tx:
            add(tx)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        stop_halfway()

    with any_store.read() as tx:
        assert ONE.first(tx, programme_id="p1") is None
