"""Texts that speak of the same things by their words alone. Start at `rank_by_shared_words`."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from analysis.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]{3,}")
FEWEST_SHARED = 2


def rank_by_shared_words(query: str, texts: Sequence[str], *, n_most: int) -> list[int]:
    """Places of the texts that share the rarest words with a query, the nearest first.

    A word weighs the more the fewer texts hold it (inverse document frequency: Sparck Jones 1972);
    what shares fewer than two words is left out. Ties go to the earlier text. It needs no model,
    and is no more than a first guess.

    >>> rank_by_shared_words("Teach mask fitting", ["The mask fitting", "A mask", "Bus"], n_most=2)
    [0]
    """
    asked = _words(query)
    held = [asked & _words(text) for text in texts]
    n_holding = Counter(word for words in held for word in words)
    worth = {word: math.log(1 + len(texts) / n) for word, n in n_holding.items()}
    near = [n for n, words in enumerate(held) if len(words) >= FEWEST_SHARED]
    return sorted(near, key=lambda n: (-sum(worth[w] for w in sorted(held[n])), n))[:n_most]


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(text.casefold()) if w not in STOP_WORDS)
