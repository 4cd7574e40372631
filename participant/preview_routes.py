"""A vote as its participants will see it, for the staff who made it. Start at `routes`.

Whatever is pressed leads to the next page and is kept nowhere.
"""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.access import EVERY_ROLE, Actor
from domain.errors import NotSignedIn
from domain.ids import BallotId
from domain.votes import Method
from participant.choices import choices
from participant.responses import as_page, show
from services import accounts
from services.access import acting_as
from services.ballot_preview import PreviewPage, preview_page
from web.pages import go_to

TRYING = Actor("this computer", EVERY_ROLE)
"""Whoever looks while there are no accounts: the gate lets this computer in and nobody else."""


async def asked(request: Request) -> Response:
    """One recommendation; a press leads on."""
    ballot_id, position = BallotId(request.path_params["ballot"]), request.path_params["position"]
    token = request.cookies.get(accounts.cookie_name(), "")
    found = await run_sync(_page, token, ballot_id, position)
    root = f"/preview/{ballot_id}"
    if request.method == "POST":
        return go_to(f"{root}/v/{ballot_id}/{found.next_position}")
    method = found.ballot.method
    return show(
        "rank.html" if method is Method.RANKING else "ballot.html",
        voter=found.voter,
        root=root,
        page=found.page,
        ballot=found.ballot,
        choices=() if method is Method.RANKING else choices(method, None),
        is_exact=False,
        is_old_page=False,
        is_last=found.next_position == 1,
        is_preview=True,
        is_steady=False,
    )


async def elsewhere(request: Request) -> Response:
    """What lies beside the questions leads back to the first."""
    ballot_id = request.path_params["ballot"]
    return go_to(f"/preview/{ballot_id}/v/{ballot_id}/1")


def _page(token: str, ballot_id: BallotId, position: int) -> PreviewPage:
    actor = accounts.actor_of(token) if accounts.has_accounts() else TRYING
    if actor is None:
        raise NotSignedIn
    with acting_as(actor):
        return preview_page(ballot_id, position)


_ASKED = "/preview/{ballot}/v/{same}/{position:int}"

routes = [
    Route(_ASKED, as_page(asked), methods=["GET", "POST"]),
    Route("/preview/{ballot}/{rest:path}", as_page(elsewhere)),
]
