"""Commands about accounts of the staff. Start at `accounts`."""

from collections.abc import Callable

import click

from domain.access import Grant, StaffRole
from domain.ids import MeetingId, ProgrammeId


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


@click.group()
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
