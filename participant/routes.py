"""Every address that participants open. Start at `routes`."""

import re

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.ballots import AnsweringMode
from domain.errors import FormRefused, NotFound
from domain.promises import PROMISES
from participant import ballot_routes as ballot
from participant import owner_routes as owner
from participant import words_routes as words
from participant import writing_routes as writing
from participant.languages import COOKIE, LANGUAGES, later
from participant.responses import as_page, script, show, style
from participant.sessions import pid_of, remember, remember_choice, secret_of
from participant.words import CONSENT_CHOICES
from services.family import visitor
from services.my_words import my_words
from services.participation import (
    ConsentChoice,
    chosen_before,
    consent_mark,
    give_consent,
    may_be_answered_for,
    set_who_presses,
    who_mark,
)
from services.voters import enter
from services.voting import Outcome, next_unanswered, votes_of
from services.what_happened import what_happened
from web.forms import read_form
from web.pages import go_to

MOST_VOTES_SHOWN = 2
OURS = re.compile(r"(?!/)[\w/?=-]{0,120}", re.ASCII)
PLACE = re.compile(r"[\w-]{1,32}/\d{1,3}", re.ASCII)
WHO_PRESSES = {
    "myself": AnsweringMode.MYSELF,
    "assisted": AnsweringMode.ASSISTED,
    "proxy": AnsweringMode.PROXY,
}


async def join(request: Request) -> Response:
    """Exchange the link for a cookie of its own, and go in."""
    voter = await run_sync(enter, request.path_params["token"])
    page = "consent" if voter.is_asked_for_consent else ""
    response = go_to(f"/p/{pid_of(voter.secret)}/{page}")
    remember(response, voter.secret)
    return response


async def home(request: Request) -> Response:
    """Which vote is open, and what happened."""
    secret, root = _here(request)
    voter = await run_sync(visitor, secret)
    if voter.acts_for_them:
        return go_to(f"{root}/words")
    lines = await run_sync(votes_of, secret)
    open_ones = [line for line in lines if line.is_open]
    return show(
        "home.html",
        voter=voter,
        root=root,
        votes=open_ones[:MOST_VOTES_SHOWN],
        n_closed=len(lines) - len(open_ones),
        next_unanswered=next_unanswered,
    )


async def consent(request: Request) -> Response:
    """Ask what may be done with a person's words; whoever says no is offered to delete them."""
    secret, root = _here(request)
    if request.method == "POST":
        form = await read_form(request)
        try:
            choice = ConsentChoice(form.get("choice", ""))
        except ValueError as error:
            raise FormRefused(found=later("No choice was made.")) from error
        outcome = await run_sync(give_consent, secret, choice, form.get("mark", ""))
        if outcome is not Outcome.SAVED:
            return go_to(f"{root}/consent")
        if choice is ConsentChoice.NOTHING and (await run_sync(my_words, secret)).turns:
            return go_to(f"{root}/words/all")
        return go_to(f"{root}/")
    voter = await run_sync(enter, secret)
    return show(
        "consent.html",
        voter=voter,
        root=root,
        before=await run_sync(chosen_before, secret),
        choices=CONSENT_CHOICES,
        mark=consent_mark(secret),
    )


async def who(request: Request) -> Response:
    """Say whether the person presses or somebody does it for them."""
    secret, root = _here(request)
    if request.method == "POST":
        form = await read_form(request)
        mode = WHO_PRESSES.get(form.get("who", ""))
        if mode is None:
            raise FormRefused(found=later("No choice was made."))
        await run_sync(set_who_presses, secret, mode, form.get("mark", ""))
        return go_to(f"{root}/")
    voter = await run_sync(enter, secret)
    lines = await run_sync(votes_of, secret)
    modes = {line.mode for line in lines if line.is_open}
    now = modes.pop() if len(modes) == 1 else AnsweringMode.MYSELF
    return show(
        "who.html",
        voter=voter,
        root=root,
        now=next(word for word, mode in WHO_PRESSES.items() if mode is now),
        proxy_name=await run_sync(may_be_answered_for, secret),
        mark=who_mark(secret),
    )


async def help_page(request: Request) -> Response:
    """How it works, and how to reach a person."""
    secret, root = _here(request)
    voter = await run_sync(visitor, secret)
    came_from = request.query_params.get("at", "")
    back = f"{root}/v/{came_from}" if PLACE.fullmatch(came_from) else f"{root}/"
    return show("help.html", voter=voter, root=root, back=back)


async def hard_today(request: Request) -> Response:
    """That stopping is fine, and who to call."""
    secret, root = _here(request)
    return show("hard.html", voter=await run_sync(visitor, secret), root=root)


async def promised(request: Request) -> Response:
    """What is kept, who sees it, what cannot be promised, how to take words back."""
    secret, root = _here(request)
    voter = await run_sync(visitor, secret)
    return show("promises.html", voter=voter, root=root, promises=PROMISES)


async def happened(request: Request) -> Response:
    """You said, we did."""
    secret, root = _here(request)
    voter = await run_sync(enter, secret)
    told = await run_sync(what_happened, voter.meeting.meeting_id)
    return show("happened.html", voter=voter, root=root, told=told)


async def speak(request: Request) -> Response:
    """Turn the pages of this link to another language, and go back to the page it was asked on."""
    secret_of(request)
    language = request.path_params["language"]
    if language not in LANGUAGES:
        raise NotFound(kind="language", id=language)
    root = request.url.path.rsplit("/in/", 1)[0]
    at = request.query_params.get("at", "")
    response = go_to(f"{root}/{at if OURS.fullmatch(at) else ''}")
    remember_choice(response, root, COOKIE, language)
    return response


async def nowhere(request: Request) -> Response:
    """An address under ours that leads nowhere is a page too."""
    return show("refused.html", status=404, error=None)


def _here(request: Request) -> tuple[str, str]:
    return secret_of(request), f"/p/{request.path_params['pid']}"


_BOTH = ["GET", "POST"]

routes = [
    # The first that is tried: it is pressed more often than all others are opened.
    Route("/p/{pid}/v/{ballot}/{position:int}", as_page(ballot.ask), methods=_BOTH),
    Route("/p/style.css", style),
    Route("/p/write.js", script),
    Route("/p/j/{token}", as_page(join)),
    Route("/p/f/{token}", as_page(words.join_family)),
    Route("/p/{pid}/", as_page(home)),
    Route("/p/{pid}/in/{language}", as_page(speak)),
    Route("/p/{pid}/consent", as_page(consent), methods=_BOTH),
    Route("/p/{pid}/who", as_page(who), methods=_BOTH),
    Route("/p/{pid}/help", as_page(help_page)),
    Route("/p/{pid}/hard", as_page(hard_today)),
    Route("/p/{pid}/promises", as_page(promised)),
    Route("/p/{pid}/happened", as_page(happened)),
    Route("/p/{pid}/words", as_page(words.overview)),
    Route("/p/{pid}/words/quoted/{page:int}", as_page(words.quoted)),
    Route("/p/{pid}/words/all", as_page(words.everything), methods=_BOTH),
    Route("/p/{pid}/words/all/delete", as_page(words.delete_everything), methods=_BOTH),
    Route("/p/{pid}/words/t/{utterance}", as_page(words.turn), methods=_BOTH),
    Route("/p/{pid}/words/t/{utterance}/delete", as_page(words.delete), methods=_BOTH),
    Route("/p/{pid}/write", as_page(writing.begin)),
    Route("/p/{pid}/write/{statement}", as_page(writing.write), methods=_BOTH),
    Route("/p/{pid}/write/{statement}/keep", as_page(writing.keep), methods=["POST"]),
    Route("/p/{pid}/written/{page:int}", as_page(writing.written)),
    Route("/p/{pid}/written/s/{statement}", as_page(writing.statement), methods=_BOTH),
    Route("/p/{pid}/written/s/{statement}/delete", as_page(writing.delete), methods=_BOTH),
    Route("/p/{pid}/v/{ballot}", as_page(ballot.resume)),
    Route("/p/{pid}/v/{ballot}/done", as_page(ballot.done)),
    Route("/p/{pid}/v/{ballot}/withdraw", as_page(ballot.take_back_all), methods=_BOTH),
    Route("/p/{pid}/v/{ballot}/stop/{position:int}", as_page(ballot.stop)),
    Route("/p/{pid}/v/{ballot}/undo/{position:int}", as_page(ballot.take_back), methods=["POST"]),
    Route("/p/{pid}/v/{ballot}/answers/{page:int}", as_page(ballot.review)),
    Route("/p/{pid}/v/{ballot}/{position:int}/exact", as_page(ballot.exact), methods=_BOTH),
    Route("/p/{rest:path}", as_page(nowhere)),
    Route("/i/{token}", as_page(owner.join)),
    Route("/i/{pid}/", as_page(owner.home)),
    Route("/i/{pid}/in/{language}", as_page(speak)),
    Route("/i/{pid}/help", as_page(owner.help_page)),
    Route("/i/{pid}/milestones/{page:int}", as_page(owner.milestones)),
    Route("/i/{pid}/milestone/{position:int}", as_page(owner.milestone), methods=_BOTH),
    Route("/i/{pid}/measures/{page:int}", as_page(owner.measures)),
    Route("/i/{pid}/measure/{position:int}", as_page(owner.measure), methods=_BOTH),
    Route("/i/{pid}/stage", as_page(owner.stage), methods=_BOTH),
    Route("/i/{rest:path}", as_page(nowhere)),
]
