"""What somebody writes: kept, sent, and what became of it. Start at `begin`."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from domain.errors import NotAllowedNow, NotFound
from domain.ids import StatementId, new_id
from domain.statements import MOST_LETTERS, StatementState
from participant.languages import current, later
from participant.languages import say as _
from participant.responses import SCRIPT, show
from participant.sessions import secret_of
from participant.words import told
from services.erasure import erase_statement
from services.statements import (
    Kept,
    MyStatement,
    change,
    change_mark,
    delete_mark,
    is_delete_meant,
    mark_of,
    my_statement,
    my_statements,
    page_to_write,
    save,
    send,
    writing_page,
)
from services.word_uses import Shown
from web.forms import LARGEST_WRITING, read_form
from web.pages import HEADERS, go_to

PER_PAGE = 3
OLD_PAGE = later(
    "This page was older than what is kept: its words were sent or deleted since. What you typed "
    "stands here on a new page, and is not saved yet."
)
STANDS = {
    StatementState.DRAFT: later("Not sent yet. Only you read it."),
    StatementState.SENT: later("Sent. Nobody has decided yet."),
    StatementState.SENT_BACK: later("Sent back to you to change."),
    StatementState.SET_ASIDE: later("Not taken."),
}


async def begin(request: Request) -> Response:
    """Go on with the newest draft, or begin one."""
    secret, root = _here(request)
    return go_to(f"{root}/write/{await run_sync(page_to_write, secret)}")


async def write(request: Request) -> Response:
    """The page to write on; Save and Send work without a script."""
    secret, root = _here(request)
    statement_id = StatementId(request.path_params["statement"])
    if request.method == "GET":
        return await _page(secret, root, statement_id, was_saved="saved" in request.query_params)
    form = await read_form(request, largest=LARGEST_WRITING)
    words, mark = form.get("text", ""), form.get("mark", "")
    try:
        kept = await run_sync(save, secret, statement_id, words, current().code, mark)
        if kept is Kept.OLD_PAGE:
            return await _old_page(secret, root, words)
        if form.get("wanted") == "send":
            kept = await run_sync(send, secret, statement_id, mark)
            if kept is Kept.SAVED:
                return go_to(f"{root}/written/1?sent=1")
    except NotAllowedNow as refusal:
        return await _page(secret, root, statement_id, problem=told(refusal), words=words)
    return go_to(f"{root}/write/{statement_id}?saved=1")


async def keep(request: Request) -> Response:
    """Keep what is on the page, without drawing it; gives the mark for the next time."""
    secret, _root = _here(request)
    statement_id = StatementId(request.path_params["statement"])
    form = await read_form(request, largest=LARGEST_WRITING)
    words, mark = form.get("text", ""), form.get("mark", "")
    kept = await run_sync(save, secret, statement_id, words, current().code, mark)
    if kept is not Kept.SAVED:
        return PlainTextResponse("", 409, headers=HEADERS)
    return PlainTextResponse(mark_of(secret, statement_id, is_kept=True), headers=HEADERS)


async def written(request: Request) -> Response:
    """Everything that somebody wrote, a few at a time."""
    secret, root = _here(request)
    number: int = request.path_params["page"]
    mine = await run_sync(my_statements, secret)
    n_pages = max(1, -(-len(mine.statements) // PER_PAGE))
    if not 1 <= number <= n_pages:
        raise NotFound(kind="page", id=number)
    first = (number - 1) * PER_PAGE
    return show(
        "written.html",
        voter=mine.voter,
        root=root,
        shown=mine.statements[first : first + PER_PAGE],
        first_number=first + 1,
        number=number,
        n_pages=n_pages,
        stands=stands,
        was_sent="sent" in request.query_params,
        was_deleted="deleted" in request.query_params,
    )


async def statement(request: Request) -> Response:
    """One statement and what became of it, or taking it back to change it."""
    secret, root = _here(request)
    statement_id = StatementId(request.path_params["statement"])
    if request.method == "POST":
        form = await read_form(request)
        kept = await run_sync(change, secret, statement_id, form.get("mark", ""))
        is_back = kept is Kept.SAVED
        return go_to(f"{root}/write/{statement_id}" if is_back else request.url.path)
    voter, mine = await run_sync(my_statement, secret, statement_id)
    state = mine.statement.state
    return show(
        "statement.html",
        voter=voter,
        root=root,
        mine=mine,
        stands=stands,
        is_draft=state is StatementState.DRAFT,
        is_open=state not in (StatementState.DRAFT, StatementState.ACCEPTED),
        mark=change_mark(secret, statement_id),
    )


async def delete(request: Request) -> Response:
    """Ask once, then delete what was written and not accepted."""
    secret, root = _here(request)
    statement_id = StatementId(request.path_params["statement"])
    here = f"{root}/written/s/{statement_id}"
    voter, mine = await run_sync(my_statement, secret, statement_id)
    if mine.statement.state is StatementState.ACCEPTED:
        return go_to(f"{root}/words/t/{mine.statement.utterance_id}/delete")
    if request.method == "POST":
        form = await read_form(request)
        if not await run_sync(is_delete_meant, secret, statement_id, form.get("mark", "")):
            return go_to(f"{here}/delete")
        await run_sync(erase_statement, secret, statement_id)
        return go_to(f"{root}/written/1?deleted=1")
    mark = delete_mark(secret, statement_id)
    return show("delete_statement.html", voter=voter, root=root, here=here, mine=mine, mark=mark)


def stands(mine: MyStatement) -> str:
    """What became of a statement, in one sentence."""
    if mine.statement.state is not StatementState.ACCEPTED:
        return _(STANDS[mine.statement.state])
    uses = mine.uses
    if uses is None:
        return _("Accepted, and no longer shown.")
    if any(quoted.votes for quoted in uses.quoted):
        return _("Accepted, and in the vote.")
    if uses.quoted:
        return _("Accepted, and a recommendation rests on it.")
    if uses.shown is Shown.WORDS:
        return _("Accepted. Others can read it, without a name.")
    return _("Accepted. Only the people who run the meeting can read it.")


async def _page(
    secret: str,
    root: str,
    statement_id: StatementId,
    *,
    problem: str = "",
    words: str | None = None,
    was_saved: bool = False,
) -> Response:
    writing = await run_sync(writing_page, secret, statement_id)
    return show(
        "write.html",
        status=400 if problem else 200,
        script_version=SCRIPT.version,
        voter=writing.voter,
        root=root,
        writing=writing,
        words=writing.text if words is None else words,
        most=MOST_LETTERS,
        problem=problem,
        was_saved=was_saved and writing.is_kept,
    )


async def _old_page(secret: str, root: str, words: str) -> Response:
    """What was typed stands on a new page, and nothing of it is lost."""
    return await _page(secret, root, StatementId(new_id()), problem=_(OLD_PAGE), words=words)


def _here(request: Request) -> tuple[str, str]:
    return secret_of(request), f"/p/{request.path_params['pid']}"
