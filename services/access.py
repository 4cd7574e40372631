"""Who acts now and whether they may. Start at `require`.

An entrance says who acts: the screens ask the browser's session anew each time, HTTP routes and
the command line name somebody for one call. Where nobody was named, nothing is allowed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from domain.access import EVERY_ROLE, Act, Actor, who_can
from domain.errors import NotPermitted, NotSignedIn
from domain.ids import MeetingId, ProgrammeId
from services.runtime import runtime
from store import meetings

COMMAND_LINE = Actor("command line", EVERY_ROLE)
WORKER = Actor("worker", EVERY_ROLE)

Question = Callable[[bool], Actor | None]
"""Who is here? True asks that the answer be read now; False takes one of a moment ago."""

_named: ContextVar[Actor | None] = ContextVar("actor", default=None)
_ask: Question = lambda is_now: None  # noqa: E731


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Name who acts within the block, in this thread or task alone."""
    before = _named.set(actor)
    try:
        yield
    finally:
        _named.reset(before)


def ask_with(question: Question) -> None:
    """Let the screens answer who acts; the answer is asked for anew at each act."""
    global _ask
    _ask = question


def actor() -> Actor:
    """Whoever acts now.

    Raises
    ------
    NotSignedIn
        If nobody does: never signed in, signed out, or taken off the list since.
    """
    return _found(is_now=True)


def require(
    act: Act,
    *,
    meeting_id: MeetingId | None = None,
    programme_id: ProgrammeId | None = None,
) -> Actor:
    """Let an act pass, or refuse it; the first line of every service of the staff.

    Without meeting and programme only a role for everything here will do.

    Raises
    ------
    NotSignedIn
        If nobody is here.
    NotPermitted
        If no role of theirs allows it there.
    """
    found = _found(is_now=act is not Act.READ)
    if found.may(act, programme_id, meeting_id):
        return found
    if meeting_id is not None and programme_id is None:
        with runtime().store.read() as tx:
            programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        if found.may(act, programme_id, meeting_id):
            return found
    raise NotPermitted(act=act.value, who=who_can(act))


def may(
    act: Act,
    *,
    meeting_id: MeetingId | None = None,
    programme_id: ProgrammeId | None = None,
) -> bool:
    """The same as a question, for screens that leave out what is not allowed."""
    try:
        require(act, meeting_id=meeting_id, programme_id=programme_id)
    except (NotSignedIn, NotPermitted):
        return False
    return True


def may_reach(programme_id: ProgrammeId) -> bool:
    """Whether a programme, or any meeting of it, may be read."""
    found = _found(is_now=False)
    if found.may(Act.READ, programme_id):
        return True
    with runtime().store.read() as tx:
        held = meetings.meetings_of(tx, programme_id)
    return any(found.may(Act.READ, programme_id, meeting.meeting_id) for meeting in held)


def _found(*, is_now: bool) -> Actor:
    found = _named.get() or _ask(is_now)
    if found is None:
        raise NotSignedIn
    return found
