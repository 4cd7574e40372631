"""Words in another language, and what a person writes that they say. Start at `block`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

import streamlit as st

from domain.access import Act
from domain.errors import RoundtableError
from domain.ids import MeetingId
from domain.talk import Quote
from domain.translations import Translation, TranslationState
from services import themes, translations
from services.theme_views import ThemeQuote
from services.translation_list import OtherLanguages, OtherWords
from ui import markup, page, screens, session, theme_corrections
from ui.markup import draw, plain, safe
from ui.quotes import REVIEWED, quote_html, translation_html
from ui.undo import Way
from ui.words import count, moment, people_say, sentence_case

T = TypeVar("T")
N_SHOWN = 20
HOW = (
    "The model that groups reads English. Write what the words say in English: once somebody has "
    "reviewed it, they are grouped and found by it. The quote stays as it was said."
)
HALF = (
    "Where somebody changes language, the model hears the English words alone. Write what the "
    "whole of it says: once reviewed, all of it counts."
)
FINDING = "The themes are being found. You can go on here meanwhile."
NOT_REVIEWED = "Translation, not reviewed yet:"
CHANGED = (
    "These words were changed after they had been translated. That translation is used no more: "
    "translate the words of now."
)
ALONE = "You wrote it yourself, and the list will say so. Better, somebody else reads it."


def block(
    meeting_id: MeetingId,
    listed: OtherLanguages,
    quotes: Iterable[ThemeQuote],
    *,
    may_tick: bool,
) -> None:
    """What is set aside for its language, then what is grouped by its translation."""
    if listed.n_waiting_for_themes:
        _find_again(meeting_id, listed.n_waiting_for_themes)
    ticks = {said.quote: said for said in quotes} if may_tick else {}
    n = listed.n_not_grouped
    if n:
        page.section(
            f"{people_say(n, listed.n_passages, noun='passages')} in another language, "
            "not grouped yet",
            f"{n} not grouped: {listed.told}. {HOW}",
        )
        _cards(meeting_id, listed.not_grouped, ticks, "waiting")
    half = listed.heard_in_part
    if half:
        in_part = "partly " if all(one.spoken.is_in_part for one in half) else ""
        page.section(
            f"{people_say(len(half), listed.n_passages, noun='passages')} {in_part}in another "
            "language, grouped as they stand",
            f"{sentence_case(listed.half_told)}. {HALF}",
        )
        _cards(meeting_id, half, ticks, "half")
    if listed.heard:
        page.section(
            f"{count(len(listed.heard), 'passage')} with a translation",
            "Change it or take it back here; the next finding of themes goes by it.",
        )
        _cards(meeting_id, listed.heard, {}, "done")


def _find_again(meeting_id: MeetingId, n: int) -> None:
    """The themes do not know of these yet: say so, and lead there without leaving the list."""
    many = "translations were" if n > 1 else "translation was"
    with st.container(key="card_find_translated"):
        markup.sentence(
            f"{n} {many} reviewed since the themes were found: what they say is in no theme yet. "
            "Review the others first, or find the themes now; corrections by hand stay."
        )
        if session.may(Act.ANALYSE):
            st.button(
                "Find the themes with it" if n == 1 else "Find the themes with them",
                key="find_translated",
                on_click=page.do,
                args=(FINDING, themes.request_themes, meeting_id),
            )


def _cards(
    meeting_id: MeetingId,
    shown: Iterable[OtherWords],
    ticks: Mapping[Quote, ThemeQuote],
    name: str,
) -> None:
    listed = list(shown)
    shows_all = st.session_state.get(f"all_{name}")
    for one in listed if shows_all else listed[:N_SHOWN]:
        key = f"{one.utterance_id}_{one.original_sha256[:12]}"
        with st.container(key=f"card_translate_{key}"):
            if one.quote in ticks:
                theme_corrections.tick(ticks[one.quote])
            draw(_html(one))
            if one.theme and one.is_heard:
                screens.link(
                    screens.THEMES,
                    plain(f"Open “{one.theme[1]}”"),
                    theme=one.theme[0],
                    view="Themes",
                )
            if session.may(Act.TRANSLATE):
                _acts(meeting_id, one, key)
    if len(listed) > N_SHOWN:
        st.toggle(f"Show all {len(listed)}", key=f"all_{name}")


def _html(one: OtherWords) -> str:
    """The words, what they say, and how far that is."""
    written = one.translation
    said = quote_html(replace(one.quote, translation=""), one.stakeholder_group, one.start_s)
    if written:
        mark = REVIEWED if written.is_reviewed else NOT_REVIEWED
        said += translation_html(written.text, mark)
    return f'{said}<p class="rt-sentence">{safe(f"{_spoken(one)}. {_how_far(one)}")}</p>'


def _spoken(one: OtherWords) -> str:
    language = one.spoken.language
    if one.spoken.is_in_part and language:
        return f"Partly in {language}"
    return sentence_case(language) or "In English, as far as we can tell"


def _how_far(one: OtherWords) -> str:
    written = one.translation
    if written is None:
        is_changed = one.state is TranslationState.CHANGED
        return CHANGED if is_changed else "Nobody has written yet what it says."
    by = f"Written by {written.written_by}, {moment(written.written_at)}"
    if not written.is_reviewed or written.reviewed_at is None:
        return f"{by}. It waits for somebody to review it."
    who = "the same person" if written.is_by_one_person else written.reviewed_by
    told = f"{by}; reviewed by {who}, {moment(written.reviewed_at)}."
    if not one.is_heard:
        return f"{told} Find the themes again to group it by this."
    where = (
        f"Grouped in “{one.theme[1]}”" if one.theme else "In no theme: nothing else says the same"
    )
    return f"{told} {where}."


def _acts(meeting_id: MeetingId, one: OtherWords, key: str) -> None:
    written = one.translation
    with st.container(horizontal=True, key=f"acts_{key}"):
        if one.waits_for_themes and session.may(Act.ANALYSE):
            # Where "Mark as reviewed" was pressed, so that the next step is the next Tab.
            st.button(
                "Find the themes again",
                key=f"find_{key}",
                on_click=page.do,
                args=(FINDING, themes.request_themes, meeting_id),
            )
        if written and one.state is TranslationState.WAITING:
            st.button(
                "Mark as reviewed",
                key=f"review_{key}",
                help="It says what was said, no more and no less.",
                on_click=_review,
                args=(written,),
            )
        if written and written.is_reviewed:
            st.button(
                "Take the review back",
                key=f"unreview_{key}",
                type="tertiary",
                on_click=page.do,
                args=("It waits for review.", translations.end_review, written.translation_id),
            )
        if written:
            st.button(
                "Take the translation back",
                key=f"end_{key}",
                type="tertiary",
                on_click=_take_back,
                args=(written,),
            )
    if written and one.state is TranslationState.WAITING and written.written_by == session.author():
        markup.sentence(ALONE)
    label = "Change the translation" if written else "Write what it says in English"
    with st.expander(label, key=f"write_{key}"):
        _write(one, key)


def _write(one: OtherWords, key: str) -> None:
    """Words that are being written stay in their field until they are kept, whatever is refused."""
    field, begun = f"english_{key}", f"begun_{key}"
    text = one.translation.text if one.translation else ""
    if st.session_state.get(field, "") == st.session_state.get(begun, ""):
        st.session_state[field] = text
    st.session_state[begun] = text
    st.text_area("What these words say, in English", key=field, height="content")
    st.button("Keep this translation", key=f"keep_{key}", on_click=_keep, args=(one, field))


def _keep(one: OtherWords, field: str) -> None:
    seen = one.translation.translation_id if one.translation else None
    write = partial(
        translations.write,
        one.utterance_id,
        one.original_sha256,
        str(st.session_state.get(field, "")),
        seen=seen,
    )
    _press("Kept. It is used once somebody has reviewed it.", write, translations.take_back)


def _review(written: Translation) -> None:
    this_one = written.translation_id
    _press(
        "Reviewed. The themes do not know it yet: find them again, here or above.",
        lambda: translations.review(this_one),
        lambda _: translations.end_review(this_one),
    )


def _take_back(written: Translation) -> None:
    this_one = written.translation_id
    _press(
        "Taken back. If there was a wording before it, that one holds again.",
        lambda: translations.take_back(this_one),
        lambda _: translations.bring_back(this_one),
    )


def _press(done: str, service: Callable[[], T], back: Callable[[T], None]) -> None:
    """Do it, and remember the way back for the place where it was done."""
    try:
        made = service()
    except RoundtableError as error:
        session.tell(str(error), is_refusal=True)
        return
    session.tell(done)
    way = Way("Undo", "Undone: everything is as before.", partial(back, made))
    session.remember_undo((theme_corrections.PLACE, way))
