"""Signing in and out, and choosing a password. Start at `routes`."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import (
    FormRefused,
    LinkUnknown,
    NotAllowedNow,
    PageNotOurs,
    PasswordRefused,
    SignInRefused,
    TooManyTries,
)
from services import accounts, set_up
from services.set_up import SetUp
from staff.addresses import START, local_path
from staff.responses import as_page, refused, show, style
from staff.sessions import check_form, forget, remember, token_of
from web.forms import read_form
from web.pages import go_to

SIGN_IN, SIGN_OUT, PASSWORD = "/sign-in", "/sign-out", "/password"
SHOWN_ON_THE_FORM = (
    FormRefused,
    NotAllowedNow,
    PageNotOurs,
    PasswordRefused,
    SignInRefused,
    TooManyTries,
)


async def sign_in(request: Request) -> Response:
    """Ask for name and password, and lead to where somebody wanted to go."""
    if request.method == "POST":
        return await _signed_in(request)
    then = local_path(request.query_params.get("next", ""))
    if not await run_sync(accounts.has_accounts):
        return show(request, "no_accounts.html")
    if await run_sync(accounts.actor_of, token_of(request)):
        return go_to(then)
    return show(request, "sign_in.html", then=then, typed="")


async def sign_out(request: Request) -> Response:
    """Ask once more, since any page can open an address; a press ends the session."""
    if request.method == "POST":
        check_form(request, await read_form(request))
        await run_sync(accounts.sign_out, token_of(request))
        response = show(request, "signed_out.html")
        forget(response)
        return response
    actor = await run_sync(accounts.actor_of, token_of(request))
    if actor is None:
        return show(request, "signed_out.html")
    return show(request, "sign_out.html", name=actor.name)


async def choose_password(request: Request) -> Response:
    """Open a one-time link, and be signed in with the password that was chosen."""
    token = request.path_params["token"]
    opened = await run_sync(set_up.open_link, token)
    if request.method == "GET":
        return show(request, "set_up.html", opened=opened, name="", typed="")
    return await _chosen(request, token, opened)


async def change_password(request: Request) -> Response:
    """Put another password in place; every other browser is signed out."""
    token = token_of(request)
    actor = await run_sync(accounts.actor_of, token)
    if actor is None:
        return go_to(f"{SIGN_IN}?next={PASSWORD}")
    if request.method == "GET":
        return show(request, "password.html", name=actor.name)
    try:
        form = await read_form(request)
        check_form(request, form)
        new = _typed_twice(form)
        made = await run_sync(accounts.change_password, token, form.get("password", ""), new)
    except SHOWN_ON_THE_FORM as error:
        return refused(request, "password.html", error, name=actor.name)
    response = show(request, "password_changed.html")
    remember(response, made)
    return response


async def nowhere(_: Request) -> Response:
    """A one-time link whose end got lost is no fault of ours, and says so."""
    raise LinkUnknown


async def _signed_in(request: Request) -> Response:
    then, typed = START, ""
    try:
        form = await read_form(request)
        then, typed = local_path(form.get("next", "")), form.get("username", "")
        check_form(request, form)
        before = token_of(request)
        token = await run_sync(_begin, typed, form.get("password", ""), before)
    except SHOWN_ON_THE_FORM as error:
        return refused(request, "sign_in.html", error, then=then, typed=typed)
    response = go_to(then)
    remember(response, token)
    return response


async def _chosen(request: Request, token: str, opened: SetUp) -> Response:
    name, typed = "", ""
    try:
        form = await read_form(request)
        name, typed = form.get("name", ""), form.get("username", "")
        check_form(request, form)
        made = await run_sync(_use, token, _typed_twice(form), name, typed)
    except SHOWN_ON_THE_FORM as error:
        return refused(request, "set_up.html", error, opened=opened, name=name, typed=typed)
    response = go_to(START)
    remember(response, made)
    return response


def _begin(sign_in_name: str, password: str, instead_of: str) -> str:
    return accounts.sign_in(sign_in_name, password, instead_of=instead_of)


def _use(token: str, password: str, name: str, sign_in_name: str) -> str:
    return set_up.use_link(token, password, name=name, sign_in_name=sign_in_name)


def _typed_twice(form: dict[str, str]) -> str:
    new = form.get("new_password", "")
    if new != form.get("again", ""):
        raise PasswordRefused(
            found="The two passwords are not the same.", todo="Type the same one in both fields."
        )
    return new


_BOTH = ["GET", "POST"]

routes = [
    Route("/staff/style.css", style),
    Route(SIGN_IN, as_page(sign_in), methods=_BOTH),
    Route(SIGN_OUT, as_page(sign_out), methods=_BOTH),
    Route(PASSWORD, as_page(change_password), methods=_BOTH),
    Route("/set-up/{token}", as_page(choose_password), methods=_BOTH),
    Route("/set-up/{rest:path}", as_page(nowhere)),
]
