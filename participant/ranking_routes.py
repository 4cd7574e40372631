"""The pages of a ranking: one recommendation and its neighbours, moved by buttons. See `place`."""

from collections.abc import Mapping

from anyio.to_thread import run_sync
from starlette.responses import Response

from domain.errors import FormRefused
from participant.kept_together import kept
from participant.languages import later
from participant.responses import show
from participant.words import MOVES
from services.ranking import Move, MovePress, ranking_page
from services.voters import enter
from services.voting import BallotPage, Outcome
from web.pages import go_to


async def place(
    secret: str, asked: BallotPage, root: str, form: Mapping[str, str] | None
) -> Response:
    """Show where a recommendation stands, or move it."""
    ballot_id, position = asked.ballot.ballot_id, asked.item.position
    here = f"{root}/v/{ballot_id}"
    if form is not None:
        wanted = form.get("move", "")
        if wanted not in MOVES:
            raise FormRefused(found=later("No move was pressed."))
        mark = form.get("mark", "")
        outcome = await kept(MovePress(secret, ballot_id, position, Move(wanted), mark))
        is_kept = wanted == Move.KEEP.value and outcome is Outcome.SAVED
        return go_to(f"{here}/done" if is_kept else f"{here}/{position}")
    voter = await run_sync(enter, secret)
    page = await run_sync(ranking_page, secret, ballot_id, position)
    return show(
        "rank.html",
        voter=voter,
        root=root,
        page=page,
        ballot=page.ballot,
        is_last=position == len(page.ballot.items),
    )
