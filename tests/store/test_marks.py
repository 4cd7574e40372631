"""The mark by which anything that was committed is noticed, on SQLite and on PostgreSQL."""

from sqlalchemy import text

MAKE = "CREATE TABLE made_for_a_mark (n integer)"
ADD = text("INSERT INTO made_for_a_mark VALUES (1)")


def mark(store):
    with store.read() as tx:
        return store.mark(tx)


def test_nothing_committed_leaves_the_mark_as_it_was(any_store):
    assert mark(any_store) == mark(any_store)


def test_a_commit_makes_another_mark(any_store):
    with any_store.write() as tx:
        tx.execute(text(MAKE))
    before = mark(any_store)

    with any_store.write() as tx:
        tx.execute(ADD)

    assert mark(any_store) != before


def test_a_commit_that_others_may_share_makes_another_mark(any_store):
    with any_store.write() as tx:
        tx.execute(text(MAKE))
    before = mark(any_store)

    with any_store.write(is_alone=False) as tx:
        tx.execute(ADD)

    assert mark(any_store) != before


def test_a_reader_of_an_earlier_moment_keeps_its_mark(any_store):
    """What it reads later was not there yet: kept under the new mark it would be served as new."""
    with any_store.write() as tx:
        tx.execute(text(MAKE))
    with any_store.read() as tx:
        tx.execute(text("SELECT count(*) FROM made_for_a_mark")).scalar_one()
        before = any_store.mark(tx)
        with any_store.write() as other:
            other.execute(ADD)

        assert mark(any_store) != before


def test_a_writer_has_no_mark(any_store):
    with any_store.write() as tx:
        assert any_store.mark(tx) is None
