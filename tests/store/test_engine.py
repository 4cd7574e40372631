import contextlib
import shutil
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError

from domain.errors import StoreNotReady
from store import meetings, tables
from store.engine import Store
from store.migrate import current_version, migrate, newest_version, refuse_old


def test_migrations_lead_to_exactly_the_tables_in_code(any_store):
    with any_store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, tables.metadata)

    assert differences == []


def test_a_store_with_another_vote_sign_is_refused(any_store):
    with any_store.write() as tx:
        tx.execute(update(tables.declaration).values(value="agree=-1"))

    with pytest.raises(StoreNotReady, match="vote sign"):
        any_store.check()


def test_a_store_without_a_declaration_is_refused(any_store):
    with any_store.write() as tx:
        tx.execute(delete(tables.declaration))

    with pytest.raises(StoreNotReady):
        any_store.check()


def test_an_error_inside_a_write_leaves_no_trace(any_store):
    with contextlib.suppress(ZeroDivisionError), any_store.write() as tx:
        meetings.add_programme(tx, "Half done", is_sample=False)
        raise ZeroDivisionError

    with any_store.read() as tx:
        assert meetings.programmes(tx) == []


def test_foreign_keys_are_on(any_store):
    orphan = tables.person.insert().values(person_id="p", programme_id="none", name="A")

    with any_store.write() as tx, pytest.raises(DatabaseError), tx.begin_nested():
        tx.execute(orphan)


def test_writers_in_many_threads_all_get_their_turn(any_store):
    def add(n: int) -> None:
        with any_store.write() as tx:
            meetings.add_programme(tx, f"P{n}", is_sample=False)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with any_store.read() as tx:
        assert len(meetings.programmes(tx)) == 20


def test_migrating_twice_changes_nothing(any_store):
    told = migrate(any_store)

    assert told == "The database is up to date."


def test_an_empty_file_has_no_version_and_is_refused(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")

    with pytest.raises(StoreNotReady, match="migrate"):
        refuse_old(store)
    store.close()


def test_a_database_of_a_newer_program_is_refused(tmp_path, migrated_file):
    store = _copy(migrated_file, tmp_path)
    with store.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))

    with pytest.raises(StoreNotReady, match="newer"):
        migrate(store)
    store.close()


def test_a_backup_taken_while_open_holds_the_same_rows(tmp_path, migrated_file):
    store = _copy(migrated_file, tmp_path)
    with store.write() as tx:
        meetings.add_programme(tx, "Kept", is_sample=False)

    store.back_up(tmp_path / "backup.db")

    copy = Store(f"sqlite:///{tmp_path / 'backup.db'}")
    with copy.read() as tx:
        assert [p.name for p in meetings.programmes(tx)] == ["Kept"]
    assert current_version(copy) == newest_version()
    copy.close()
    store.close()


def test_a_backup_never_overwrites(tmp_path, migrated_file):
    store = _copy(migrated_file, tmp_path)
    (tmp_path / "there.db").write_text("mine")

    with pytest.raises(StoreNotReady, match="exists"):
        store.back_up(tmp_path / "there.db")
    store.close()


def _copy(migrated_file: Path, folder: Path) -> Store:
    shutil.copy(migrated_file, folder / "copy.db")
    return Store(f"sqlite:///{folder / 'copy.db'}")
