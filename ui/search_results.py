"""What a search found, drawn in context. Start at `show`."""

import streamlit as st

from domain.search import Kind
from domain.talk import Quote
from services.search import Found, Turn
from services.search_hits import Hit
from ui import markup, page, screens, session
from ui.markup import draw, safe
from ui.quotes import lang, marked, quote_html, translation_html, who
from ui.words import count, sentence_case

TURN = "turn"


def show(found: Found) -> None:
    """Every result with its kind, where it stands, and a way there."""
    for n, hit in enumerate(found.hits):
        with st.container(key=f"line_hit_{n}", gap=None):
            draw(hit_html(hit))
            _ways(hit, n)


def summary(found: Found) -> str:
    """What the answer is, in a sentence."""
    if found.is_only_near:
        return "Nothing says this. The nearest in meaning:"
    n_exact = sum(hit.is_exact for hit in found.hits)
    n_all = len(found.hits) + found.n_more
    told = f"{count(n_all, 'result').capitalize()}, the best first"
    if n_exact:
        told += f"; {n_exact} with these very words"
    if found.language:
        told += f". Found by the words alone: meaning is read in English, not in {found.language}"
    elif not found.is_by_meaning:
        told += ". Found by the words alone: the language model cannot be used here"
    elif found.n_words_only:
        told += (
            f". {count(found.n_words_only, 'newer passage')} could be found by the words alone, "
            "until themes are found"
        )
    return f"{told}."


def hit_html(hit: Hit) -> str:
    """One result as escaped HTML: its kind, what stands before it, the words, what comes after."""
    return f'<div class="rt-found">{_kind_html(hit)}{_words_html(hit)}</div>'


def around(turns: tuple[Turn, ...]) -> None:
    """Turns one after the other, the one that was found among them."""
    draw(f'<div class="rt-around">{"".join(_turn_html(turn) for turn in turns)}</div>')


def _turn_html(turn: Turn) -> str:
    gap = '<p class="rt-side">Words between these are not shared.</p>' if turn.is_after_gap else ""
    look = "rt-near rt-now" if turn.is_it else "rt-near"
    told = safe(who(turn.stakeholder_group, turn.start_s))
    here = "The words found. " if turn.is_it else ""
    text = turn.quote.text
    words = f'<p class="{look}" dir="auto"{lang(text)}>“{marked(text)}”</p>'
    below = translation_html(turn.quote.translation)
    return f'{gap}{words}{below}<p class="rt-side rt-by">{here}{told}</p>'


def _kind_html(hit: Hit) -> str:
    where = ""
    if hit.meeting:
        where = f"{hit.meeting.label}: {markup.shortened(hit.meeting.challenge, 80)}"
    parts = [hit.told, where]
    told = "".join(f", {safe(part)}" for part in parts if part)
    return f'<p class="rt-kind"><strong>{sentence_case(hit.kind.value)}</strong>{told}</p>'


def _words_html(hit: Hit) -> str:
    if hit.quote is None:
        return f'<p class="rt-text" dir="auto">{marked(hit.words, hit.marks)}</p>'
    said = quote_html(hit.quote, hit.stakeholder_group, hit.start_s, marks=hit.marks)
    return f"{_near_html(hit.before)}{said}{_near_html(hit.after)}"


def _near_html(near: Quote | None) -> str:
    if near is None:
        return ""
    return f'<p class="rt-near" dir="auto"{lang(near.text)}>{marked(near.text)}</p>'


def _ways(hit: Hit, n: int) -> None:
    """Where a result leads; the address says so too."""
    if hit.kind is Kind.SAID and hit.utterance_id:
        st.button(
            "Read around it",
            key=f"around_{n}",
            type="tertiary",
            on_click=session.keep,
            args=(TURN, hit.utterance_id),
        )
    elif hit.recommendation_id and hit.meeting:
        screens.link(
            screens.RECOMMENDATIONS,
            "Open the recommendation",
            meeting=hit.meeting.meeting_id,
            recommendation=hit.recommendation_id,
        )
    elif hit.initiative_id:
        screens.link(screens.INITIATIVE, "Open the initiative", initiative=hit.initiative_id)


def nothing(found: Found, *, is_filtered: bool) -> None:
    """No result: because of a filter, because there are no words, or because nothing says this."""
    if is_filtered:
        page.empty("Nothing here with this filter", "Clear the filter to search everything.")
    elif not found.n_searched:
        page.empty(
            "Nothing can be found yet",
            "Words come in with a transcript, and are found once a reviewer has released them.",
        )
    elif found.language:
        page.empty(
            "Nothing has these words",
            f"Meaning is read in English, not in {found.language}: ask in English as well.",
        )
    else:
        page.empty("Nothing says this", "Try other words, or fewer.")
