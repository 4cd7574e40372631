"""The chosen theme: its words as they were said, the finer themes inside. Start at `detail`."""

from collections.abc import Iterable

import streamlit as st

from domain.ids import MeetingId
from services import theme_years
from services.room import Showing
from services.theme_breadths import Scale
from services.theme_desk import OpenThemes
from services.theme_views import ThemeQuote, ThemeView
from ui import (
    bars,
    markup,
    page,
    room_button,
    screens,
    session,
    theme_corrections,
    theme_same,
)
from ui.markup import draw, plain, safe
from ui.quotes import quote
from ui.theme_list import choose, told
from ui.theme_words import how_much
from ui.words import count, listed, moment

N_QUOTES = 8
N_FINE_QUOTES = 5


def detail(meeting_id: MeetingId, desk: OpenThemes, theme: ThemeView) -> None:
    """The chosen theme, quotes first; the tools to correct it when they are asked for."""
    theme_corrections.offer_undo()
    in_words = f", in the words of the meeting: {theme.key_words}" if theme.key_words else ""
    page.section(theme.name, f"{told(theme)}{in_words}.")
    bars.group_mix(theme.groups)
    notes(theme)
    is_whole = theme.scale is Scale.THEME
    if is_whole:
        doors(meeting_id, theme)
    theme_corrections.switch()
    is_correcting = theme_corrections.is_on()
    if is_correcting and is_whole:
        theme_corrections.panel(meeting_id, desk, theme)
    elif is_correcting:
        theme_corrections.panel_at_breadth(meeting_id, desk, theme)
    words(theme, may_tick=is_correcting)
    inside(meeting_id, theme, may_correct=is_correcting and is_whole)
    if is_correcting and is_whole:
        over_years(meeting_id, theme)
    place = [t.theme_id for t in desk.shown].index(theme.theme_id)
    after = desk.shown[(place + 1) % len(desk.shown)]
    st.button(
        plain(f"Next theme: {after.name}"),
        key="next_theme",
        on_click=choose,
        args=(after.theme_id,),
    )


def over_years(meeting_id: MeetingId, theme: ThemeView) -> None:
    """Say that it is a theme of other meetings too, for those who may in the whole programme."""
    programme_id = session.open_programme_id()
    if not programme_id or not theme_same.may_say():
        return
    seen = theme_years.theme_years(programme_id)
    lasting = next((t for t in seen.themes if t.theme_id == theme.theme_id), None)
    if lasting and seen.n_found > 1:
        with st.container(key="card_same"):
            theme_same.panel(programme_id, seen, lasting, here=meeting_id)


def doors(meeting_id: MeetingId, theme: ThemeView) -> None:
    """What can be made of a theme."""
    with st.container(horizontal=True, key="doors_of_theme"):
        if session.may_edit() and st.button(
            "Write a recommendation from this theme", key="write_from_theme"
        ):
            screens.go(screens.RECOMMENDATIONS, theme=theme.theme_id, write="1")
        room_button.offer(meeting_id, Showing.THEME, theme.theme_id)


def notes(theme: ThemeView) -> None:
    """What somebody wrote down about the theme."""
    for note in theme.notes:
        text = note.text or "A note that repeats words that were taken back."
        by = f"{note.edit.author}, {moment(note.edit.made_at)}"
        draw(
            f'<p class="rt-sentence"><strong>Note:</strong> {safe(text)} <span>({safe(by)})</span>'
            "</p>"
        )


def words(theme: ThemeView, *, may_tick: bool) -> None:
    """The quotes of a theme, the first ones or all."""
    shown = theme.quotes
    if not st.session_state.get(f"all_{theme.theme_id}"):
        shown = shown[:N_QUOTES]
    with st.container(key="quotes_of_theme"):
        for said in shown:
            one(said, may_tick=may_tick)
    if not theme.quotes:
        markup.sentence("Nobody who speaks of this agreed to be quoted. They are counted above.")
    if len(theme.quotes) > N_QUOTES:
        st.toggle(f"Show all {len(theme.quotes)} quotes", key=f"all_{theme.theme_id}")


def one(said: ThemeQuote, *, may_tick: bool) -> None:
    """A quote, what else it speaks of, and what a person did with it."""
    if may_tick:
        theme_corrections.tick(said)
    quote(said.quote, said.stakeholder_group, said.start_s)
    beside = [
        "Pinned" if said.pinned_by else "",
        "Put here by hand" if said.moved_by else "",
        also(said),
    ]
    told_beside = ". ".join(filter(None, beside))
    if told_beside:
        draw(f'<p class="rt-beside">{safe(told_beside)}.</p>')


def also(said: ThemeQuote) -> str:
    """ "Also speaks of Insurance letters (in part)"."""
    others = [f"{name} ({how_much(strength)})" for name, strength in said.also]
    return f"Also speaks of {listed(others)}" if others else ""


def inside(meeting_id: MeetingId, theme: ThemeView, *, may_correct: bool) -> None:
    """The finer themes inside, each opening to its quotes."""
    if len(theme.fine) < 2:
        return
    page.section("Inside this theme", f"{count(len(theme.fine), 'finer theme')}.")
    for fine in theme.fine:
        first = fine.quotes[:1]
        draw(
            f'<h3 class="rt-fine">{safe(fine.name)} '
            f"<span>{count(fine.n_passages, 'passage')}</span></h3>"
        )
        for said in first:
            one(said, may_tick=False)
        if not may_correct and fine.n_passages == len(first):
            continue
        with st.expander(plain(f"More of {fine.name}"), key=f"fine_{fine.theme_id}"):
            if may_correct:
                theme_corrections.tick_fine(fine)
                theme_corrections.rename_fine(meeting_id, fine)
            quotes_of(fine.quotes[1:], fine.n_passages - len(first))


def quotes_of(quotes: Iterable[ThemeQuote], n_passages: int) -> None:
    """The first quotes of a finer theme, and how many more there are."""
    held = list(quotes)
    for said in held[:N_FINE_QUOTES]:
        one(said, may_tick=False)
    n_more = len(held) - N_FINE_QUOTES
    if n_more > 0:
        markup.sentence(f"{count(n_more, 'more quote')} among the quotes of the theme.")
    if len(held) < n_passages:
        markup.sentence(f"{count(n_passages - len(held), 'passage')} may only be counted.")
