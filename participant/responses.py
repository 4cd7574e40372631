"""How a page leaves the house: template, headers, errors as pages. Start at `show`."""

import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import wraps
from pathlib import Path

from anyio.to_thread import run_sync
from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import (
    BallotClosed,
    FormRefused,
    KeyMissing,
    LinkUnknown,
    NotAllowedNow,
    NotFound,
    PageNotOurs,
    RoundtableError,
    StoreNotReady,
)
from participant.languages import (
    Language,
    current,
    language_of,
    later,
    others,
    reading_in,
    say,
    say_number,
)
from participant.sessions import secret_of
from participant.told_votes import vote_in_words
from participant.words import at_moment, day, given_in_words, how, number, told, until
from services.family import visitor
from services.runtime import runtime
from services.voters import Voter
from services.words_to_read import language_of as language_of_words
from services.words_to_read import parts_of
from web.pages import page, script_in, style_in, templates_in

FOLDER = Path(__file__).parent
STYLE = style_in(FOLDER)
SCRIPT = script_in(FOLDER, "write.js")
RETRY_AFTER_S = 5
MOST_TARGETS = 6
TARGET = re.compile(r'<(?:a|button|summary|select|textarea|input(?! type="hidden"))\b')

STATUS = {
    LinkUnknown: 404,
    NotFound: 404,
    BallotClosed: 409,
    NotAllowedNow: 409,
    PageNotOurs: 403,
    FormRefused: 400,
    StoreNotReady: 503,
    KeyMissing: 503,
}

_at: ContextVar[Request | None] = ContextVar("whose page is being drawn", default=None)

WAY_TO = later("In your language: press “%(help)s”, then “%(language)s”.")

Handler = Callable[[Request], Awaitable[Response]]


def has_room(drawn: str) -> bool:
    """Whether a page may have one target more: six are as many as a gaze is asked to tell apart."""
    return len(TARGET.findall(drawn)) < MOST_TARGETS


def way_to(other: Language) -> Markup:
    """How to come to another language from a page that has no room for a seventh target.

    It is told in that language, with what is to be pressed as it stands on this page.
    """
    pressed = Markup('<span lang="{}">{}</span>').format(current().code, say("Help"))
    with reading_in(other):
        return escape(say(WAY_TO)) % {"help": pressed, "language": other.name}


def as_written(words: str) -> Markup:
    """People's own words within a sentence of ours, in the language that they are in."""
    return Markup('<span lang="{}">{}</span>').format(spoken_in(words), spoken(words))


def spoken_in(words: str) -> str:
    """The language that words are in, for a browser that reads them aloud."""
    return language_of_words(words) or "en"


def spoken(words: str) -> Markup:
    """Words as they are; a stretch in another language than the rest says so."""
    told, done = Markup(""), 0
    for start, end, code in parts_of(words):
        if (start, end) != (0, len(words)):
            told += words[done:start]
            told += Markup('<span lang="{}">{}</span>').format(code, words[start:end])
            done = end
    return told + words[done:]


def _templates() -> Environment:
    made = templates_in(FOLDER, STYLE)
    made.install_gettext_callables(say, say_number, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(given_in_words=given_in_words, how=how, vote_in_words=vote_in_words)
    made.filters.update(day=day, number=number, at_moment=at_moment, until=until)
    made.filters.update(has_room=has_room, as_written=as_written, way_to=way_to)
    made.filters.update(spoken_in=spoken_in, spoken=spoken)
    return made


_TEMPLATES = _templates()


def show(template: str, *, status: int = 200, **told: object) -> Response:
    """Draw a page."""
    # A page without a person, such as an unknown link, has no name to show.
    told.setdefault("voter", None)
    told.setdefault("owner", None)
    told.setdefault("root", "")
    told.setdefault("contact", runtime().settings.contact)
    told.update(language=current(), others=others(), here_is=_below_root(_at.get()))
    drawn = _TEMPLATES.get_template(template).render(told)
    return page(drawn, status, has_script="script_version" in told)


def style(_: Request) -> Response:
    """The one style sheet; its address carries its version."""
    return STYLE.answer()


def script(_: Request) -> Response:
    """The one script, of the page to write on."""
    return SCRIPT.answer()


def as_page(handler: Handler) -> Handler:
    """Turn every error that is raised on purpose into a page."""

    @wraps(handler)
    async def _handle(request: Request) -> Response:
        with reading_in(language_of(request)):
            _at.set(request)
            try:
                response = await handler(request)
            except RoundtableError as error:
                response = await _error_page(request, error)
            response.headers["Content-Language"] = current().code
        return response

    return _handle


def _below_root(request: Request | None) -> str:
    """Where to come back to when a reader turns this page to another language."""
    if request is None:
        return ""
    root = f"/{request.url.path.split('/')[1]}/{request.path_params.get('pid', '')}/"
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path.removeprefix(root) + query


async def _error_page(request: Request, error: RoundtableError) -> Response:
    _at.set(None)
    status = STATUS.get(type(error), 400)
    pid = request.path_params.get("pid", "")
    folder = request.url.path.split("/")[1]
    root = f"/{folder}/{pid}" if pid and not isinstance(error, LinkUnknown) else ""
    if status == 503:
        # Set once a form was read: what the person pressed goes out again with the page.
        sent = getattr(request.state, "form", {})
        response = show("not_saved.html", status=503, root=root, sent=sent, at=request.url.path)
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return response
    # An id that is wrong and one that is somebody else's give the same words.
    why = "" if isinstance(error, NotFound) else told(error)
    voter = await run_sync(_voter, request) if root else None
    return show("refused.html", status=status, root=root, error=why, voter=voter)


def _voter(request: Request) -> Voter | None:
    """Whoever this page answers, as far as that can still be found out."""
    try:
        return visitor(secret_of(request))
    except RoundtableError:
        return None
