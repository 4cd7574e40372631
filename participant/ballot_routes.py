"""The pages of one vote: a recommendation a page, stop, review, receipt. Start at `ask`."""

from collections.abc import Mapping
from functools import partial

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import FormRefused, NotFound
from domain.ids import BallotId
from domain.votes import Method
from participant import ranking_routes
from participant.choices import choices, exact_choices, read_choice
from participant.kept_together import kept
from participant.languages import later
from participant.responses import show
from participant.sessions import secret_of
from participant.words import THIRDS
from services.page_marks import make_mark, purpose_of
from services.participation import receipt
from services.voters import Voter, enter
from services.voting import (
    AnswerPress,
    BallotPage,
    Outcome,
    asked_page,
    closes_for,
    my_answers,
    next_unanswered,
    undo,
    withdraw,
)
from web.forms import read_form
from web.pages import go_to

A_SITTING = 10
"""After so many recommendations a person is offered to rest."""
PER_REVIEW_PAGE = 3


async def ask(request: Request) -> Response:
    """Ask one recommendation, or keep the answer to it."""
    secret, ballot_id, root = _here(request)
    position: int = request.path_params["position"]
    # First of all, so that what was pressed is still known when the store does not answer.
    form = await read_form(request) if request.method == "POST" else None
    if form is not None and "answer" in form:
        return await _pressed(request, secret, form)
    voter, page = await run_sync(asked_page, secret, ballot_id, position)
    if page.ballot.method is Method.RANKING:
        return await ranking_routes.place(secret, page, root, form)
    if form is None:
        return _asked(voter, page, root)
    raise FormRefused(found=later("No answer was pressed."))


async def _pressed(request: Request, secret: str, form: Mapping[str, str]) -> Response:
    """Keep the answer, and lead on; the vote is read once, in the transaction that keeps it."""
    ballot_id, root = _vote_at(request)
    position: int = request.path_params["position"]
    read, mark = partial(_read, form["answer"]), form.get("mark", "")
    pressed = await kept(AnswerPress(secret, ballot_id, position, read, mark))
    if pressed.outcome is Outcome.OLD_PAGE:
        voter, page = await run_sync(asked_page, secret, ballot_id, position)
        return _asked(voter, page, root, is_old_page=True)
    if pressed.outcome is Outcome.TOO_SOON:
        return go_to(request.url.path)
    is_first_step = form["answer"] in THIRDS
    after = f"{position}/exact" if is_first_step else _after(position, pressed.next_position)
    return go_to(f"{root}/v/{ballot_id}/{after}")


def _read(button: str, method: Method, before: int | None) -> int:
    given = None if method is Method.RANKING else read_choice(method, button, before)
    if given is None:
        raise FormRefused(found=later("No answer was pressed."))
    return given


def _after(position: int, next_position: int | None) -> str:
    """Where an answer leads: on, to a rest, or to the end."""
    if next_position is None:
        return "done"
    return f"stop/{position}" if position % A_SITTING == 0 else str(next_position)


async def exact(request: Request) -> Response:
    """The second step of a score: the exact number; a press there is answered as any other."""
    if request.method == "POST":
        return await ask(request)
    secret, ballot_id, root = _here(request)
    position: int = request.path_params["position"]
    voter, page = await run_sync(asked_page, secret, ballot_id, position)
    if page.ballot.method is not Method.SCORES or page.answer is None:
        return go_to(f"{root}/v/{ballot_id}/{position}")
    return _asked(voter, page, root, is_exact=True)


async def resume(request: Request) -> Response:
    """Go on where the person stopped, on whichever device."""
    secret, ballot_id, root = _here(request)
    ballot, given = await run_sync(my_answers, secret, ballot_id)
    position = next_unanswered(ballot, frozenset(given))
    return go_to(f"{root}/v/{ballot_id}/{position or 'done'}")


async def stop(request: Request) -> Response:
    """Say that everything is kept, and offer to take the last answer back."""
    secret, ballot_id, root = _here(request)
    position: int = request.path_params["position"]
    voter = await run_sync(enter, secret)
    ballot, given = await run_sync(my_answers, secret, ballot_id)
    if not 1 <= position <= len(ballot.items):
        raise NotFound(kind="recommendation in this vote", id=position)
    last = next((p for p in (position, position - 1) if p in given), None)
    return show(
        "stop.html",
        voter=voter,
        root=root,
        ballot=ballot,
        n_answered=len(given),
        next_position=next_unanswered(ballot, frozenset(given)),
        closes_at=await run_sync(closes_for, secret, ballot_id),
        position=position,
        last=last,
        mark=make_mark(secret, purpose_of("undo", ballot_id, ballot.items[last - 1]))
        if last
        else "",
    )


async def take_back(request: Request) -> Response:
    """Take one answer out of the box and ask again."""
    secret, ballot_id, root = _here(request)
    position: int = request.path_params["position"]
    form = await read_form(request)
    outcome = await run_sync(undo, secret, ballot_id, position, form.get("mark", ""))
    place = position if outcome is Outcome.SAVED else f"stop/{position}"
    return go_to(f"{root}/v/{ballot_id}/{place}")


async def take_back_all(request: Request) -> Response:
    """Ask, then take the whole ballot out of the box."""
    secret, ballot_id, root = _here(request)
    if request.method == "POST":
        form = await read_form(request)
        outcome = await run_sync(withdraw, secret, ballot_id, form.get("mark", ""))
        is_done = outcome is Outcome.SAVED
        return go_to(f"{root}/" if is_done else f"{root}/v/{ballot_id}/withdraw")
    voter = await run_sync(enter, secret)
    ballot, given = await run_sync(my_answers, secret, ballot_id)
    mark, n_answered = make_mark(secret, purpose_of("withdraw", ballot_id)), len(given)
    return show(
        "withdraw.html", voter=voter, root=root, ballot=ballot, n_answered=n_answered, mark=mark
    )


async def review(request: Request) -> Response:
    """What the person answered, a few at a time, each with a way to change it."""
    secret, ballot_id, root = _here(request)
    page: int = request.path_params["page"]
    voter = await run_sync(enter, secret)
    ballot, given = await run_sync(my_answers, secret, ballot_id)
    n_pages = -(-len(ballot.items) // PER_REVIEW_PAGE)
    if not 1 <= page <= n_pages:
        raise NotFound(kind="page", id=page)
    ordered = ballot.items
    if ballot.method is Method.RANKING and given:
        ordered = tuple(sorted(ordered, key=lambda item: given[item.position]))
    shown = ordered[(page - 1) * PER_REVIEW_PAGE : page * PER_REVIEW_PAGE]
    return show(
        "review.html",
        voter=voter,
        root=root,
        ballot=ballot,
        given=given,
        shown=shown,
        first_number=(page - 1) * PER_REVIEW_PAGE + 1,
        page=page,
        n_pages=n_pages,
    )


async def done(request: Request) -> Response:
    """That the answers are counted, and how to show it without showing them."""
    secret, ballot_id, root = _here(request)
    voter = await run_sync(enter, secret)
    shown = await run_sync(receipt, secret, ballot_id)
    return show("done.html", voter=voter, root=root, receipt=shown, ballot=shown.ballot)


def _asked(
    voter: Voter, page: BallotPage, root: str, *, is_old_page: bool = False, is_exact: bool = False
) -> Response:
    shown = (
        exact_choices(page.answer)
        if is_exact and page.answer is not None
        else choices(page.ballot.method, page.answer)
    )
    return show(
        "ballot.html",
        status=409 if is_old_page else 200,
        voter=voter,
        root=root,
        page=page,
        ballot=page.ballot,
        choices=shown,
        is_exact=is_exact,
        is_old_page=is_old_page,
    )


def _here(request: Request) -> tuple[str, BallotId, str]:
    return secret_of(request), *_vote_at(request)


def _vote_at(request: Request) -> tuple[BallotId, str]:
    told = request.path_params
    return BallotId(told["ballot"]), f"/p/{told['pid']}"
