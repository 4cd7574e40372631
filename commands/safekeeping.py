"""Commands that copy, restore, check and erase what is kept. Start at `COMMANDS`."""

from pathlib import Path

import click

from domain.ids import AttendanceId, UtteranceId

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@FILE
def backup(file: Path) -> None:
    """Copy the database while it is in use, and check the copy; keys are left out on purpose."""
    from services.backups import back_up

    looked = back_up(file)
    click.echo(f"Wrote {file} and checked it: {_held(looked.n_rows)}.")


@click.command()
@FILE
@click.option("--restore-test", is_flag=True, help="Go through a whole restore, beside the app.")
def verify(file: Path, restore_test: bool) -> None:
    """Check a backup from end to end; nothing is changed."""
    from services.backups import verify as check_backup

    looked, steps = check_backup(file, is_restored=restore_test)
    click.echo(f"{file} is whole, version {looked.version}: {_held(looked.n_rows)}.")
    if steps:
        click.echo(f"It can be restored. {_told(steps.n_erased_again, steps.n_ballots_closed)}")


@click.command()
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


@click.command()
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


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
def retention(dry_run: bool) -> None:
    """Let go of what has been kept long enough; the worker does it once a day."""
    from services.retention import purge
    from services.upkeep import check

    check()
    click.echo(f"{'Would go' if dry_run else 'Gone'}: {purge(dry_run=dry_run)}.")


NOT_WIPED = "The files could not be rewritten now; that is done at the next start or within a day."


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


COMMANDS = (backup, verify, restore, erase, retention)
