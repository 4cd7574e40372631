"""Who is here and which programme and meeting are open. Start at `open_meeting_id`.

Every session key and every word of an address is named in this file. The address always says
what is open, so that a copied link opens the same view.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from domain.access import Act, Actor
from domain.errors import NotFound, NotSignedIn
from domain.ids import MeetingId, ProgrammeId
from domain.meetings import Meeting, Programme
from services import access, accounts, meetings, programmes
from ui import visitor
from ui.markup import empty
from ui.visitor import Role

P = ParamSpec("P")
T = TypeVar("T")

FRESH_S = 2.0
"""How long a plain reading takes an earlier answer to who is here."""


# Words of an address.
AS, PROGRAMME, MEETING = "as", "programme", "meeting"
_KEPT = (AS, PROGRAMME, MEETING)

# Session keys that are not widgets'.
_OPEN, _TOLD, _UNDO, _REPLAY = "_open", "_told", "_undo", "_replay"
_REVIEW, _CODING = "_review", "_coding"
_SEEN = "_seen"


@dataclass(frozen=True)
class _Seen:
    """Who was here a moment ago; `key` tells whether it still answers the same question."""

    key: Hashable
    actor: Actor | None
    at_s: float


def start() -> None:
    """Settle role, programme and meeting for this run: the address first, then what was open."""
    wanted = {**st.session_state.get(_OPEN, {}), **_named(st.query_params.to_dict())}
    chosen = {AS: _role(wanted.get(AS)).value} if is_trying() else {}
    st.session_state[_OPEN] = {**wanted, **chosen}
    if is_participant():
        # What was open waits: no meeting is listed to a participant.
        _write_address({**wanted, **chosen})
        return
    known = programmes.programmes()
    programme = _pick_programme(known, wanted.get(PROGRAMME), wanted.get(MEETING))
    if programme:
        chosen[PROGRAMME] = programme.programme_id
        held = [m.meeting for m in meetings.meetings_of(programme.programme_id)]
        meeting = _pick_meeting(held, wanted.get(MEETING))
        if meeting:
            chosen[MEETING] = meeting.meeting_id
    st.session_state[_OPEN] = chosen
    _write_address(chosen)


def choose(**more: str) -> None:
    """Open another programme or meeting, or look as another role; the rest stays."""
    opened = {**st.session_state.get(_OPEN, {}), **more}
    if PROGRAMME in more and MEETING not in more:
        opened.pop(MEETING, None)
    st.session_state[_OPEN] = opened
    st.query_params.from_dict(opened)


def who_is_here(is_now: bool) -> Actor | None:
    """Whoever looks at this browser; None where nobody of the staff does.

    With accounts it is whoever holds the cookie's session, read from the store each time that
    `is_now` asks for it. Without any account it is the role that was chosen to try.
    """
    if get_script_run_ctx() is None:
        return None
    token, seen = visitor.token(), st.session_state.get(_SEEN)
    key = (hash(token), role())
    if not is_now and seen and seen.key == key and time.monotonic() - seen.at_s < FRESH_S:
        return seen.actor  # type: ignore[no-any-return]
    found = visitor.actor_with(token, role())
    st.session_state[_SEEN] = _Seen(key, found, time.monotonic())
    return found


access.ask_with(who_is_here)


def later(service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
    """A service to be called outside this run, as for a download: who asks is read anew then."""
    token, tried = visitor.token(), role()

    @wraps(service)
    def _call() -> T:
        found = visitor.actor_with(token, tried)
        if found is None:
            raise NotSignedIn
        with access.acting_as(found):
            return service(*args, **kwargs)

    return _call


def is_trying() -> bool:
    """Whether the role may be chosen here: while there is no account at all."""
    return not accounts.has_accounts()


def role() -> Role:
    """The role that is tried, while there are no accounts."""
    return _role(_opened(AS))


def is_participant() -> bool:
    """Whether somebody tries to be a participant: then no screen of the staff is open."""
    return role() is Role.PARTICIPANT and is_trying()


def may(act: Act, *, is_for_programme: bool = False) -> bool:
    """Whether whoever is here may do this in the open meeting, or in the programme around it."""
    meeting_id = None if is_for_programme else _opened(MEETING)
    return access.may(
        act,
        meeting_id=MeetingId(meeting_id) if meeting_id else None,
        programme_id=ProgrammeId(_opened(PROGRAMME)) or None,
    )


def may_edit() -> bool:
    """Whether whoever is here may change the open meeting rather than read it."""
    return may(Act.RUN_MEETING)


def author() -> str:
    """The name under which changes are written down."""
    return access.actor().name


def open_programme() -> Programme | None:
    """The programme that is open; None before there is any."""
    programme_id = _opened(PROGRAMME)
    try:
        return programmes.the_programme(ProgrammeId(programme_id)) if programme_id else None
    except NotFound:
        return None


def is_sample() -> bool:
    """Whether what is open is the invented sample."""
    programme = open_programme()
    return programme is not None and programme.is_sample


def open_programme_id() -> ProgrammeId:
    """The programme that is open; a page without one says what to do and stops."""
    programme_id = _opened(PROGRAMME)
    if not programme_id:
        _stop("No programme yet", "Load the sample, or start your own programme.")
    return ProgrammeId(programme_id)


def open_meeting_id() -> MeetingId:
    """The meeting that is open; a page without one says what to do and stops."""
    meeting_id = _opened(MEETING)
    if not meeting_id:
        _stop("No meeting yet", "Make the first meeting of this programme on the Meetings page.")
    return MeetingId(meeting_id)


def open_meeting() -> Meeting:
    """The same with everything a page head needs."""
    return meetings.the_meeting(open_meeting_id())


def here(**more: str) -> dict[str, str]:
    """The words of an address that opens this programme and meeting, and what `more` names."""
    return {**st.session_state.get(_OPEN, {}), **more}


def chosen(name: str) -> str:
    """A further choice that the address carries, as a theme or an initiative; empty if none."""
    return str(st.query_params.get(name, ""))


def keep(name: str, value: str) -> None:
    """Put a further choice into the address, or take it out when it is empty."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def tell(message: str, *, is_refusal: bool = False) -> None:
    """Say at the top of the next run what happened."""
    st.session_state[_TOLD] = (message, is_refusal)


def told() -> tuple[str, bool] | None:
    """What is to be said now, once."""
    message: tuple[str, bool] | None = st.session_state.pop(_TOLD, None)
    return message


def remember_undo(way: object) -> None:
    """Keep the way back from the last press; None forgets it."""
    st.session_state[_UNDO] = way


def remembered_undo() -> object:
    """The way back from the last press; None where there is none."""
    return st.session_state.get(_UNDO)


def replay_of(meeting_id: MeetingId) -> tuple[float, float | None]:
    """Where a meeting's replay is, in seconds, and since when it plays; None while it rests."""
    found: tuple[float, float | None] = st.session_state.get(f"{_REPLAY}_{meeting_id}", (0.0, None))
    return found


def keep_replay(meeting_id: MeetingId, place_s: float, since: float | None = None) -> None:
    """Remember where the replay of a meeting is."""
    st.session_state[f"{_REPLAY}_{meeting_id}"] = (place_s, since)


def review_of(meeting_id: MeetingId) -> object:
    """What a reviewer opened of a meeting in this browser; None before."""
    return st.session_state.get(f"{_REVIEW}_{meeting_id}")


def keep_review(meeting_id: MeetingId, desk: object) -> None:
    """Remember what a reviewer opened; None closes it."""
    st.session_state[f"{_REVIEW}_{meeting_id}"] = desk


def coding_at(meeting_id: MeetingId) -> object:
    """The check that is being coded in this browser; None before it was opened."""
    return st.session_state.get(f"{_CODING}_{meeting_id}")


def keep_coding(meeting_id: MeetingId, opened: object) -> None:
    """Remember which check is being coded, and by whom; None closes it."""
    st.session_state[f"{_CODING}_{meeting_id}"] = opened


def _opened(name: str) -> str:
    return str(st.session_state.get(_OPEN, {}).get(name) or st.query_params.get(name, ""))


def _named(address: dict[str, str]) -> dict[str, str]:
    return {name: address[name] for name in _KEPT if address.get(name)}


def _role(name: str | None) -> Role:
    return Role(name) if name in set(Role) else Role.FACILITATOR


def _pick_programme(
    known: list[Programme], wanted: str | None, meeting_id: str | None
) -> Programme | None:
    for programme in known:
        if programme.programme_id == wanted:
            return programme
    for programme in known if meeting_id else ():
        held = meetings.meetings_of(programme.programme_id)
        if any(m.meeting.meeting_id == meeting_id for m in held):
            return programme
    return known[0] if known else None


def _pick_meeting(held: list[Meeting], wanted: str | None) -> Meeting | None:
    for meeting in held:
        if meeting.meeting_id == wanted:
            return meeting
    return held[0] if held else None


def _write_address(chosen: dict[str, str]) -> None:
    for name in _KEPT:
        if st.query_params.get(name, "") == chosen.get(name, ""):
            continue
        keep(name, chosen.get(name, ""))


def _stop(title: str, sentence: str) -> NoReturn:
    empty(title, sentence, level=1)
    st.stop()
