"""On which address the app may answer. Start at `refuse_open_address`."""

from domain.errors import AddressRefused
from services import accounts
from services.runtime import runtime
from services.settings import is_this_computer

EVERY_ADDRESS = "every address"


def refuse_open_address(address: str | None) -> None:
    """Refuse an address that others reach, unless they have to sign in and nobody can listen.

    None and "" stand for every address of this computer, as they do for a web server.

    Raises
    ------
    AddressRefused
        With what is missing and what to do.
    """
    if address and is_this_computer(address):
        return
    told = address or EVERY_ADDRESS
    if not accounts.has_accounts():
        raise AddressRefused(
            address=told,
            found="there is no account yet, so others would get in without a sign-in",
            todo="Start it without --address and make the first account.",
        )
    if not runtime().settings.is_https:
        raise AddressRefused(
            address=told,
            found=f"people would sign in at {runtime().settings.public_url}, where others can "
            "listen",
            todo="Put a server with TLS in front and tell its address: "
            "ROUNDTABLE_PUBLIC_URL=https://…",
        )
