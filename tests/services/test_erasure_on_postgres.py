"""The same on PostgreSQL: by SQL over every column, and in the files of its tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from services import erasure, retention
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from services.tombstones import replay
from store import audit, tombstones
from tests.fakes import WordEmbedder
from tests.planted import plant
from tests.postgres import empty_database

IN_COLUMNS = text(
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying')"
)
IN_STATISTICS = text(
    "SELECT coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') "
    "FROM pg_stats WHERE schemaname = current_schema()"
)


@pytest.fixture
def app_runtime(postgres, tmp_path):
    settings = read_settings({"ROUNDTABLE_FOLDER": str(tmp_path), "ROUNDTABLE_WORKER": "0"})
    made = Runtime(replace(settings, database_url=empty_database(postgres), dwell_guard_ms=0))
    made.__dict__["_embedder"] = WordEmbedder()
    use_runtime(made)
    yield made
    use_runtime(None)
    made.store.close()


@pytest.fixture
def planted(app_runtime):
    return plant()


def everything_said(store) -> list[str]:
    """Every text in every column of every table, and what the planner remembers of them."""
    with store.read() as tx:
        found = list(tx.execute(IN_STATISTICS).scalars())
        for table, column in tx.execute(IN_COLUMNS).all():
            rows = tx.exec_driver_sql(f'SELECT "{column}" FROM "{table}"').scalars()
            found += [value for value in rows if value]
    return [value.lower() for value in found]


def hits(texts, planted) -> set[str]:
    return {where for where, m in planted.markers.items() if any(m in value for value in texts)}


def table_files(store) -> list[Path]:
    """The files in which this database keeps its rows, written out."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        oid = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    return [path for path in (Path(folder) / "base" / str(oid)).iterdir() if path.is_file()]


def test_no_column_of_any_table_holds_erased_words(planted, store, record_property):
    """B-10: On PostgreSQL, by SQL."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    assert hits(everything_said(store), planted) == set(planted.markers)

    erasure.erase_person(planted.attendance_id, reason="asked")

    after = everything_said(store)
    record_property("figure", f"0 hits in {sum(map(len, after)):,} characters of PostgreSQL's rows")
    assert hits(after, planted) == set()


def test_no_file_of_its_tables_holds_erased_words(planted, store, record_property):
    """B-10: On PostgreSQL, in the files of its tables; its log is another matter (ADR 6)."""
    before = [path.read_bytes().lower() for path in table_files(store)]
    assert any(m.encode() in body for body in before for m in planted.markers.values())

    erased = erasure.erase_person(planted.attendance_id, reason="asked")

    after = [path.read_bytes().lower() for path in table_files(store)]
    found = {w for w, m in planted.markers.items() if any(m.encode() in body for body in after)}
    record_property("figure", f"0 hits in {sum(map(len, after)):,} bytes of PostgreSQL's tables")
    assert erased.is_wiped
    assert found == set()


def test_an_erasure_waits_for_nobody_who_reads(planted, store, monkeypatch, caplog):
    """What could not be rewritten is noted and done later."""
    monkeypatch.setattr("store.server_tables.PATIENCE_S", 1)
    with store.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM text_revision")

        erased = erasure.erase_person(planted.attendance_id, reason="asked")

    assert not erased.is_wiped
    assert "55P03" in caplog.text  # a lock that was not to be had
    assert hits(everything_said(store), planted) == set()


def test_erasures_are_done_again_in_a_database_that_does_not_know_them(
    planted, store, app_runtime, postgres
):
    """B-12: On PostgreSQL, after pg_restore."""
    stones = tombstones.made_now(tombstones.Kind.ATTENDANCE, [planted.attendance_id])
    tombstones.append_to_file(app_runtime.settings.tombstone_file, stones)

    n_replayed = replay()

    assert n_replayed == 1
    assert hits(everything_said(store), planted) == set()
    with store.read() as tx:
        assert audit.first_broken(tx) is None


def test_letting_go_works_there_too(planted, store):
    """B-13: On PostgreSQL."""
    purged = retention.purge(now=datetime.now(UTC) + timedelta(days=91))

    assert purged.n_raw_texts > 0
    assert "corrected" not in hits(everything_said(store), planted)
