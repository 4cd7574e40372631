"""HTML of our own with every word from outside escaped. Start at `draw`."""

import re
from collections.abc import Iterable
from html import escape

import streamlit as st

from domain.people import Family

_MARKS = frozenset("\\`*_{}[]()#+-!$~|<>:&")
_BECOMES_ANOTHER_SIGN = re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")
_BECOMES_A_LINK = re.compile(r"@|:(?=//)|www(?=\.)", re.IGNORECASE)
_BECOMES_A_PICTURE = re.compile(r":(?=material/|streamlit:)")
_JOINER = "\u2060"
"""Draws nothing. The screens turn "->" between blanks into an arrow, an address into a link, and
the name of an icon into the icon, escaped or not, unless something parts them."""

FAMILY_CLASS = {
    Family.LIVED_EXPERIENCE: "rt-lived",
    Family.CARE_AND_RESEARCH: "rt-care",
    Family.INDUSTRY_AND_GOVERNMENT: "rt-industry",
    Family.STAFF_AND_OTHERS: "rt-staff",
}


def draw(html: str) -> None:
    """Put HTML on the page; whoever calls has escaped what people wrote with `safe`."""
    st.html(html)


def safe(text: object) -> str:
    """The text as text: no tag, no attribute, no Markdown comes alive."""
    return escape(str(text), quote=True)


def plain(text: str) -> str:
    """The text for a label or an alert, with Markdown's marks made harmless."""
    words = _BECOMES_ANOTHER_SIGN.sub(
        lambda sign: f"{sign[0][0]}{_JOINER}{sign[0][1:]}", " ".join(text.split())
    )
    words = _BECOMES_A_PICTURE.sub(f":{_JOINER}", words)
    words = _BECOMES_A_LINK.sub(lambda found: f"{found[0]}{_JOINER}", words)
    return "".join(f"\\{mark}" if mark in _MARKS else mark for mark in words)


def shortened(text: str, longest: int = 110) -> str:
    """The text, or its first words when it is long; never for a quotation."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0].rstrip(',;:.')}…"


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Names and values as a definition list; what has no value is left out."""
    rows = "".join(f"<dt>{safe(n)}</dt><dd>{safe(v)}</dd>" for n, v in pairs if v)
    if rows:
        draw(f'<dl class="rt-facts">{rows}</dl>')


def numbers(rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Large numbers side by side, each (label, value, of, note): "Launched", "4", "of 9", "…"."""
    cells = "".join(
        f'<div><dt>{safe(label)}</dt><dd><span class="rt-value">{safe(value)}</span>'
        f'<span class="rt-of">{safe(of)}</span><div class="rt-note">{safe(note)}</div></dd></div>'
        for label, value, of, note in rows
    )
    draw(f'<dl class="rt-numbers">{cells}</dl>')


def number(value: str, of: str) -> None:
    """One large number with its denominator; the caller has written its name above it."""
    draw(
        f'<div class="rt-numbers"><div><span class="rt-value">{safe(value)}</span>'
        f'<span class="rt-of">{safe(of)}</span></div></div>'
    )


def lines(rows: Iterable[tuple[str, str]]) -> None:
    """A quiet list of sentences, each with a side note below it."""
    cells = "".join(
        f'<li>{safe(text)}<div class="rt-side">{safe(side)}</div></li>' for text, side in rows
    )
    draw(f'<ul class="rt-lines">{cells}</ul>')


def events(rows: Iterable[tuple[str, str, str]]) -> None:
    """Dated events from first to newest, each (when, what, note); the last one is now."""
    told = list(rows)
    cells = "".join(
        f'<li class="{"rt-now" if number == len(told) else ""}">'
        f'<span class="rt-when">{safe(when)}</span>{safe(what)}'
        f'<div class="rt-side">{safe(note)}</div></li>'
        for number, (when, what, note) in enumerate(told, start=1)
    )
    draw(f'<ol class="rt-events">{cells}</ol>')


def large(text: str) -> None:
    """A text of people's own, set large: a recommendation, a statement."""
    draw(f'<p class="rt-large-text">{safe(text)}</p>')


def sentence(text: str) -> None:
    """One quiet sentence."""
    draw(f'<p class="rt-sentence">{safe(text)}</p>')


def empty(title: str, sentence: str, *, level: int = 2) -> None:
    """What to do when there is nothing yet."""
    head = f"<h{level}>{safe(title)}</h{level}>"
    draw(f'<div class="rt-empty">{head}<p>{safe(sentence)}</p></div>')
