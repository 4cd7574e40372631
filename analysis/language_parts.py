"""Which stretches of English words are in another language. Start at `other_parts`.

Who grew up with two languages changes between them, often in mid-sentence. Each word votes for
English or for the other language where it is a small word of one and not of the other
(`languages`), and less where the list of English words has it, or has not. The cheapest way through
the words, where each change of language costs, is found by dynamic programming (Viterbi 1967; for
English and Spanish as in Solorio and Liu 2008, "Part-of-Speech Tagging for English-Spanish Code-
Switched Text", section 4, without their tagger). A change costs less where a sentence or a clause
ends. What is left is kept only where it is more than a name, a greeting or a loan word.

Of 114,619 turns and questions in English (QMSum, banking77) none was said to change language but
four that do. Of twelve sentences written for this, each half in Spanish, nine
are told; the others have one small word of Spanish or none ("Alguien debería prestarnos…").
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from analysis.identifier_words import word_lists
from analysis.languages import (
    CODES,
    FEWEST_WORDS,
    LEAST_SHARE,
    SMALL_WORDS,
    TIMES_ENGLISH,
    WORD,
    other_language,
)

FEWEST_APART = 2
"""Fewer different small words than this are a greeting or a phrase that was borrowed."""
COST_WITHIN = 0.9
COST_AT_CLAUSE = 0.5
"""A change of language, in small words that would have to be in the wrong one instead."""
COST_OF_A_WORD = 0.4
"""A word that the list of English words has, or has not, in the other state."""
_CLAUSE_ENDS = re.compile(r"[.!?…;:,()\[\]\"“”«»¿¡–—\n]|\s-\s")
_ENGLISH = SMALL_WORDS["English"] - {"a"}
"""Without "a", which half of the languages have as well."""
_TELL_NOTHING = _ENGLISH | {"die", "war", "man", "ten", "per", "plus", "co", "den", "son", "ad"}
"""English words; some are small words elsewhere, and by themselves they tell no language."""
_ANY_OTHER = frozenset().union(*(SMALL_WORDS[name] for name in SMALL_WORDS)) - _ENGLISH
_IN_NAMES = frozenset(
    (
        *("de", "del", "la", "las", "los", "el", "y", "e", "i", "da", "do", "dos", "das", "di"),
        *("du", "des", "le", "les", "van", "von", "der", "den", "het", "ng", "na", "se"),
    )
)
"""What stands in names and in borrowed phrases too: by itself it tells no language."""


@dataclass(frozen=True)
class OtherPart:
    """Characters ``start`` to ``end`` of a text are in ``language``, as `other_language` names."""

    start: int
    end: int
    language: str

    @property
    def code(self) -> str:
        """The tag of the language, as a page tells it."""
        return CODES[self.language]


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    folded: str
    begins_clause: bool
    is_english: bool
    is_name: bool

    @property
    def is_strange(self) -> bool:
        """Whether it is no frequent English word, and no name."""
        return not self.is_english and not self.is_name


def other_parts(text: str) -> list[OtherPart]:
    """Stretches of a text that are surely in one other language than English, in order.

    Parameters
    ----------
    text
        A sentence or a few.

    Returns
    -------
    One part, the whole text, where all of it is in another language but for some words; none for
    English, and where fewer than four words that belong together are in another language.

    >>> text = "We wait for the chair and nobody calls, y mi madre no puede más."
    >>> [text[part.start : part.end] for part in other_parts(text)]
    ['y mi madre no puede más']
    >>> other_parts("Sí, sí, exactly. Dr. de la Cruz said so.")
    []
    """
    whole = other_language(text)
    if whole and whole not in SMALL_WORDS:
        return [OtherPart(0, len(text), whole)]
    language = whole or _candidate({_folded(word) for word in WORD.findall(text)})
    if language is None:
        return []
    words = list(_words(text))
    way = _in_other(words, SMALL_WORDS[language])
    english = [words[a : b + 1] for a, b in _runs([not here for here in way])]
    if whole and not any(_is_english(some, SMALL_WORDS[whole]) for some in english):
        return [OtherPart(0, len(text), whole)]
    return [
        OtherPart(words[first].start, words[last].end, language)
        for first, last in _runs(way)
        if _is_spoken(words[first : last + 1], SMALL_WORDS[language])
    ]


def _words(text: str) -> Iterator[_Word]:
    known, done = word_lists().rank, 0
    for found in WORD.finditer(text):
        begins = done == 0 or _CLAUSE_ENDS.search(text, done, found.start()) is not None
        folded = _folded(found.group())
        is_name = not found.group().islower() and folded not in known
        yield _Word(found.start(), found.end(), folded, begins, folded in known, is_name)
        done = found.end()


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _candidate(words: Set[str]) -> str | None:
    """The language other than English that most different small words speak for."""
    said = words - _TELL_NOTHING
    if len(said & _ANY_OTHER) < FEWEST_APART:
        return None  # as nearly every passage: no list of words needs to be read for it
    n_of = {name: len(said & small) for name, small in SMALL_WORDS.items() if name != "English"}
    best = max(n_of, key=lambda name: n_of[name])
    return best if n_of[best] >= FEWEST_APART else None


def _in_other(words: Sequence[_Word], small: frozenset[str]) -> list[bool]:
    """For each word whether it is in the other language: the way that costs least."""
    cost, came_from = [0.0, 0.0], []
    for word in words:
        change = COST_AT_CLAUSE if word.begins_clause else COST_WITHIN
        own = _costs(word, small)
        # Of two ways that cost the same the later change: words after "mi" are Spanish.
        from_ = [state if cost[state] < cost[1 - state] + change else 1 - state for state in (0, 1)]
        came_from.append(from_)
        cost = [
            cost[from_[state]] + (change if from_[state] != state else 0.0) + own[state]
            for state in (0, 1)
        ]
    state = int(cost[1] < cost[0])
    way = []
    for from_ in reversed(came_from):
        way.append(bool(state))
        state = from_[state]
    return way[::-1]


def _costs(word: _Word, small: frozenset[str]) -> tuple[float, float]:
    """What it costs to take a word for English, and for the other language."""
    is_small, is_english = word.folded in small, word.folded in _ENGLISH
    if word.folded in _TELL_NOTHING - _ENGLISH or (is_small and is_english):
        return 0.0, 0.0
    if is_small or is_english:
        return float(is_small), float(is_english)
    if word.is_strange:
        return COST_OF_A_WORD, 0.0
    return 0.0, 0.0 if word.is_name else COST_OF_A_WORD


def _runs(is_in: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last of each run of True."""
    first = None
    for n, here in enumerate([*is_in, False]):
        if here and first is None:
            first = n
        elif not here and first is not None:
            yield first, n - 1
            first = None


def _is_spoken(words: Sequence[_Word], small: frozenset[str]) -> bool:
    """Whether words are a stretch of a language: more than a name, a greeting or a loan word."""
    own = [w.folded for w in words if w.folded in small - _ENGLISH - _TELL_NOTHING]
    n_english = sum(word.folded in _ENGLISH - small for word in words)
    strange = {word.folded for word in words if word.is_strange} - small
    return (
        len(words) >= FEWEST_WORDS
        and sum(len(word) > 1 for word in set(own)) >= FEWEST_APART
        and max(len(set(own) - _IN_NAMES), len(strange)) >= FEWEST_APART
        and len(own) > TIMES_ENGLISH * n_english
        and len(own) >= LEAST_SHARE * len(words)
    )


def _is_english(words: Sequence[_Word], small: frozenset[str]) -> bool:
    is_sentence = any(word.folded in _ENGLISH - small for word in words)
    n_english = sum(word.is_english and word.folded not in small for word in words)
    return len(words) >= FEWEST_WORDS and is_sentence and 2 * n_english > len(words)
