"""The command line: prepare, serve, import, themes, export, backup, erase. Start at `manage`."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from commands import accounts, safekeeping, self_test
from domain.errors import RoundtableError
from domain.ids import MeetingId
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
def report(meeting: str, to: Path | None) -> None:
    """Write a meeting's report to read and print: one HTML file, released words only."""
    from services.meeting_report import meeting_report
    from services.upkeep import check

    check()
    _write(*meeting_report(MeetingId(meeting), date.today()), to)


@manage.command()
@click.argument("meeting")
@click.option("--to", type=click.Path(path_type=Path), help="File to write; named by default.")
def export(meeting: str, to: Path | None) -> None:
    """Write what a meeting holds as a ZIP of CSV files, released words only."""
    from services.exports import export_meeting
    from services.upkeep import check

    check()
    _write(*export_meeting(MeetingId(meeting)), to)


def _write(file_name: str, data: bytes, to: Path | None) -> None:
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


manage.add_command(accounts.accounts)
for command in (*safekeeping.COMMANDS, self_test.self_test):
    manage.add_command(command)


if __name__ == "__main__":
    from services.log_lines import guard_logs

    guard_logs()
    manage()
