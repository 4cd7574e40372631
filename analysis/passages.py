"""Passages: the pieces of an utterance that carry one idea each. Start at `split_passages`.

A turn of a few sentences is one passage. A longer one is parted between sentences, because a
theme is one idea and the model reads no further than 256 tokens. Seventy words are chosen for
quotes that can be read at a glance: on four committee meetings of QMSum (val) the agreement of
broad themes with the human topics does not depend on it (adjusted mutual information .70, .66,
.69 and .69 at 40, 70, 100 and 400 words).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator

Span = tuple[int, int]
MOST_TOKENS = 256
"""Places of the model that comes along, end marks included: it reads no further."""

# A mark that ends a sentence, with the quotes and brackets that close after it; or a new line.
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[”’」』]*|\n")
_CLAUSE_END = re.compile(r"[,;:–—、，；：](?=\s|$)|[、，；：]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|no|dept|approx|jr|sr|e\.g|i\.e|cf|etc|[a-z](?:\.[a-z])*)\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
# A sentence of up to so many times `max_words` stays whole if the model can read it.
_WHOLE_SENTENCE_FACTOR = 2
_END_MARKS = 2


def split_passages(
    text: str,
    count_tokens: Callable[[str], int],
    *,
    max_tokens: int = MOST_TOKENS,
    max_words: int = 70,
) -> list[Span]:
    """Part an utterance into groups of whole sentences that the model reads to their end.

    Parameters
    ----------
    text
        The utterance, as it is stored.
    count_tokens
        How many of the model's places a text takes, end marks included.
    max_tokens
        The places that the model has.
    max_words
        A turn above this is parted, into passages of about equal length.

    Returns
    -------
    Start and end of each passage in ``text``, in order. They cover everything but white space.
    A sentence is cut only where it is too long by itself: after a clause if it has one, otherwise
    between words, otherwise (a script without spaces) between characters.
    """
    spans = list(_sentences(text))
    if not spans:
        return []

    def fits(span: Span) -> bool:
        words = text[slice(*span)]
        # No token is shorter than a letter, so most passages need not be counted.
        if words.isascii() and len(words) + _END_MARKS <= max_tokens:
            return True
        return count_tokens(words) <= max_tokens

    longest = _WHOLE_SENTENCE_FACTOR * max_words
    pieces = [
        piece
        for span in spans
        for piece in (
            [span]
            if _n_words(text, span) <= longest and fits(span)
            else _cut_sentence(text, span, max_words, fits)
        )
    ]
    return _group(text, pieces, max_words, fits)


def sentences(text: str) -> list[Span]:
    """Start and end of each sentence, without the white space between them.

    >>> sentences("Dr. Lee came. She stayed.")
    [(0, 13), (14, 25)]
    """
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        is_abbreviation = mark[0] == "." and _ABBREVIATION.search(text[max(0, start) : mark.end()])
        if not is_abbreviation:
            yield from _trimmed(text, (start, mark.end()))
            start = mark.end()
    yield from _trimmed(text, (start, len(text)))


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _n_words(text: str, span: Span) -> int:
    return len(text[slice(*span)].split())


def _group(
    text: str, pieces: list[Span], max_words: int, fits: Callable[[Span], bool]
) -> list[Span]:
    n_words = [_n_words(text, piece) for piece in pieces]
    n_groups = -(-sum(n_words) // max_words)
    # Equal shares, so that a turn of 75 words is not a passage of 70 and one of 5.
    share = sum(n_words) / n_groups
    groups = [pieces[0]]
    n_in_group = n_words[0]
    for piece, n in zip(pieces[1:], n_words[1:], strict=True):
        joined = (groups[-1][0], piece[1])
        if n_in_group < share and n_in_group + n <= max_words and fits(joined):
            groups[-1], n_in_group = joined, n_in_group + n
        else:
            groups.append(piece)
            n_in_group = n
    return groups


def _cut_sentence(
    text: str, span: Span, max_words: int, fits: Callable[[Span], bool]
) -> Iterator[Span]:
    start, end = span
    while start < end:
        # Nothing beyond this many words can be in the next piece: never count a whole monologue.
        words = [m.end() for m in _first_words(text, (start, end), max_words)]
        ends = [e for e in words if e <= end]
        n_fitting = bisect_right(ends, 0, key=lambda e: 0 if fits((start, e)) else 1)
        if n_fitting == 0:
            cut = _cut_word(text, (start, ends[0]), fits)
        elif ends[n_fitting - 1] == end:
            cut = end
        else:
            cut = _last_clause_end(text, (start, ends[n_fitting - 1]))
        yield start, cut
        start = next((s for s, _ in _trimmed(text, (cut, end))), end)


def _first_words(text: str, span: Span, n: int) -> Iterator[re.Match[str]]:
    for count, word in enumerate(_WORD.finditer(text, *span)):
        if count == n:
            return
        yield word


def _last_clause_end(text: str, span: Span) -> int:
    """Where the last clause in the second half of the span ends, else the span's own end."""
    start, end = span
    ends = [m.end() for m in _CLAUSE_END.finditer(text, (start + end) // 2, end)]
    return ends[-1] if ends else end


def _cut_word(text: str, span: Span, fits: Callable[[Span], bool]) -> int:
    start, end = span
    n_fitting = bisect_right(range(start + 1, end), 0, key=lambda e: 0 if fits((start, e)) else 1)
    cut = start + max(1, n_fitting)
    # An accent or a joiner belongs to the letter before it.
    while cut > start + 1 and _joins_previous(text, cut):
        cut -= 1
    return cut if cut > start + 1 or not _joins_previous(text, cut) else start + max(1, n_fitting)


def _joins_previous(text: str, place: int) -> bool:
    return place < len(text) and (
        unicodedata.combining(text[place]) != 0
        or text[place] in "\u200d\ufe0f"
        or text[place - 1] == "\u200d"
    )
