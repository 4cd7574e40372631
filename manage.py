"""The command line: prepare, serve, import, themes, export, backup, erase. Start at `manage`."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from domain.access import Grant, StaffRole
from domain.errors import RoundtableError
from domain.ids import AttendanceId, MeetingId, ProgrammeId, UtteranceId
from services.settings import HOME, read_settings


class PlainErrors(click.Group):
    """What we refuse, or what the disk refuses, ends a command with one sentence."""

    def invoke(self, ctx: click.Context) -> object:
        from services.access import COMMAND_LINE, acting_as

        try:
            with acting_as(COMMAND_LINE):
                return super().invoke(ctx)
        except RoundtableError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}.") from error


@click.group(cls=PlainErrors)
def manage() -> None:
    """Look after a roundtable programme from the command line."""


def _role_options(command: Callable[..., None]) -> Callable[..., None]:
    """What a role is, and where it holds."""
    for option in (
        click.option("--meeting", default="", help="For this meeting alone, by its id."),
        click.option("--programme", default="", help="For this programme alone, by its id."),
        click.option("--role", type=click.Choice([r.value for r in StaffRole]), required=True),
    ):
        command = option(command)
    return command


def _grants(role: str, programme: str, meeting: str) -> tuple[Grant, ...]:
    programme_id = ProgrammeId(programme) if programme and not meeting else None
    return (Grant(StaffRole(role), programme_id, MeetingId(meeting) if meeting else None),)


def _told_role(grant: Grant) -> str:
    if grant.meeting_id:
        return f"{grant.role.value} for meeting {grant.meeting_id}"
    return grant.role.value + (f" for programme {grant.programme_id}" if grant.programme_id else "")


@manage.command()
def migrate() -> None:
    """Bring the database to the newest version; a SQLite file is copied first."""
    from services.upkeep import bring_up_to_date

    click.echo(bring_up_to_date())


@manage.command()
def sample() -> None:
    """Load the sample programme, unless it is here already."""
    from services.sample import load_sample
    from services.upkeep import check

    check()
    load_sample(click.echo)


@manage.command("sample-vectors", hidden=True)
def sample_vectors() -> None:
    """Write data/sample/embeddings.npz from the loaded sample."""
    from services.sample import save_vectors

    click.echo(f"{save_vectors()} vectors written.")


@manage.command()
def prepare() -> None:
    """Bring the database up to date and, in a new one, load the sample."""
    from services.upkeep import bring_up_to_date, is_whole

    click.echo(bring_up_to_date())
    if not is_whole():
        from services.sample import load_sample

        click.echo("Loading the sample programme: about half a minute.")
        load_sample(click.echo)
    stamp = read_settings().prepared_stamp
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()


@manage.command()
@click.option("--address", default="127.0.0.1", show_default=True, help="Where the app answers.")
@click.pass_context
def serve(context: click.Context, address: str) -> None:
    """Serve the dashboard and the participant pages; elsewhere than here only with accounts."""
    from services import binding, set_up, upkeep

    settings = read_settings()
    port = os.environ.get("PORT") or "8501"
    if not settings.prepared_stamp.exists():
        context.invoke(prepare)
    upkeep.make_ready()
    binding.refuse_open_address(address)
    link = set_up.first_link()
    if link:
        click.echo(
            f"To make the first account, open {link} (it works once, until the next start). "
            "Until then only this computer can open the app."
        )
    opened = f"http://localhost:{port}" if link else settings.public_url
    click.echo(f"Open {opened} (stop with Ctrl+C).")
    os.chdir(HOME)
    chosen = ["--server.port", port, "--server.address", address]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", "app.py", *chosen])


@manage.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meeting", required=True, help="Id of the meeting, as in its address.")
@click.option("--consent", required=True, help="Where it is written what people agreed to.")
@click.option("--release/--restrict", default=False, help="Release every line at once.")
def import_file(file: Path, meeting: str, consent: str, release: bool) -> None:
    """Bring a transcript into a meeting."""
    from domain.talk import ConsentUse
    from services import transcripts, upkeep

    upkeep.check()
    meeting_id = MeetingId(meeting)
    understood = transcripts.understand(meeting_id, file.name, file.read_bytes())
    stored = transcripts.store_transcript(
        meeting_id,
        understood,
        {match.label: match.attendance_id for match in understood.matches},
        transcripts.ConsentGiven(
            frozenset({ConsentUse.RECORDED, ConsentUse.GROUPED, ConsentUse.QUOTED}), consent
        ),
        is_released=release,
        author="command line",
    )
    matched = f"{understood.n_matched} of {len(understood.matches)} speakers matched"
    click.echo(f"{stored.n_utterances} utterances from {file.name}; {matched}.")
    if not release:
        click.echo(f"Nobody sees them yet. Release them: python manage.py release {meeting}.")


@manage.command()
@click.argument("meeting")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for other programs.")
def themes(meeting: str, as_json: bool) -> None:
    """Find and print the themes of a meeting."""
    from services.theme_finding import find_themes_of_meeting
    from services.themes import theme_report
    from services.upkeep import check

    check()
    meeting_id = MeetingId(meeting)
    tell: Callable[[float, str], None] = lambda share, message: click.echo(  # noqa: E731
        f"{share:4.0%} {message}", err=True
    )
    click.echo(find_themes_of_meeting(meeting_id, on_progress=tell), err=True)
    report = theme_report(meeting_id)
    found = report.themes if report else ()
    if as_json:
        told = [
            {
                "theme_id": t.theme_id,
                "name": t.name,
                "n_utterances": t.n_utterances,
                "n_people": t.n_people,
                "quotes": [q.quote.text for q in t.quotes],
            }
            for t in found
        ]
        click.echo(json.dumps({"meeting_id": meeting_id, "themes": told}, ensure_ascii=False))
        return
    for t in found:
        click.echo(f"{t.rank + 1:2}. {t.name}: {t.n_utterances} utterances, {t.n_people} people")


@manage.command()
@click.argument("meeting")
@click.option("--to", type=click.Path(path_type=Path), help="File to write; named by default.")
def export(meeting: str, to: Path | None) -> None:
    """Write what a meeting holds as a ZIP of CSV files, released words only."""
    from services.exports import export_meeting
    from services.upkeep import check

    check()
    file_name, data = export_meeting(MeetingId(meeting))
    target = to or Path(file_name)
    if target.exists():
        raise click.ClickException(f"{target} exists; name another file with --to.")
    target.write_bytes(data)
    click.echo(f"Wrote {target}.")


@manage.command()
@click.argument("meeting")
@click.option("--as", "name", required=True, help="Who releases; the log keeps the name.")
@click.option("--dry-run", is_flag=True, help="Only say what would be released.")
def release(meeting: str, name: str, dry_run: bool) -> None:
    """Release what needs no second look, with what the machine would hide left out."""
    from domain.access import EVERY_ROLE, Actor
    from services import bulk_release
    from services.access import acting_as
    from services.hide_suggestions import suggest
    from services.upkeep import check

    check()
    meeting_id = MeetingId(meeting)
    with acting_as(Actor(name.strip() or "command line", EVERY_ROLE)):
        click.echo(suggest(meeting_id, on_progress=_tell_progress), err=True)
        told = bulk_release.preview(meeting_id)
        if not dry_run:
            bulk_release.release_rest(meeting_id, on_progress=_tell_progress)
    click.echo(
        f"{told.n_turns} turns {'would be ' if dry_run else ''}released, {told.n_stretches} "
        f"stretches hidden. Left out: {told.n_to_read} for a person to read, {told.n_held_back} "
        f"held back, {told.n_taken_back} taken back, {told.n_not_agreed} of people who did not "
        f"agree, {told.n_withdrawn} withdrawn."
    )


def _tell_progress(share: float, message: str) -> None:
    click.echo(f"{share:4.0%} {message}", err=True)


FILE = click.argument("file", type=click.Path(path_type=Path))


@manage.command()
@FILE
def backup(file: Path) -> None:
    """Copy the database while it is in use, and check the copy; keys are left out on purpose."""
    from services.backups import back_up

    looked = back_up(file)
    click.echo(f"Wrote {file} and checked it: {_held(looked.n_rows)}.")


@manage.command()
@FILE
@click.option("--restore-test", is_flag=True, help="Go through a whole restore, beside the app.")
def verify(file: Path, restore_test: bool) -> None:
    """Check a backup from end to end; nothing is changed."""
    from services.backups import verify as check_backup

    looked, steps = check_backup(file, is_restored=restore_test)
    click.echo(f"{file} is whole, version {looked.version}: {_held(looked.n_rows)}.")
    if steps:
        click.echo(f"It can be restored. {_told(steps.n_erased_again, steps.n_ballots_closed)}")


@manage.command()
@FILE
@click.option("--keep", is_flag=True, help="Keep the database of today under a dated name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, keep: bool, yes: bool) -> None:
    """Make a backup the database. Stop the app first."""
    from services.backups import restore as put_back

    if not yes:
        click.confirm("What came in since this backup was made will be gone. Go on?", abort=True)
    done = put_back(file, keep=keep)
    click.echo(f"{file} is the database now: {_held(done.n_rows)}.")
    click.echo(done.steps.migrated)
    click.echo(_told(done.steps.n_erased_again, done.steps.n_ballots_closed))
    if done.knew_today:
        click.echo(
            "What people withdrew, and what was taken back since, stays so; "
            f"{done.n_links_replaced} links that were replaced stay replaced."
        )
    else:
        click.echo(
            "The database of before could not be read: what people withdrew after this backup, "
            "and links, roles and passwords that were changed, are as they were. Go through them."
        )
    click.echo("Everybody of the staff signs in again.")
    if done.kept:
        click.echo(f"The database of before is at {done.kept}; the next erasure removes it.")


@manage.command()
@click.argument("what", type=click.Choice(["person", "words"]))
@click.argument("id")
@click.option("--reason", required=True, help="Why, without a name; it is kept.")
@click.option("--everywhere", is_flag=True, help="A person at every meeting of the programme.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(what: str, id: str, reason: str, everywhere: bool, yes: bool) -> None:
    """Erase a person (id of their place at a meeting) or one turn (id of the utterance)."""
    from services import erasure, upkeep

    upkeep.check()
    if what == "person":
        goes = erasure.preview_person(AttendanceId(id), everywhere=everywhere)
    else:
        goes = erasure.preview_utterance(UtteranceId(id))
    click.echo(
        f"{goes.n_turns} turns, {goes.n_quotes} quotes behind {goes.n_recommendations} "
        f"recommendations, {goes.n_copies} copies, {goes.n_themes} themes touched."
    )
    if not yes:
        click.confirm("They go for good. Go on?", abort=True)
    if what == "person":
        done = erasure.erase_person(AttendanceId(id), reason=reason, everywhere=everywhere)
    else:
        done = erasure.erase_utterance(UtteranceId(id), reason=reason)
    click.echo("Erased." if done.is_wiped else f"Erased. {NOT_WIPED}")


@manage.command()
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
def retention(dry_run: bool) -> None:
    """Let go of what has been kept long enough; the worker does it once a day."""
    from services.retention import purge
    from services.upkeep import check

    check()
    click.echo(f"{'Would go' if dry_run else 'Gone'}: {purge(dry_run=dry_run)}.")


NOT_WIPED = "The files could not be rewritten now; that is done at the next start or within a day."


@manage.group()
def accounts() -> None:
    """Who may sign in, and what they may do."""


@accounts.command("list")
def list_accounts() -> None:
    """Print every account with its roles."""
    from services import account_list

    for person in account_list.people():
        state = "disabled" if person.is_disabled else "" if person.has_password else "not set up"
        roles = ", ".join(_told_role(grant) for grant in person.grants) or "no role"
        click.echo(f"{person.sign_in_name}: {person.name}; {roles}" + (state and f"; {state}"))


@accounts.command("add")
@click.argument("name")
@click.argument("sign_in_name")
@_role_options
def add_account(name: str, sign_in_name: str, role: str, programme: str, meeting: str) -> None:
    """Make an account, and print the link with which its owner chooses a password."""
    from services import account_list

    link = account_list.add_account(name, sign_in_name, _grants(role, programme, meeting))
    click.echo(f"Give this link to {name}; it works once, for 7 days: {link}")


@accounts.command("grant")
@click.argument("sign_in_name")
@_role_options
@click.option("--take", is_flag=True, help="Take the role away.")
def grant_role(sign_in_name: str, role: str, programme: str, meeting: str, take: bool) -> None:
    """Give a role to somebody, for everything, a programme or a meeting; or take it away."""
    from services import account_list

    account_id = account_list.account_called(sign_in_name)
    change = account_list.take_role if take else account_list.give_role
    for grant in _grants(role, programme, meeting):
        change(account_id, grant)
        click.echo(f"{_told_role(grant)}: {'taken' if take else 'given'}.")


@accounts.command("link")
@click.argument("sign_in_name")
def new_link(sign_in_name: str) -> None:
    """Print a new link for somebody who lost theirs, or their password."""
    from services import account_list

    link = account_list.renew_link(account_list.account_called(sign_in_name))
    click.echo(f"It works once, for 7 days: {link}")


@accounts.command("disable")
@click.argument("sign_in_name")
@click.option("--undo", is_flag=True, help="Open the account again.")
def disable_account(sign_in_name: str, undo: bool) -> None:
    """Shut an account and sign it out everywhere; what its owner wrote stays."""
    from services import account_list

    change = account_list.enable if undo else account_list.disable
    change(account_list.account_called(sign_in_name))
    click.echo("The account is open again." if undo else "Done; it is signed out everywhere.")


def _held(n_rows: dict[str, int]) -> str:
    told = {
        "meeting": "meetings",
        "utterance": "turns",
        "recommendation": "recommendations",
        "box": "answers in votes",
    }
    return ", ".join(f"{n_rows[table]} {name}" for table, name in told.items())


def _told(n_erased: int, n_closed: int) -> str:
    return f"{n_erased} erasures done again, {n_closed} votes closed because their key is gone."


if __name__ == "__main__":
    from services.log_lines import guard_logs

    guard_logs()
    manage()
