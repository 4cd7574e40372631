"""The command line, each command for real; only the model is faked."""

import json
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from domain.talk import Zone
from manage import manage
from services import meetings, transcripts
from services.runtime import Runtime, use_runtime
from store import audit
from tests.services.conftest import TALK, meeting_id, programme_id, told_meeting

__all__ = ["meeting_id", "programme_id", "told_meeting"]  # fixtures


def run(*arguments):
    return CliRunner().invoke(manage, [str(argument) for argument in arguments])


def refusal(*arguments):
    """The one sentence that a command ends with; never a traceback."""
    result = run(*arguments)
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.output.strip().splitlines()[-1]


@pytest.fixture
def no_store(app_runtime, tmp_path):
    """A runtime whose database is not there yet."""
    url = f"sqlite:///{tmp_path / 'new' / 'roundtable.db'}"
    made = Runtime(replace(app_runtime.settings, database_url=url))
    use_runtime(made)
    yield made
    made.store.close()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_bytes(TALK)
    return path


def test_migrate_makes_the_database_and_says_so_once(no_store):
    assert "now at version" in run("migrate").output
    assert run("migrate").output == "The database is up to date.\n"


@pytest.mark.parametrize(
    "command", [("sample",), ("themes", "x"), ("export", "x"), ("backup", "copy.db")]
)
def test_a_missing_database_is_told_with_the_command_to_run(no_store, command):
    assert refusal(*command).endswith("Run: python manage.py migrate")
    assert not no_store.store.path.exists()


def test_import_brings_a_file_in_and_says_what_it_found(meeting_id, file):
    result = run("import", file, "--meeting", meeting_id, "--consent", "forms", "--release")

    assert result.output.startswith("7 utterances from talk.txt; 2 of 4 speakers matched.")
    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 7


def test_import_shares_nothing_unless_told_to(meeting_id, file):
    run("import", file, "--meeting", meeting_id, "--consent", "forms")

    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 7
    assert transcripts.utterances(meeting_id, Zone.SHARED) == []


def test_import_of_a_file_that_is_not_there_names_it(meeting_id):
    assert "'nowhere.vtt' does not exist" in refusal(
        "import", "nowhere.vtt", "--meeting", meeting_id, "--consent", "forms"
    )


def test_import_of_a_bad_file_says_what_to_do(meeting_id, tmp_path):
    (tmp_path / "empty.vtt").touch()

    said = refusal("import", tmp_path / "empty.vtt", "--meeting", meeting_id, "--consent", "f")

    assert said.startswith("Error: empty.vtt: The file is empty. Export it again")


def test_themes_as_json_is_one_object_with_quotes(told_meeting):
    result = run("themes", told_meeting, "--json")

    told = json.loads(result.stdout)
    assert told["meeting_id"] == told_meeting
    assert all(theme["quotes"] for theme in told["themes"])


def test_export_writes_a_zip_and_never_over_another_file(told_meeting, tmp_path):
    target = tmp_path / "out.zip"

    assert run("export", told_meeting, "--to", target).exit_code == 0

    assert "utterances.csv" in zipfile.ZipFile(target).namelist()
    assert "exists; name another file" in refusal("export", told_meeting, "--to", target)


def test_a_report_is_written_once_and_can_be_read(told_meeting, tmp_path):
    target = tmp_path / "report.html"

    assert run("report", told_meeting, "--to", target).exit_code == 0

    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert "exists; name another file" in refusal("report", told_meeting, "--to", target)


@pytest.mark.parametrize("command", ["themes", "export", "report"])
def test_an_unknown_meeting_is_named(app_runtime, command):
    assert refusal(command, "gone") == "Error: There is no meeting with id 'gone'."


def test_import_into_an_unknown_meeting_is_refused(app_runtime, file):
    said = refusal("import", file, "--meeting", "gone", "--consent", "forms")

    assert said == "Error: There is no meeting with id 'gone'."


def test_a_backup_is_a_database_that_holds_the_same(told_meeting, tmp_path, app_runtime):
    copy = tmp_path / "copy.db"

    assert run("backup", copy).exit_code == 0

    again = Runtime(replace(app_runtime.settings, database_url=f"sqlite:///{copy}"))
    use_runtime(again)
    assert len(transcripts.utterances(told_meeting, Zone.RESTRICTED)) == 7
    again.store.close()


def test_a_backup_never_replaces_a_file_and_needs_its_folder(app_runtime, tmp_path):
    (tmp_path / "there.db").touch()

    assert "exists. Name a file" in refusal("backup", tmp_path / "there.db")
    assert "there is no folder" in refusal("backup", tmp_path / "nowhere" / "b.db")


def test_a_folder_that_is_not_there_is_named_by_export(told_meeting, tmp_path):
    said = refusal("export", told_meeting, "--to", tmp_path / "nowhere" / "out.zip")

    assert said.endswith("No such file or directory.")


def test_release_tells_what_goes_out_under_the_name_of_whoever_does_it(meeting_id, file, store):
    run("import", file, "--meeting", meeting_id, "--consent", "forms")

    told = run("release", meeting_id, "--as", "Rae", "--dry-run")
    assert transcripts.utterances(meeting_id) == []
    done = run("release", meeting_id, "--as", "Rae")

    n_told = int(told.stdout.split()[0])
    assert "turns would be released" in told.stdout
    assert "turns released" in done.stdout
    assert len(transcripts.utterances(meeting_id)) == n_told > 0
    with store.read() as tx:
        assert audit.events(tx)[0].actor == "Rae"


def test_release_without_a_name_is_refused(meeting_id):
    assert "--as" in refusal("release", meeting_id)


def test_a_backup_is_checked_as_it_is_written_and_again_by_verify(told_meeting, tmp_path):
    assert "1 meetings, 7 turns, 0 recommendations" in run("backup", tmp_path / "b.db").output

    told = run("verify", "--restore-test", tmp_path / "b.db").output

    assert "is whole" in told
    assert "It can be restored." in told


def test_restore_asks_first_and_then_says_what_it_did(told_meeting, tmp_path):
    run("backup", tmp_path / "b.db")

    assert CliRunner().invoke(manage, ["restore", str(tmp_path / "b.db")], input="n").exit_code == 1
    told = run("restore", tmp_path / "b.db", "--yes").output

    assert "is the database now: 1 meetings, 7 turns, 0 recommendations" in told
    assert "Everybody of the staff signs in again." in told


def test_a_file_that_is_no_backup_is_refused_in_one_sentence(app_runtime, file):
    assert refusal("restore", file, "--yes") == (
        "Error: talk.txt: this is no database. Choose a file that was written by: "
        "python manage.py backup"
    )


def test_erase_says_what_goes_and_asks(told_meeting):
    ann = next(a for a in meetings.roster(told_meeting) if a.name == "Ann Lee")

    told = run("erase", "person", ann.attendance_id, "--reason", "asked by letter", "--yes").output

    assert told.startswith("3 turns, 0 quotes behind 0 recommendations")
    assert told.endswith("Erased.\n")
    assert len(meetings.roster(told_meeting)) == 2


def test_retention_says_what_would_go(told_meeting):
    assert run("retention", "--dry-run").output.startswith("Would go: 0 texts as heard")
