"""Phrases of a text that could name a theme. Start at `phrases_of`.

A phrase is one to four words that were really said side by side. It begins and ends with a word
that tells something; between these only words may stand that hold a phrase together ("loss of
voice"), so that no name is half a sentence ("chair they delivered").
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from analysis.identifier_words import word_lists
from analysis.stop_words import ENDS_IN_LY, HOLDS_TOGETHER, MAY_BEGIN, NEVER_ENDS, STOP_WORDS

MOST_WORDS = 4

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# "[laughter]", "{pause}", "<noise>": a typist's marks, said by nobody.
TYPISTS_MARK = re.compile(r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>")
_CLAUSE_END = re.compile(r"[.!?,;:()\"“”\n]+")
# Enough to see that "shared" and "share", "repairs" and "repair" are one word.
_ENDING = re.compile(r"(?<=\w{3})(?:'s|ings?|ed|es|e|s)+$")
_CONTRACTION = re.compile(r".+'(?:d|ll|m|re|s|t|ve)")
_ARTICLES = frozenset(["a", "an", "the"])
_OWN_OR_SHOWN = "my your his her its our their this that these those no some any every each"
_BEFORE_A_NOUN = _ARTICLES | frozenset(_OWN_OR_SHOWN.split())
# A given name that is not also an everyday word: "Marilyn", but not "Grace".
_EVERYDAY = 4000
_SAID_AS_PART = 0.75


def phrases_of(text: str) -> list[str]:
    """Each phrase in small letters; none crosses a mark or ends in a filler.

    >>> phrases_of("The loss of voice, um, came.")
    ['loss', 'voice', 'loss of voice']
    """
    return [phrase for clause in clauses_of(text) for phrase in phrases_of_clause(clause)]


def phrases_of_clause(clause: Sequence[str]) -> list[str]:
    """The same of a row of words between two marks."""
    words = [word.lower() for word in clause]
    tells = [_tells(word) for word in words]
    can_end = [tell and word not in NEVER_ENDS for word, tell in zip(words, tells, strict=True)]
    ends = [place for place, can in enumerate(can_end) if can]
    found = [words[end] for end in ends if words[end] not in MAY_BEGIN]
    for n in range(2, MOST_WORDS + 1):
        found += [
            " ".join(words[end + 1 - n : end + 1])
            for end in ends
            if end >= n - 1
            and _is_phrase(words[end + 1 - n : end + 1], tells[end + 1 - n : end + 1])
        ]
    return found


def nouns_of(clauses: Iterable[Sequence[str]]) -> frozenset[str]:
    """Words that somebody used as a noun: after an article or its like, and before no other word
    that tells something.

    >>> sorted(nouns_of([["they", "skip", "the", "red", "form"], ["a", "mask", "is", "loud"]]))
    ['form', 'mask']
    """
    found: set[str] = set()
    for clause in clauses:
        words = [word.lower() for word in clause]
        tells = [*map(_tells, words), False]
        is_of_noun = False
        for place, word in enumerate(words):
            is_of_noun = tells[place] and (
                is_of_noun or (place > 0 and words[place - 1] in _BEFORE_A_NOUN)
            )
            if is_of_noun and not tells[place + 1]:
                found.add(word)
    return frozenset(found)


def usual_spelling(clauses: Iterable[Sequence[str]]) -> dict[str, str]:
    """How each word of these clauses, given in small letters, is mostly written inside one.

    At the start of a sentence a capital tells nothing: a word that only stands there is written
    small if it is an everyday word.
    """
    inside: dict[str, dict[str, int]] = {}
    first: dict[str, str] = {}
    for start, *rest in clauses:
        first.setdefault(start.lower(), start)
        for word in rest:
            of_word = inside.setdefault(word.lower(), {})
            of_word[word] = of_word.get(word, 0) + 1
    lists = word_lists()
    usual = {
        word: word if start.istitle() and word in lists.rank and word not in lists.places else start
        for word, start in first.items()
    }
    return usual | {
        word: max(sorted(written, reverse=True), key=written.__getitem__)
        for word, written in inside.items()
    }


def can_be_said_once(phrase: str) -> bool:
    """Whether a phrase that was said once is likely whole: of listed words, without articles."""
    rank = word_lists().rank
    return all(word in rank and word not in _ARTICLES for word in phrase.split())


def stem(phrase: str) -> str:
    """The phrase without the endings of its words.

    >>> stem("shared chairs"), stem("share chair")
    ('shar chair', 'shar chair')
    """
    return " ".join(_stem_of(word) for word in phrase.split())


def telling_stems(phrase: str) -> frozenset[str]:
    """Stems of the words that tell something: by these two names are seen to be alike."""
    return frozenset(_stem_of(word) for word in phrase.split() if word not in HOLDS_TOGETHER)


def forget_words() -> None:
    """Keep no word longer than it is needed: call it when the names are made."""
    _stem_of.cache_clear()
    _tells.cache_clear()


def without_halves(count: Counter[str]) -> Counter[str]:
    """The phrases that are not nearly always said as a part of a longer one.

    A phrase that seldom stands alone is half of another (nested terms: Frantzi, Ananiadou and Mima
    2000, section 2.2), as "feeding" is of "feeding tube".
    """
    longest: dict[str, int] = {}
    for phrase, n in count.items():
        if n < 2 or " " not in phrase:
            continue
        words = phrase.split()
        for size in range(1, len(words)):
            for i in range(len(words) - size + 1):
                part = " ".join(words[i : i + size])
                longest[part] = max(longest.get(part, 0), n)
    said_alone = ((p, n) for p, n in count.items() if longest.get(p, 0) < _SAID_AS_PART * n)
    return Counter(dict(said_alone))


def clauses_of(text: str) -> Iterator[list[str]]:
    """The words between two marks each time, as they are written."""
    for clause in _CLAUSE_END.split(TYPISTS_MARK.sub(". ", text)):
        words = [match[0].replace("’", "'") for match in _WORD.finditer(clause)]
        if words:
            yield words


def _is_phrase(words: list[str], tells: list[bool]) -> bool:
    """Whether two words or more, the last of which may end a phrase, are one."""
    n = len(words)
    if not (tells[0] or words[0] in MAY_BEGIN) or len(set(words)) < n:
        return False
    if words[1] in _ARTICLES and words[0].endswith("s"):
        return False  # "subjects a task": two things that something else is said of
    between = zip(words[1:-1], tells[1:-1], strict=True)
    if not all(tell or word in HOLDS_TOGETHER for word, tell in between):
        return False
    return n < MOST_WORDS or any(word in HOLDS_TOGETHER for word in words[1:-1])


@cache
def _stem_of(word: str) -> str:
    return _ENDING.sub("", word)


@cache
def _tells(word: str) -> bool:
    if len(word) <= 2 or word.isdigit() or word in STOP_WORDS:
        return False
    if _CONTRACTION.fullmatch(word) is not None:
        return False
    if word.endswith("ly") and len(word) > 5 and word not in ENDS_IN_LY:
        return False
    lists = word_lists()
    return word not in lists.first or not lists.is_rarer_than(_EVERYDAY, word)
