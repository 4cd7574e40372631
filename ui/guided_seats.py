"""Small groups of a session: who sits where, mixed anew or moved by hand. Start at `show`."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from domain.errors import RoundtableError
from domain.guided import SMALLEST_GROUP, Round
from domain.ids import AttendanceId, GuidedSessionId
from domain.meetings import Attendance
from services import small_groups
from services.small_groups import Seating
from ui import markup, page, session, undo
from ui.markup import draw, safe
from ui.seat_sheet import sheet
from ui.words import count, listed

NOWHERE = "in no group: not here"
LARGEST_GROUP = 12


def show(session_id: GuidedSessionId, of: Round) -> None:
    """The groups of a round with names, and what can be done about them."""
    try:
        found = small_groups.seating(session_id, of)
    except RoundtableError as error:
        page.refused(str(error))
        return
    _told(found)
    draw('<div class="rt-seats">' + "".join(_group(found, n) for n in _numbers(found)) + "</div>")
    undo.offer(_place(session_id, of))
    with st.container(horizontal=True, key="seat_steps"):
        _mix_anew(session_id, found)
        _move(session_id, found)
        _print(session_id, found)
    if found.not_seated:
        names = listed([a.name for a in found.not_seated])
        markup.sentence(f"On the roster and in no small group: {names}.")


def _told(found: Seating) -> None:
    sizes = listed([str(len(group)) for group in found.groups])
    told = (
        f"{count(len(found.groups), 'small group')} of {sizes} people, mixed by stakeholder group."
    )
    if found.of is Round.SECOND:
        told += (
            f" Of {count(found.n_pairs, 'pair')} who sit together now, {found.n_meet_again} sat "
            "together in the first round: as few as 200 ways to mix them gave."
        )
    markup.sentence(told)


def _group(found: Seating, number: int) -> str:
    group = found.groups[number - 1]
    kinds = Counter(a.stakeholder_group.value for a in group)
    mixed = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
    names = "".join(
        f'<li>{safe(a.name)} <span class="rt-side">{safe(a.stakeholder_group.value)}</span></li>'
        for a in group
    )
    return f"<section><h3>Small group {number}</h3><p>{safe(mixed)}</p><ul>{names}</ul></section>"


def _mix_anew(session_id: GuidedSessionId, found: Seating) -> None:
    with st.popover("Mix anew"):
        size = st.number_input(
            "People in a group, at least",
            SMALLEST_GROUP,
            LARGEST_GROUP,
            max(SMALLEST_GROUP, min(map(len, found.groups))),
            key=f"mix_size_{found.of}",
        )
        st.button(
            "Mix the same people again",
            key=f"mix_{found.of}",
            on_click=undo.do,
            args=(
                "People are seated anew.",
                partial(small_groups.seat_anew, session_id, found.of, int(size)),
                _back(session_id, found),
            ),
            kwargs={"place": _place(session_id, found.of)},
        )


def _move(session_id: GuidedSessionId, found: Seating) -> None:
    people = [a for group in found.groups for a in group] + list(found.not_seated)
    names = {a.attendance_id: a.name for a in people}
    places = [*_numbers(found), None]
    with st.popover("Move somebody"):
        st.selectbox(
            "Who",
            list(names),
            index=None,
            placeholder="Choose a person",
            format_func=lambda who: f"{names[who]} ({_where(found, who)})",
            key=f"move_who_{found.of}",
        )
        st.selectbox(
            "Where to",
            places,
            format_func=lambda n: f"Small group {n}" if n else NOWHERE,
            key=f"move_to_{found.of}",
        )
        st.button(
            "Move",
            key=f"move_{found.of}",
            on_click=_do_move,
            args=(session_id, found, people),
        )


def _do_move(session_id: GuidedSessionId, found: Seating, people: Sequence[Attendance]) -> None:
    who = st.session_state.get(f"move_who_{found.of}")
    to = st.session_state.get(f"move_to_{found.of}")
    if not who:
        session.tell("Choose a person first. Nothing was changed.", is_refusal=True)
        return
    name = next(a.name for a in people if a.attendance_id == who)
    undo.do(
        f"{name} sits in small group {to}." if to else f"{name} sits in no small group.",
        partial(small_groups.move, session_id, found.of, AttendanceId(who), to),
        _back(session_id, found),
        place=_place(session_id, found.of),
    )


def _print(session_id: GuidedSessionId, found: Seating) -> None:
    rounds = [found]
    if found.of is Round.SECOND:
        rounds.insert(0, small_groups.seating(session_id, Round.FIRST))
    meeting = session.open_meeting()
    st.download_button(
        "Download who sits where to print",
        data=sheet(meeting, rounds).encode(),
        file_name=f"small-groups-{meeting.held_on.isoformat()}.html",
        mime="text/html",
        key=f"seat_sheet_{found.of}",
        on_click="ignore",
        help="Names by small group, and a strip for each person. Nothing on it tells for whom "
        "somebody speaks. Hang it up only if everybody agreed.",
    )


def _back(session_id: GuidedSessionId, found: Seating) -> undo.Way:
    return undo.Way(
        "Seat them as before",
        "Everybody sits as before.",
        partial(small_groups.put_back, session_id, found.of, found.seats),
    )


def _place(session_id: GuidedSessionId, of: Round) -> str:
    return f"seats_{session_id}_{of}"


def _numbers(found: Seating) -> range:
    return range(1, len(found.groups) + 1)


def _where(found: Seating, who: AttendanceId) -> str:
    number = found.seats.group_of.get(who)
    return f"small group {number}" if number else "in no group"
