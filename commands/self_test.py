"""The command that tests this installation. Start at `self_test`."""

import json

import click

from domain.self_test import SHARES, Finding


@click.command("self-test")
@click.option("--seed", type=int, help="Plant another meeting than the usual one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for other programs.")
def self_test(seed: int | None, as_json: bool) -> None:
    """Plant an invented meeting and see whether all of it comes out again; ends with 1 if not."""
    from services.self_test import SEED, run
    from services.upkeep import check

    check()
    done = run(
        seed=SEED if seed is None else seed,
        on_progress=lambda share, message: click.echo(f"{share:4.0%} {message}", err=True),
    )
    if as_json:
        told = {
            f.measure.value: {"value": f.value, "bound": f.bound, "n": f.n} for f in done.findings
        }
        click.echo(json.dumps({"is_passed": done.is_passed, "seed": done.seed, "measures": told}))
    else:
        for finding in done.findings:
            click.echo(_line(finding))
        click.echo(f"{done.model}, {done.path_name}, version {done.version}: {done.seconds:.0f} s")
    if not done.is_passed:
        raise click.ClickException(
            "This installation does not recover what was planted. See the lines marked RED."
        )


def _line(finding: Finding) -> str:
    mark = "ok " if finding.is_met else "RED"
    if finding.measure in SHARES:
        return f"{mark} {finding.measure}: {finding.value:.2f} (at least {finding.bound:.2f})"
    return f"{mark} {finding.measure}: {finding.value:.0f} of {finding.n:,}"
