"""Where a stretch of a text stands after the text was corrected. Start at `follow`."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PART = re.compile(r"\w+|\s+|[^\w\s]")
_HIDDEN = re.compile(r"\[[^\]\n]{1,40}\]")
LEAST_ALIKE = 0.5
"""Share of letters that two texts must have in common: below it the one does not correct the other.

A mis-heard word changes a few letters in a hundred; a text worded anew shares a third or less.
"""
LEAST_HEARD = 0.4
"""The same for the stretch itself, by its letters."""


@dataclass(frozen=True)
class Followed:
    """The place in the new text; `is_same` tells that the very words stand there."""

    start: int
    end: int
    is_same: bool


def follow(before: str, after: str, start: int, end: int) -> Followed | None:
    """Where ``before[start:end]`` stands in ``after``, word by word along what did not change.

    Parameters
    ----------
    before, after
        The text and its correction.
    start, end
        Offsets of the stretch in ``before``, 0 <= start < end <= len(before).

    Returns
    -------
    None where nothing of the stretch is left, where the texts or the stretches are too unlike, or
    where something inside it was hidden: that was taken out on purpose.

    >>> follow("It is really's all we take.", "It is riluzole we take.", 6, 26)
    Followed(start=6, end=22, is_same=False)
    """
    if not 0 <= start < end <= len(before):
        return None
    old, new = _parts(before), _parts(after)
    matcher = SequenceMatcher(None, [w for w, _ in old], [w for w, _ in new], autojunk=False)
    if _alike(before, after) < LEAST_ALIKE:
        return None
    first = next(n for n, (word, at) in enumerate(old) if at + len(word) > start)
    last = next(n for n in range(len(old) - 1, -1, -1) if old[n][1] < end) + 1
    places = [
        place
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        for place in _places(tag, (i1, i2), (j1, j2), (first, last))
    ]
    if not places:
        return None
    from_, to = new[min(places)][1], new[max(places)][1] + len(new[max(places)][0])
    if tag_cut := _cut(before, old, (first, last), (start, end)):
        # The stretch begins or ends inside a word: keep what is outside it outside.
        from_, to = from_ + tag_cut[0], to - tag_cut[1]
    return _checked(before[start:end], after, from_, to)


def _checked(words: str, after: str, start: int, end: int) -> Followed | None:
    while start < end and after[start].isspace():
        start += 1
    while end > start and after[end - 1].isspace():
        end -= 1
    found = after[start:end]
    hidden = set(_HIDDEN.findall(found)) - set(_HIDDEN.findall(words))
    if start >= end or hidden or _heard_alike(words, found) < LEAST_HEARD:
        return None
    return Followed(start, end, found == words)


def _places(
    tag: str, old: tuple[int, int], new: tuple[int, int], wanted: tuple[int, int]
) -> list[int]:
    """Parts of the new text that one step of the comparison gives to the stretch."""
    (i1, i2), (j1, j2), (first, last) = old, new, wanted
    if tag == "equal":
        return [j1 + i - i1 for i in range(max(i1, first), min(i2, last))]
    is_inside = i1 < last and i2 > first if i2 > i1 else first < i1 < last
    return list(range(j1, j2)) if is_inside else []


def _cut(
    text: str, parts: list[tuple[str, int]], wanted: tuple[int, int], span: tuple[int, int]
) -> tuple[int, int] | None:
    head = span[0] - parts[wanted[0]][1]
    word, at = parts[wanted[1] - 1]
    tail = at + len(word) - span[1]
    return (head, tail) if head or tail else None


def _parts(text: str) -> list[tuple[str, int]]:
    return [(found[0], found.start()) for found in _PART.finditer(text)]


def _heard_alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _alike(one: str, other: str) -> float:
    words, others = _PART.findall(one), _PART.findall(other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    n_same = sum(len("".join(words[b.a : b.a + b.size])) for b in matcher.get_matching_blocks())
    return 2 * n_same / max(len(one) + len(other), 1)
