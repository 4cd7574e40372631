"""How well texts match a query word by word, beside what a model of meaning says.

Start at `WordMatch`.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = (
    *("ations", "ation", "ingly", "ments", "ment", "ness", "ings", "ing", "edly"),
    *("ies", "ied", "ers", "er", "ed", "es", "ly", "s", "e"),
)
_SHORTEST_STEM = 4
# Only words that carry no meaning at all: what a quote shares beyond them counts.
_SAYS_NOTHING = (
    "a an the of to in on at for and or but is are was were be been it its that this with as by "
    "from if so you we they he she do does did have has had can will would just um uh yeah i not"
)
_EMPTY = frozenset(_SAYS_NOTHING.split())
_K1, _B = 1.2, 0.75
_HALF = 5.0


class WordMatch:
    """An index over texts that tells how well each one matches a query by its words.

    The measure is BM25 (Robertson and Zaragoza 2009, equation 3.15, k1 1.2, b 0.75) over stems,
    made into 0 to 1 by ``m / (m + 5)``, so that one rare word too many cannot outweigh meaning.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        held = [Counter(stems(text)) for text in texts]
        lengths = np.array([sum(counts.values()) for counts in held], dtype=np.float64)
        mean = max(float(lengths.mean()) if len(held) else 1.0, 1.0)
        self._weight = _K1 * (1.0 - _B + _B * lengths / mean)
        self._n_texts = len(held)
        self._places: dict[str, list[tuple[int, int]]] = {}
        for place, counts in enumerate(held):
            for stem, n in counts.items():
                self._places.setdefault(stem, []).append((place, n))

    def match(self, query: str) -> NDArray[np.float64]:
        """How well each text matches, shape (n_texts,), 0 (no word shared) to below 1."""
        total = np.zeros(self._n_texts)
        for stem in sorted(set(stems(query))):
            places = self._places.get(stem, ())
            if not places:
                continue
            there = np.array([place for place, _ in places])
            n = np.array([times for _, times in places], dtype=np.float64)
            rarity = math.log(1.0 + (self._n_texts - len(there) + 0.5) / (len(there) + 0.5))
            total[there] += rarity * n * (_K1 + 1.0) / (n + self._weight[there])
        return np.asarray(total / (total + _HALF))


def stems(text: str) -> list[str]:
    """Words of a text without their endings and without words that carry nothing.

    >>> stems("Teaching the masks' fittings")
    ['teach', 'mask', 'fitt']
    """
    return [_stem(w) for w in _WORD.findall(text.casefold()) if w not in _EMPTY]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
