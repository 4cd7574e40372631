"""Correct themes by hand, with the way back right where it happened. Start at `panel`."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st

from domain.access import Act
from domain.errors import RoundtableError
from domain.ids import MeetingId, PassageId, ThemeEditId, ThemeId
from services import theme_edits
from services.theme_breadths import Scale
from services.theme_desk import OpenThemes
from services.theme_edits import Chosen
from services.theme_views import FineView, ThemeQuote, ThemeView
from ui import markup, session, undo
from ui.markup import plain, shortened
from ui.undo import Way
from ui.words import count, listed

CORRECT = "correct"
PLACE = "themes"
CHOSEN, BREADTH = "theme", "breadth"
N_LETTERS = 40


def is_on() -> bool:
    """Whether whoever is here may correct, and asked to."""
    return session.may(Act.ANALYSE) and bool(st.session_state.get(CORRECT))


def switch() -> None:
    """Turn the tools on and off; reading stays quiet without them."""
    if session.may(Act.ANALYSE):
        st.toggle(
            "Correct by hand",
            key=CORRECT,
            help="Rename, join, part, move, pin, set aside or note. Every step can be undone, and "
            "holds when the themes are found again.",
        )


def press(done: str, service: Callable[[], ThemeEditId], *, clear: Sequence[str] = ()) -> None:
    """Do a correction from a widget, and remember the way back for the place where it was made."""
    try:
        edit_id = service()
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)
        return
    for key in clear:
        st.session_state[key] = False
    session.tell(done)
    back = Way("Undo", "Undone: everything is as before.", partial(theme_edits.undo, edit_id))
    session.remember_undo((PLACE, back))


def offer_undo() -> None:
    """The way back from the last correction."""
    undo.offer(PLACE)


def panel(meeting_id: MeetingId, desk: OpenThemes, theme: ThemeView) -> None:
    """What can be done with a theme, and with the quotes chosen below."""
    with st.container(key="card_correct"):
        _name(meeting_id, theme.theme_id, theme.name)
        _join(meeting_id, desk, theme)
        _note(meeting_id, theme)
    with st.container(key="card_chosen"):
        with_chosen(meeting_id, desk, theme)


def panel_at_breadth(meeting_id: MeetingId, desk: OpenThemes, theme: ThemeView) -> None:
    """What can be done with quotes in a view of another breadth, and the way to do the rest."""
    with st.container(key="card_chosen"):
        with_chosen(meeting_id, desk, theme)
    what = "a part of a theme" if theme.scale is Scale.PART else "several themes together"
    markup.sentence(
        f"This is {what}, a view. Quotes can be moved, pinned and set aside from here; to name, "
        "join, part or note a theme, go to the themes as found."
    )
    st.button(
        plain(f"Go to “{desk.names[theme.found_in or theme.theme_id]}” as found"),
        key="go_as_found",
        on_click=_go_as_found,
        args=(theme.found_in or theme.theme_id,),
    )


def _go_as_found(theme_id: ThemeId) -> None:
    session.keep(BREADTH, "")
    session.keep(CHOSEN, theme_id)


def with_chosen(meeting_id: MeetingId, desk: OpenThemes, theme: ThemeView | None) -> None:
    """What can be done with what is ticked; without a theme, with what is set aside."""
    quotes = theme.quotes if theme else [q for aside in desk.aside for q in aside.quotes]
    is_whole = theme is not None and theme.scale is Scale.THEME
    chosen, keys = ticked(quotes, theme.fine if theme and is_whole else ())
    markup.sentence(f"{_told(chosen)} Tick quotes below, then say where they belong.")
    here = theme.theme_id if theme and is_whole else None
    others = {t.theme_id: t.name for t in desk.report.themes if t.theme_id != here}
    where = st.columns([3, 1], vertical_alignment="bottom")
    into = where[0].selectbox(
        "Put what is ticked into",
        list(others),
        format_func=lambda theme_id: others[theme_id],
        key="move_into",
        index=None,
        placeholder="Choose a theme",
    )
    where[1].button(
        "Move",
        key="move",
        width="stretch",
        disabled=not chosen or into is None,
        on_click=press,
        args=(
            _moved(into, others),
            partial(theme_edits.move, meeting_id, chosen, into or ThemeId("")),
        ),
        kwargs={"clear": keys},
    )
    if theme:
        if is_whole:
            _new_theme(meeting_id, theme, chosen, keys)
        with st.container(horizontal=True, key="chosen_rest"):
            _pin(meeting_id, chosen, keys)
            st.button(
                "Set aside",
                key="set_aside",
                disabled=not chosen,
                help="Out of the themes; listed under Set aside.",
                on_click=press,
                args=("Set aside.", partial(theme_edits.set_aside, meeting_id, chosen)),
                kwargs={"clear": keys},
            )


def tick(quote: ThemeQuote) -> None:
    """The box that chooses a quote."""
    words = shortened(quote.quote.text, N_LETTERS)
    st.checkbox(plain(f"Choose: {words}"), key=_tick_key(quote.passage_id))


def tick_fine(fine: FineView) -> None:
    """The box that chooses everything in a finer theme, also what comes in later."""
    st.checkbox(
        plain(f"Choose all of “{fine.name}”"),
        key=f"tick_fine_{fine.theme_id}",
        help="Also what is found there later.",
    )


def ticked(
    quotes: Iterable[ThemeQuote], fine: Iterable[FineView]
) -> tuple[Chosen, tuple[str, ...]]:
    """What is ticked now, with the keys of its boxes."""
    state = st.session_state
    passages = [q.passage_id for q in quotes if state.get(_tick_key(q.passage_id))]
    wholes = [f.theme_id for f in fine if state.get(f"tick_fine_{f.theme_id}")]
    keys = [*map(_tick_key, passages), *(f"tick_fine_{one}" for one in wholes)]
    return Chosen(tuple(passages), tuple(wholes)), tuple(keys)


def rename_fine(meeting_id: MeetingId, fine: FineView) -> None:
    """Another name for a finer theme."""
    _name(meeting_id, fine.theme_id, fine.name)


def _tick_key(passage_id: PassageId) -> str:
    return f"tick_{passage_id}"


def _told(chosen: Chosen) -> str:
    parts = [
        count(n, one)
        for n, one in (
            (len(chosen.passage_ids), "quote"),
            (len(chosen.fine_theme_ids), "finer theme"),
        )
        if n
    ]
    return f"{listed(parts)} ticked." if parts else "Nothing is ticked yet."


def _moved(into: ThemeId | None, names: dict[ThemeId, str]) -> str:
    return f"Moved into “{names[into]}”." if into else ""


def _name(meeting_id: MeetingId, theme_id: ThemeId, name: str) -> None:
    key = f"name_{theme_id}"
    where = st.columns([3, 1], vertical_alignment="bottom")
    where[0].text_input("Name", name, key=key, max_chars=theme_edits.LONGEST_NAME)
    where[1].button(
        "Rename",
        key=f"rename_{theme_id}",
        width="stretch",
        on_click=_rename,
        args=(meeting_id, theme_id, key),
    )


def _rename(meeting_id: MeetingId, theme_id: ThemeId, key: str) -> None:
    name = str(st.session_state.get(key, ""))
    press(f"Named “{name.strip()}”.", partial(theme_edits.rename, meeting_id, theme_id, name))


def _join(meeting_id: MeetingId, desk: OpenThemes, theme: ThemeView) -> None:
    others = {t.theme_id: t.name for t in desk.report.themes if t.theme_id != theme.theme_id}
    if not others:
        return
    where = st.columns([3, 1], vertical_alignment="bottom")
    into = where[0].selectbox(
        "Join this theme into",
        list(others),
        format_func=lambda theme_id: others[theme_id],
        key=f"join_into_{theme.theme_id}",
        index=None,
        placeholder="Choose a theme",
    )
    where[1].button(
        "Join",
        key=f"join_{theme.theme_id}",
        width="stretch",
        disabled=into is None,
        on_click=press,
        args=(
            f"Joined into “{others[into]}”." if into else "",
            partial(theme_edits.join, meeting_id, theme.theme_id, into or ThemeId("")),
        ),
    )


def _note(meeting_id: MeetingId, theme: ThemeView) -> None:
    key = f"note_{theme.theme_id}"
    where = st.columns([3, 1], vertical_alignment="bottom")
    where[0].text_input(
        "Note, for whoever works on this next",
        key=key,
        max_chars=theme_edits.LONGEST_NOTE,
        placeholder="No names of people",
    )
    where[1].button(
        "Keep note",
        key=f"keep_{key}",
        width="stretch",
        on_click=_keep_note,
        args=(meeting_id, theme.theme_id, key),
    )


def _keep_note(meeting_id: MeetingId, theme_id: ThemeId, key: str) -> None:
    text = str(st.session_state.get(key, ""))
    press("Noted.", partial(theme_edits.note, meeting_id, theme_id, text))
    if text.strip():
        st.session_state[key] = ""


def _new_theme(
    meeting_id: MeetingId, theme: ThemeView, chosen: Chosen, keys: tuple[str, ...]
) -> None:
    key = "new_theme_name"
    where = st.columns([3, 1], vertical_alignment="bottom")
    where[0].text_input(
        "Or make a new theme of it, named", key=key, max_chars=theme_edits.LONGEST_NAME
    )
    where[1].button(
        "Make theme",
        key="make_theme",
        width="stretch",
        disabled=not chosen,
        on_click=_part,
        args=(meeting_id, theme.theme_id, chosen, key, keys),
    )


def _part(
    meeting_id: MeetingId, theme_id: ThemeId, chosen: Chosen, key: str, keys: tuple[str, ...]
) -> None:
    name = str(st.session_state.get(key, ""))
    made = partial(theme_edits.part, meeting_id, theme_id, chosen, name)
    press(f"Made the theme “{name.strip()}”.", made, clear=keys)


def _pin(meeting_id: MeetingId, chosen: Chosen, keys: tuple[str, ...]) -> None:
    st.button(
        "Pin",
        key="pin",
        disabled=not chosen.passage_ids,
        help="They stand first in their theme from now on.",
        on_click=press,
        args=("Pinned.", partial(theme_edits.pin, meeting_id, chosen.passage_ids)),
        kwargs={"clear": keys},
    )
