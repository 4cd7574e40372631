"""What stands in no theme, and what changed. Start at `aside`."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

from domain.access import Act
from domain.ids import MeetingId, ThemeEditId
from domain.talk import Quote
from domain.themes import AsideReason
from services import theme_desk, theme_edits
from services.theme_desk import Aside, OpenThemes
from services.translations import other_languages
from ui import markup, page, session, theme_corrections, translations
from ui.theme_detail import one
from ui.theme_words import change_words, edit_state, edit_words
from ui.words import people_say

N_ASIDE = 40
N_EDITS = 20
HEADS = {
    AsideReason.BY_HAND: ("set aside by hand", "Somebody took these out of the themes."),
    AsideReason.NO_COMPANY: (
        "in no theme",
        "Thoughts that nobody else voiced, and short answers. Single voices can matter most: read "
        "before you move on.",
    ),
    AsideReason.MEETING_TALK: (
        "about the meeting itself",
        "Sound, slides, turns, thanks and bare answers: said, so listed, and in no theme.",
    ),
}


def aside(meeting_id: MeetingId, desk: OpenThemes) -> None:
    """Words that belong to no theme, by the reason: they were said, so they can be read."""
    theme_corrections.offer_undo()
    listed = other_languages(meeting_id)
    if not desk.aside and not listed.words:
        page.empty("Nothing is set aside", "Everything that was said stands in a theme.")
        return
    theme_corrections.switch()
    may_tick = theme_corrections.is_on()
    if may_tick:
        with st.container(key="card_chosen"):
            theme_corrections.with_chosen(meeting_id, desk, None)
    every = [said for part in desk.aside for said in part.quotes]
    translations.block(meeting_id, listed, every, may_tick=may_tick)
    above = {other.quote for other in listed.words}
    for part in desk.aside:
        if part.reason is not AsideReason.OTHER_LANGUAGE:
            _rest(part, above, desk.report.n_passages, may_tick=may_tick)


def _rest(part: Aside, above: set[Quote], n_all: int, *, may_tick: bool) -> None:
    """What is set aside for another reason than its language, and stands not above already."""
    quotes = [said for said in part.quotes if said.quote not in above]
    n = part.n_passages - (len(part.quotes) - len(quotes))
    if not n:
        return
    where, sentence = HEADS[part.reason]
    rest = " Some may only be counted." if len(quotes) < n else ""
    page.section(f"{people_say(n, n_all, noun='passages')} {where}", f"{sentence}{rest}")
    shows_all = st.session_state.get(f"all_{part.reason.name}")
    for said in quotes if shows_all else quotes[:N_ASIDE]:
        one(said, may_tick=may_tick)
    if len(quotes) > N_ASIDE:
        st.toggle(f"Show all {len(quotes)}", key=f"all_{part.reason.name}")


def changes(meeting_id: MeetingId, desk: OpenThemes) -> None:
    """What the last finding of themes changed, and what people corrected."""
    page.section("Since the themes were last found")
    told = theme_desk.what_changed(meeting_id)
    if told is None:
        markup.sentence("The themes were found once so far: there is nothing to compare with.")
    elif not told:
        markup.sentence("The same themes, about as large as before.")
    else:
        markup.lines(change_words(change) for change in told)
    page.section(
        "Corrections by hand",
        "They hold when the themes are found again. Undo takes one back and leaves the others.",
    )
    if not desk.edits:
        markup.sentence("None yet. Turn on “Correct by hand” beside a theme.")
        return
    newest = desk.edits[::-1]
    shown = newest if st.session_state.get("all_edits") else newest[:N_EDITS]
    _log(
        (
            told.edit.edit_id,
            edit_words(told, desk.names),
            edit_state(told),
            told.undone is not None,
        )
        for told in shown
    )
    if len(newest) > N_EDITS:
        st.toggle(f"Show all {len(newest)} corrections", key="all_edits")


def _log(told: Iterable[tuple[ThemeEditId, str, str, bool]]) -> None:
    """Every correction, newest first, each with its way back or again."""
    for edit_id, words, state, is_undone in told:
        with st.container(key=f"line_edit_{edit_id}", gap=None):
            markup.draw(
                f'<p class="rt-sentence"><strong>{markup.safe(words)}</strong><br>'
                f"{markup.safe(state)}</p>"
            )
            if session.may(Act.ANALYSE):
                service = theme_edits.redo if is_undone else theme_edits.undo
                done = "Done again." if is_undone else "Undone."
                st.button(
                    "Do again" if is_undone else "Undo",
                    key=f"end_{edit_id}",
                    type="tertiary",
                    on_click=partial(page.do, done, service, edit_id),
                )
