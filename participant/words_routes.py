"""My words: what somebody said, where it is used, and taking it back. Start at `overview`."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import FormRefused, NotFound
from domain.ids import UtteranceId
from participant.languages import later
from participant.responses import show
from participant.sessions import pid_of, remember, secret_of
from services.family import visitor
from services.my_words import Change, change, change_all, mark_of, my_turn, my_words
from services.voting import Outcome
from services.word_uses import Shown
from web.forms import read_form
from web.pages import go_to

PER_PAGE = 3
OF_ONE = {Change.TAKE_BACK, Change.PUT_BACK, Change.MAKE_PRIVATE, Change.END_PRIVATE}
OF_ALL = {Change.TAKE_BACK, Change.PUT_BACK}


async def join_family(request: Request) -> Response:
    """Exchange the family's link for a cookie of its own, and open the words."""
    voter = await run_sync(visitor, request.path_params["token"])
    response = go_to(f"/p/{pid_of(voter.secret)}/words")
    remember(response, voter.secret)
    return response


async def overview(request: Request) -> Response:
    """How much there is, who reads it, and where to go on."""
    secret, root = _here(request)
    mine = await run_sync(my_words, secret)
    was_deleted = "deleted" in request.query_params
    return show("words.html", voter=mine.voter, root=root, mine=mine, was_deleted=was_deleted)


async def turn(request: Request) -> Response:
    """One turn with all its uses, or a change of it."""
    secret, root = _here(request)
    utterance_id = UtteranceId(request.path_params["utterance"])
    here = f"{root}/words/t/{utterance_id}"
    if request.method == "POST":
        form = await read_form(request)
        wanted = _wanted(form, OF_ONE)
        await run_sync(change, secret, utterance_id, wanted, form.get("mark", ""))
        return go_to(here)
    page = await run_sync(my_turn, secret, utterance_id)
    marks = {wanted.value: mark_of(secret, wanted, page.turn) for wanted in OF_ONE}
    return show(
        "turn.html",
        voter=page.voter,
        root=root,
        here=here,
        page=page,
        turn=page.turn,
        marks=marks,
        Shown=Shown,
    )


async def delete(request: Request) -> Response:
    """Ask once, then delete one turn for good."""
    secret, root = _here(request)
    utterance_id = UtteranceId(request.path_params["utterance"])
    here = f"{root}/words/t/{utterance_id}"
    if request.method == "POST":
        form = await read_form(request)
        mark = form.get("mark", "")
        outcome = await run_sync(change, secret, utterance_id, Change.DELETE, mark)
        is_done = outcome is Outcome.SAVED
        return go_to(f"{root}/words?deleted=1" if is_done else f"{here}/delete")
    page = await run_sync(my_turn, secret, utterance_id)
    return show(
        "delete_words.html",
        voter=page.voter,
        root=root,
        here=f"{here}/delete",
        back=here,
        turn=page.turn,
        mark=mark_of(secret, Change.DELETE, page.turn),
    )


async def everything(request: Request) -> Response:
    """Take everything back, or put it back."""
    secret, root = _here(request)
    if request.method == "POST":
        form = await read_form(request)
        wanted = _wanted(form, OF_ALL)
        await run_sync(change_all, secret, wanted, form.get("mark", ""))
        return go_to(f"{root}/words/all")
    mine = await run_sync(my_words, secret)
    marks = {wanted.value: mark_of(secret, wanted) for wanted in OF_ALL}
    return show("all_words.html", voter=mine.voter, root=root, mine=mine, marks=marks)


async def delete_everything(request: Request) -> Response:
    """Ask once, then delete everything for good."""
    secret, root = _here(request)
    here = f"{root}/words/all/delete"
    if request.method == "POST":
        form = await read_form(request)
        outcome = await run_sync(change_all, secret, Change.DELETE, form.get("mark", ""))
        return go_to(f"{root}/words?deleted=1" if outcome is Outcome.SAVED else here)
    mine = await run_sync(my_words, secret)
    return show(
        "delete_words.html",
        voter=mine.voter,
        root=root,
        here=here,
        back=f"{root}/words/all",
        turn=None,
        mark=mark_of(secret, Change.DELETE),
    )


async def quoted(request: Request) -> Response:
    """The recommendations that rest on these words, a few at a time."""
    secret, root = _here(request)
    number: int = request.path_params["page"]
    mine = await run_sync(my_words, secret)
    n_pages = -(-len(mine.quoted) // PER_PAGE)
    if not 1 <= number <= n_pages:
        raise NotFound(kind="page", id=number)
    first = (number - 1) * PER_PAGE
    shown = list(enumerate(mine.quoted, start=1))[first : first + PER_PAGE]
    return show(
        "quoted_words.html",
        voter=mine.voter,
        root=root,
        shown=shown,
        number=number,
        n_pages=n_pages,
    )


def _wanted(form: dict[str, str], allowed: set[Change]) -> Change:
    for wanted in allowed:
        if form.get("wanted") == wanted.value:
            return wanted
    raise FormRefused(found=later("Nothing was pressed."))


def _here(request: Request) -> tuple[str, str]:
    return secret_of(request), f"/p/{request.path_params['pid']}"
