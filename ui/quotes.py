"""Words that people said, drawn verbatim. Start at `quote`.

Only a verified `domain.talk.Quote` is drawn, so nothing on a screen looks like a quotation
without being one. A reviewed translation stands below its quote, outside the quotation marks.
"""

from collections.abc import Sequence
from itertools import pairwise

from domain.people import StakeholderGroup
from domain.talk import Quote
from services.words_to_read import language_of, parts_of
from ui.markup import FAMILY_CLASS, draw, safe
from ui.words import clock, sentence_case

REVIEWED = "Translation, reviewed by the team:"


def quote(
    said: Quote,
    group: StakeholderGroup | None,
    start_s: float | None = None,
    *,
    source: str = "",
    is_large: bool = False,
) -> None:
    """The quote, the speaker's stakeholder group, the time and where it stands."""
    draw(quote_html(said, group, start_s, source=source, is_large=is_large))


def quote_html(
    said: Quote,
    group: StakeholderGroup | None,
    start_s: float | None = None,
    *,
    source: str = "",
    is_large: bool = False,
    marks: Sequence[tuple[int, int]] = (),
) -> str:
    """The same as escaped HTML, for a place inside a list; `marks` are stretches that stand out."""
    family = FAMILY_CLASS[group.family] if group else ""
    size = " rt-large" if is_large else ""
    words = marked(said.text, marks)
    return (
        f'<blockquote class="rt-quote {family}{size}"><p dir="auto"{lang(said.text)}>“{words}”</p>'
        f"<footer>{safe(who(group, start_s, source))}</footer></blockquote>"
        f"{translation_html(said.translation)}"
    )


def translation_html(text: str, told: str = REVIEWED) -> str:
    """What words in another language say, below them and in no quotation marks; empty without."""
    if not text:
        return ""
    return (
        f'<p class="rt-translation" dir="auto"><strong>{safe(told)}</strong> '
        f'<span lang="en">{safe(text)}</span></p>'
    )


def in_one_line(words: str, translation: str) -> str:
    """Words for a place without marks, as a hover or a cell, and what they say in English."""
    return f"“{words}” {REVIEWED} {translation}" if translation else words


def large(text: str) -> None:
    """A text of people's own, set large: a recommendation, a statement."""
    draw(f'<p class="rt-large-text" dir="auto"{lang(text)}>{marked(text)}</p>')


def in_its_language(text: str) -> str:
    """Words inside a line of ours, tagged where they are in another language."""
    code = lang(text)
    return f"<span{code}>{marked(text)}</span>" if code else marked(text)


def lang(text: str) -> str:
    """The attribute that tells a browser in which language words are; none for English.

    Of words that change language `marked` tells it, stretch by stretch.
    """
    code = language_of(text)
    return f' lang="{code}"' if code else ""


def marked(text: str, marks: Sequence[tuple[int, int]] = ()) -> str:
    """The text escaped, letter for letter the same; what stands out is marked.

    Words in another language than the rest say so, so that they are read aloud in it.
    """
    spoken = [(a, b, code) for a, b, code in parts_of(text) if (a, b) != (0, len(text))]
    stretches = (*marks, *((a, b) for a, b, _ in spoken))
    edges = {edge for stretch in stretches for edge in stretch}
    drawn = []
    for start, end in pairwise(sorted({0, len(text), *edges})):
        words = safe(text[start:end])
        if any(a <= start < b for a, b in marks):
            words = f"<mark>{words}</mark>"
        code = next((code for a, b, code in spoken if a <= start < b), "")
        drawn.append(f'<span lang="{code}">{words}</span>' if code else words)
    return "".join(drawn)


def who(group: StakeholderGroup | None, start_s: float | None = None, source: str = "") -> str:
    """ "Current caregiver, at 1:02:33, Fall 2024"."""
    speaker = sentence_case(group.value) if group else "Someone at the table"
    at = f"at {clock(start_s)}" if start_s is not None else ""
    return ", ".join(part for part in (speaker, at, source) if part)
