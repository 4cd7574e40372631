"""A database of another version: brought up to date, or refused in plain words."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select

from domain.errors import BackupRefused, NotAllowedNow, StoreNotReady
from services import backups, upkeep
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store import audit, ballots, tables
from store.backup_checks import look_at
from store.engine import Store
from store.migrate import FOLDER, current_version, migrate, newest_version
from tests.made_vote import make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def backup(vote, tmp_path):
    target = tmp_path / "backups" / "monday.db"
    target.parent.mkdir()
    backups.back_up(target)
    return target


def turnout(store, ballot_id):
    with store.read() as tx:
        return ballots.turnout(tx, ballot_id)


def state(store, ballot_id):
    with store.read() as tx:
        return ballots.ballot_by_id(tx, ballot_id).state


OLD_ROWS = """
INSERT INTO declaration VALUES ('vote_sign', 'agree=1 pass=0 disagree=-1');
INSERT INTO programme (programme_id, name, is_sample, created_at)
    VALUES ('p1', 'Ours', 0, '2024-10-01 10:00:00.000000');
INSERT INTO meeting VALUES ('m1', 'p1', 'fall', '2024-10-03', 'Nights', 'care', 'online',
    '2024-10-01 10:00:00.000000');
INSERT INTO person VALUES ('pe1', 'p1', 'Ann Lee');
INSERT INTO attendance VALUES ('a1', 'm1', 'pe1', 'clinician', '', '');
INSERT INTO transcript VALUES ('t1', 'm1', 'talk.vtt', 'vtt', 'x', 'y',
    '2024-10-03 10:00:00.000000');
INSERT INTO speaker_label VALUES ('l1', 't1', 'Ann', 'a1');
INSERT INTO utterance VALUES ('u1', 'm1', 't1', 'l1', 0, 'spoken', NULL, 1.0, 2.0, 'cue 1', 0);
INSERT INTO text_revision VALUES ('r1', 'u1', 1, 'as heard', 'Nobody showed us the mask.',
    '2024-10-03 10:00:00.000000', 'f');
INSERT INTO text_revision VALUES ('r2', 'u1', 2, 'released', 'Nobody showed us the mask.',
    '2024-10-03 10:00:00.000000', 'f');
INSERT INTO consent_event VALUES ('c1', 'm1', NULL, 'quoted without name', 1, 'form',
    '2024-10-03 10:00:00.000000', 'f');
"""
AUDIT_ROW = "INSERT INTO audit_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@pytest.fixture
def old_file(tmp_path):
    """A database as the version before wrote it, with people, words and a log."""
    path = tmp_path / "old" / "roundtable.db"
    store = Store(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with store.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(OLD_ROWS)
        previous = "0" * 64
        for n in range(1, 6):
            at = f"2024-10-03 10:00:0{n}.000000"
            told = (n, f"2024-10-03T10:00:0{n}+00:00", "facilitator", "did", "thing", f"t{n}")
            sealed = hashlib.sha256("\x1f".join(map(str, (*told, previous))).encode()).hexdigest()
            raw.execute(AUDIT_ROW, (n, at, *told[2:], previous, sealed))
            previous = sealed
        raw.commit()
    return path


def test_an_upgrade_keeps_every_row_and_the_log_fits(old_file):
    """V9: From the version before, with data."""
    before = look_at(old_file).n_rows
    store = Store(f"sqlite:///{old_file}")

    migrate(store)

    with store.read() as tx:
        after = {
            name: tx.execute(
                select(func.count()).select_from(tables.metadata.tables[name])
            ).scalar()
            for name in before
        }
        assert after | {"declaration": 0} == before | {"declaration": 0}
        assert audit.first_broken(tx) is None
    assert current_version(store) == newest_version()
    store.close()


def test_a_backup_of_the_version_before_is_brought_up_to_date(vote, store, old_file):
    assert not backups.verify(old_file)[0].is_newest

    done = backups.restore(old_file)

    assert "now at version" in done.steps.migrated
    with store.read() as tx:
        assert tx.execute(select(tables.person.c.name)).scalar_one() == "Ann Lee"
        assert audit.first_broken(tx) is None


def test_an_upgrade_of_a_log_that_was_tampered_with_is_found(vote, old_file):
    with closing(sqlite3.connect(old_file)) as raw:
        raw.execute("UPDATE audit_event SET actor = 'nobody' WHERE number = 3")
        raw.commit()

    with pytest.raises(BackupRefused, match="does not fit from event 3 on"):
        backups.verify(old_file)


def test_a_database_of_a_newer_program_is_refused_in_plain_words(vote, store, app_runtime):
    """V9: From the version after, nothing is changed."""
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    before = store.path.read_bytes()

    with pytest.raises(StoreNotReady, match=r"newer version \(0999\) than this program's"):
        upkeep.make_ready()

    assert store.path.read_bytes() == before


def test_postgresql_has_commands_of_its_own(vote, app_runtime, backup):
    settings = replace(app_runtime.settings, database_url="postgresql://nobody@/none")
    use_runtime(Runtime(settings))

    with pytest.raises(NotAllowedNow, match="pg_restore"):
        backups.restore(backup)


def test_the_folder_of_the_settings_is_where_erasures_are_written_down(tmp_path):
    settings = read_settings({"ROUNDTABLE_FOLDER": str(tmp_path)})

    assert settings.tombstone_file == tmp_path / "tombstones.jsonl"
