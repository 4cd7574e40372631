"""The pages behind an owner's or expert's link: one initiative, and no other. Start at `home`."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import NotAllowedNow, NotFound
from domain.initiatives import Measure, Milestone, Reading, Stage, StageEvent
from participant.languages import later
from participant.responses import show
from participant.sessions import pid_of, remember, secret_of
from participant.words import told
from services.owner_links import (
    Owner,
    Purpose,
    add_reading,
    mark_done,
    mark_of,
    note_stage,
    open_link,
)
from web.forms import read_form
from web.pages import go_to

PER_PAGE = 3
LONGEST = 2000
T = TypeVar("T")


@dataclass(frozen=True)
class _Filled:
    """A form as it came: what was typed, and what was wrong with it."""

    typed: Mapping[str, str]
    problem: str = ""


async def join(request: Request) -> Response:
    """Exchange the link for a cookie of its own, and open the initiative."""
    owner = await run_sync(open_link, request.path_params["token"])
    response = go_to(f"/i/{pid_of(owner.secret)}/")
    remember(response, owner.secret, folder="i")
    return response


async def home(request: Request) -> Response:
    """The initiative: what it answers, its story, what is due and what was measured."""
    owner, root = await _here(request)
    return show(
        "owner_home.html",
        owner=owner,
        root=root,
        initiative=owner.initiative,
        has_open=bool(_open_milestones(owner)),
    )


async def milestones(request: Request) -> Response:
    """The milestones that are not done, a few at a time."""
    owner, root = await _here(request)
    found, number, n_pages = _page(_open_milestones(owner), request)
    return show(
        "owner_choice.html",
        owner=owner,
        root=root,
        title=later("Which milestone is done?"),
        way=f"{root}/milestone",
        choices=[(n, milestone.title) for n, milestone in found],
        here=f"{root}/milestones",
        number=number,
        n_pages=n_pages,
    )


async def milestone(request: Request) -> Response:
    """Say when a milestone was done."""
    owner, root = await _here(request)
    position: int = request.path_params["position"]
    filled = _Filled({"on": _today()})
    if request.method == "POST":
        form = await read_form(request)
        try:
            done_on = _day(form)
            await run_sync(mark_done, owner.secret, position, done_on, form.get("mark", ""))
        except NotAllowedNow as refusal:
            filled = _Filled(form, told(refusal))
        else:
            return go_to(f"{root}/")
    wanted = _at(position, owner.initiative.milestones, "milestone")
    purpose = Purpose.MILESTONE
    return _form("owner_milestone.html", owner, root, filled, (purpose, position), wanted=wanted)


async def measures(request: Request) -> Response:
    """The measures, a few at a time."""
    owner, root = await _here(request)
    numbered = list(enumerate(owner.initiative.measures, start=1))
    found, number, n_pages = _page(numbered, request)
    return show(
        "owner_choice.html",
        owner=owner,
        root=root,
        title=later("What was measured?"),
        way=f"{root}/measure",
        choices=[(n, measure.name) for n, measure in found],
        here=f"{root}/measures",
        number=number,
        n_pages=n_pages,
    )


async def measure(request: Request) -> Response:
    """Add a value of a measure, with its day and source."""
    owner, root = await _here(request)
    position: int = request.path_params["position"]
    filled = _Filled({"value": "", "on": _today(), "source": ""})
    if request.method == "POST":
        form = await read_form(request)
        try:
            new = Reading(_number(form), _day(form), _words(form, "source"))
            await run_sync(add_reading, owner.secret, position, new, form.get("mark", ""))
        except NotAllowedNow as refusal:
            filled = _Filled(form, told(refusal))
        else:
            return go_to(f"{root}/")
    wanted = _at(position, owner.initiative.measures, "measure")
    purpose = Purpose.READING
    return _form("owner_reading.html", owner, root, filled, (purpose, position), wanted=wanted)


async def stage(request: Request) -> Response:
    """Note a stage that was reached."""
    owner, root = await _here(request)
    filled = _Filled({"stage": owner.initiative.stage.value, "on": _today(), "words": ""})
    if request.method == "POST":
        form = await read_form(request)
        try:
            await run_sync(note_stage, owner.secret, _event(form), form.get("mark", ""))
        except NotAllowedNow as refusal:
            filled = _Filled(form, told(refusal))
        else:
            return go_to(f"{root}/")
    return _form("owner_stage.html", owner, root, filled, (Purpose.STAGE, 0), stages=list(Stage))


async def help_page(request: Request) -> Response:
    """What this is, and how to reach a person."""
    owner, root = await _here(request)
    return show("owner_help.html", owner=owner, root=root)


def _form(
    template: str,
    owner: Owner,
    root: str,
    filled: _Filled,
    purpose: tuple[Purpose, int],
    **told: object,
) -> Response:
    # Only what our form has is put back into it, and nothing else that was sent.
    fields = {n: filled.typed.get(n, "") for n in ("value", "on", "source", "stage", "words")}
    return show(
        template,
        status=400 if filled.problem else 200,
        owner=owner,
        root=root,
        typed=fields,
        problem=filled.problem,
        mark=mark_of(owner, *purpose),
        position=purpose[1],
        **told,
    )


def _event(form: Mapping[str, str]) -> StageEvent:
    if form.get("stage") not in set(Stage):
        raise NotAllowedNow(reason=later("Choose the stage that was reached."))
    reached = Stage(form["stage"])
    words = _words(form, "words")
    if reached is Stage.CLOSED_NOT_IMPLEMENTED:
        return StageEvent(reached, _day(form), reason=words)
    return StageEvent(reached, _day(form), note=words)


def _day(form: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(form.get("on", "").strip())
    except ValueError:
        raise NotAllowedNow(reason=later("Write the day as in 2026-03-14.")) from None


def _number(form: Mapping[str, str]) -> float:
    try:
        value = float(form.get("value", "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise NotAllowedNow(reason=later("Write the value as a number, as in 12.5."))
    return value


def _words(form: Mapping[str, str], name: str) -> str:
    words = form.get(name, "").strip()
    if len(words) > LONGEST:
        too_long = later("These are {n} letters; at most {most} fit.")
        raise NotAllowedNow(reason=too_long, n=len(words), most=LONGEST)
    return words


def _open_milestones(owner: Owner) -> list[tuple[int, Milestone]]:
    numbered = enumerate(owner.initiative.milestones, start=1)
    return [(n, milestone) for n, milestone in numbered if milestone.done_on is None]


def _page(found: Sequence[T], request: Request) -> tuple[Sequence[T], int, int]:
    number: int = request.path_params["page"]
    n_pages = -(-len(found) // PER_PAGE)
    if not 1 <= number <= n_pages:
        raise NotFound(kind="page", id=number)
    return found[(number - 1) * PER_PAGE : number * PER_PAGE], number, n_pages


W = TypeVar("W", Measure, Milestone)


def _at(position: int, found: Sequence[W], kind: str) -> W:
    if not 1 <= position <= len(found):
        raise NotFound(kind=kind, id=position)
    return found[position - 1]


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


async def _here(request: Request) -> tuple[Owner, str]:
    owner = await run_sync(open_link, secret_of(request))
    return owner, f"/i/{request.path_params['pid']}"
