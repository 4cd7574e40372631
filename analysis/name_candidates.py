"""Phrases that could name a theme, by how often they are said there. Start at `worths`.

A phrase can name a theme if it is said often there and seldom elsewhere: class-based TF-IDF
(Grootendorst 2022, equation 2) over phrases that really occur side by side (`name_phrases`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from analysis.name_phrases import can_be_said_once, stem, telling_stems, without_halves

Floats = NDArray[np.float64]

_PHRASE_BONUS = {1: 1.0, 2: 1.9, 3: 2.2, 4: 2.2}
# Passages from which on a theme's name must have been said twice.
_LARGE_ENOUGH = 4
# With fewer phrases than this, what was said once may name a theme too.
_FEW = 8


@dataclass(frozen=True, eq=False)
class Phrase:
    """A candidate: what it is worth by itself, and what it means if known.

    ``near`` shape (n_themes,): the cosine of its meaning to each theme's centre.
    """

    words: str
    worth: float
    vector: Floats | None = None
    near: Floats | None = None

    @property
    def n_words(self) -> int:
        return self.words.count(" ") + 1


def worths(counts: Sequence[Counter[str]], sizes: NDArray[np.intp]) -> list[list[Phrase]]:
    """Per theme its phrases with their worth, best first, ties in the order of the alphabet.

    Parameters
    ----------
    counts
        Per theme how many of its passages say each phrase.
    sizes
        Shape (n_themes,): its passages.
    """
    everywhere: Counter[str] = Counter()
    for count in counts:
        everywhere.update(count)
    mean_size = float(sizes.mean()) if len(sizes) else 0.0
    found = []
    for count, size in zip(counts, sizes.tolist(), strict=True):
        worth = [
            Phrase(phrase, n / size * log(1 + mean_size / everywhere[phrase]) * _bonus(phrase))
            for phrase, n in _said_enough(without_halves(count), size).items()
        ]
        found.append(sorted(worth, key=lambda phrase: (-phrase.worth, phrase.words)))
    return found


def stemmed(count: Mapping[str, int]) -> Counter[str]:
    """How often a phrase was said in its singular or plural."""
    found: Counter[str] = Counter()
    for phrase, n in count.items():
        found[stem(phrase)] += n
    return found


def _said_enough(count: Counter[str], size: int) -> dict[str, int]:
    """Phrases said twice, and those said once of words that were each said twice.

    Where a theme is too small for much to be said twice, any whole phrase is enough.
    """
    twice = {p for p, n in count.items() if n > 1}
    if size >= _LARGE_ENOUGH:
        enough = twice | _built(count)
        if len(enough) >= _FEW:
            return {phrase: count[phrase] for phrase in enough}
    whole = twice | {p for p, n in count.items() if n == 1 and can_be_said_once(p)}
    return {phrase: count[phrase] for phrase in whole or count}


def _built(count: Counter[str]) -> set[str]:
    """Whole phrases said once, each word of which was said twice."""
    n_said = stemmed({phrase: n for phrase, n in count.items() if " " not in phrase})
    said_twice = {word for word, n in n_said.items() if n > 1}
    return {
        phrase
        for phrase, n in count.items()
        if n == 1
        and " " in phrase
        and telling_stems(phrase) <= said_twice
        and can_be_said_once(phrase)
    }


def _bonus(phrase: str) -> float:
    return _PHRASE_BONUS[phrase.count(" ") + 1]
