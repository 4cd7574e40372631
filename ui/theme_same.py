"""Say that themes of two meetings are the same, with the words of both to judge by.

Start at `panel`.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from domain.access import Act
from domain.ids import MeetingId, ProgrammeId, ThemeEditId
from services import theme_edits, theme_kin, theme_years
from services.theme_corrections import ToldEdit
from services.theme_kin import Kin
from services.theme_years import LastingTheme, ThemeYears
from ui import markup, page, session, theme_corrections, undo
from ui.markup import draw, plain, safe
from ui.quotes import quote
from ui.undo import Way
from ui.words import count, listed, moment

N_BESIDE = 2


def panel(
    programme_id: ProgrammeId,
    seen: ThemeYears,
    theme: LastingTheme,
    *,
    here: MeetingId | None = None,
) -> None:
    """What a theme may be the same as, nearest first, and who said so; beside its own words.

    Beside a theme of one meeting its words stand on the screen already: then `here` is set.
    """
    page.section("The same theme at other meetings")
    if here is None:
        theme_corrections.offer_undo()
    _joined(seen, theme)
    kin = theme_kin.choices(programme_id, seen, theme.theme_id)
    if not kin:
        markup.sentence("No meeting without this theme has other themes to compare it with.")
        return
    by_id = {one.theme.theme_id: one for one in kin}
    chosen = st.selectbox(
        "This is the same theme as",
        list(by_id),
        index=0 if kin[0].is_near else None,
        format_func=lambda theme_id: _label(by_id[theme_id]),
        key=f"same_as_{theme.theme_id}",
        placeholder="Choose a theme; the nearest in meaning come first",
        help="Type to search. Read both before you say so; it can be taken back.",
    )
    if chosen is None:
        return
    other = by_id[chosen].theme
    _words(programme_id, (theme, other) if here is None else (other,))
    st.button(
        "Yes, it is the same theme",
        key=f"say_same_{theme.theme_id}",
        on_click=theme_corrections.press,
        args=(
            f"From now on “{theme.name}” is “{other.name}”, at every meeting. Rename it at any "
            "of them: the name follows.",
            partial(theme_edits.say_same, programme_id, theme.theme_id, chosen),
        ),
    )


def may_say() -> bool:
    """Whether whoever is here may say so: it holds at every meeting of the programme."""
    return session.may(Act.ANALYSE, is_for_programme=True)


def _joined(seen: ThemeYears, theme: LastingTheme) -> None:
    """Who said that it is the same at several meetings, each with the way to part them."""
    own = [one for one in seen.said_same if _stands_in(seen, one, theme)]
    for one in own:
        edit = one.edit
        with st.container(key=f"line_same_{edit.edit_id}", gap=None):
            where = next(
                (m.label for m in seen.meetings if m.meeting_id == edit.meeting_id), "a meeting"
            )
            told = f"The theme of {where} was said to be the same as this one."
            by = f"{edit.author}, {moment(edit.made_at)}"
            draw(f'<p class="rt-sentence">{safe(told)} <span>({safe(by)})</span></p>')
            st.button(
                plain(f"Part the theme of {where} again"),
                key=f"part_same_{edit.edit_id}",
                type="tertiary",
                on_click=_part,
                args=(edit.edit_id,),
            )


def _part(edit_id: ThemeEditId) -> None:
    back = Way("Undo", "They are the same theme again.", partial(theme_edits.redo, edit_id))
    undo.do(
        "Parted again.", partial(theme_edits.undo, edit_id), back, place=theme_corrections.PLACE
    )


def _stands_in(seen: ThemeYears, told: ToldEdit, theme: LastingTheme) -> bool:
    target = told.edit.target_id
    return target is not None and seen.now_in.get(target, target) == theme.theme_id


def _label(kin: Kin) -> str:
    at = [stop.meeting.label for stop in kin.theme.stops if stop.theme]
    near = ", near in meaning" if kin.is_near else ""
    return f"{kin.theme.name}: {listed(at)}{near}"


def _words(programme_id: ProgrammeId, themes: Sequence[LastingTheme]) -> None:
    """Example quotes of both beside each other."""
    for column, theme in zip(st.columns(len(themes)), themes, strict=True):
        with column:
            at = theme_years.quotes_over_years(programme_id, theme, N_BESIDE, n_meetings=N_BESIDE)
            labels = [stop.meeting.label for stop in reversed(theme.stops) if stop.theme]
            draw(f"<h3>{safe(theme.name)}</h3>")
            markup.sentence(f"{count(len(labels), 'meeting')}: {listed(labels)}")
            # One of each meeting before a second of any.
            shown = [
                (said.meeting.label, said.quotes[n])
                for n in range(N_BESIDE)
                for said in at
                if n < len(said.quotes)
            ]
            for label, one in shown[:N_BESIDE]:
                quote(one.quote, one.stakeholder_group, one.start_s, source=label)
            if not shown:
                markup.sentence("Nobody who speaks of it agreed to be quoted.")
