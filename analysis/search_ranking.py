"""What of many texts answers a few words best, by meaning and by the words. Start at `rank`.

Meaning finds what nobody worded that way; the words find names and terms that the model does not
know. Both are added after each was put on a scale from 0 to 1 (a convex combination: Bruch, Gai
and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023, section 3, who find it
ahead of adding reciprocal ranks). Words count by BM25 (Robertson and Zaragoza 2009, formula 3.15).

Two rules go before the sum, because whoever searches expects them: texts that hold everything
that was put between quotation marks come first, then texts that hold what was asked letter for
letter, as long as that is no whole question.

`SHARE_OF_WORDS` was chosen on twelve meetings of QMSum (train), whose queries are whole questions:
there the sum is no better than the meaning alone (mean reciprocal rank .623 and .611 over 81), and
more words make it worse. They are for what the model does not know. `benchmarks.search` measures
both on other meetings.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from analysis.languages import SMALL_WORDS, other_language
from analysis.stop_words import STOP_WORDS

SHARE_OF_WORDS = 0.2
K1, B = 1.2, 0.75
FEW_WORDS = 4
"""More words than this are a question: nobody says it letter for letter."""
NEAR_ENOUGH = 0.3
"""Cosine below which two texts have nothing to do with each other in this model."""

N_NEAREST = 3

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Combining marks belong to the letter before them, in whichever normal form a text came.
_LETTER = rf"(?:(?![{_SIGN}])[^\W_][\u0300-\u036f]*)"
_ANY_WORD = re.compile(rf"[{_SIGN}]|{_LETTER}+(?:['’]{_LETTER}+)*")
_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»')
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))

Words = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What was asked: its words, those that tell something, and what must stand as it is."""

    text: str
    words: Words
    phrases: tuple[Words, ...]

    @property
    def telling(self) -> Words:
        """Without words of any talk in the language of the question, unless there are no others."""
        stop = _STOP_IN.get(other_language(self.text) or "", _STOP)
        return tuple(w for w in self.words if w not in stop) or self.words


@dataclass(frozen=True, eq=False)
class Ranked:
    """Texts that answer, the best first; all arrays of one shape.

    ``score`` is 0-1, ``cosine`` -1 to 1 (NaN where a text has no vector), ``is_exact`` tells that
    what was asked stands there, word for word, ``has_words`` that at least one of its words does.
    """

    texts: NDArray[np.intp]
    score: NDArray[np.float64]
    cosine: NDArray[np.float64]
    is_exact: NDArray[np.bool_]
    has_words: NDArray[np.bool_]


class WordIndex:
    """Which words stand where in many texts; it holds neither texts nor words.

    A word is its hash, which Python makes anew in each process: 64 bits, so that two of a million
    words are alike once in 30 million processes.
    """

    def __init__(self, lengths: NDArray[np.int64], words: NDArray[np.int64]) -> None:
        self.lengths = lengths
        self._words = words
        self._text_of = np.repeat(np.arange(len(lengths)), lengths)

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> "WordIndex":
        """Read texts."""
        hashes = _Hashes()
        rows = [[hashes[word] for word in _bare_words(text)] for text in texts]
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        words = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))
        return cls(lengths, words)

    @classmethod
    def joined(cls, parts: Sequence["WordIndex"]) -> "WordIndex":
        """Several as one, in their order."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(
            np.concatenate([nothing, *(part.lengths for part in parts)]),
            np.concatenate([nothing, *(part._words for part in parts)]),
        )

    def __len__(self) -> int:
        return len(self.lengths)

    def bm25(self, words: Words) -> NDArray[np.float64]:
        """Shape (n_texts,): how much the texts speak in these words, 0 for not at all."""
        score = np.zeros(len(self))
        mean = max(float(self.lengths.mean()), 1.0) if len(self) else 1.0
        for word in dict.fromkeys(words):
            n_in = np.bincount(self._text_of[self._words == hash(word)], minlength=len(self))
            n_texts = int(np.count_nonzero(n_in))
            weight = np.log1p((len(self) - n_texts + 0.5) / (n_texts + 0.5))
            length = K1 * (1 - B + B * self.lengths / mean)
            score += weight * n_in * (K1 + 1) / (n_in + length)
        return score

    def holds(self, phrase: Words) -> NDArray[np.bool_]:
        """Shape (n_texts,): whether these words stand in a text one after the other."""
        found = np.zeros(len(self), dtype=bool)
        if not phrase:
            return found
        places = np.flatnonzero(self._words == hash(phrase[0]))
        for n, word in enumerate(phrase[1:], start=1):
            places = places[places + n < len(self._words)]
            places = places[self._words[places + n] == hash(word)]
        # The last word of one text and the first of the next are no phrase.
        places = places[self._text_of[places] == self._text_of[places + len(phrase) - 1]]
        found[self._text_of[places]] = True
        return found


def words_of(text: str) -> list[str]:
    """Words as they are compared: no case, no accents, no ending of the plural.

    >>> words_of("The patients' ventilators: Riluzole, naïve")
    ['the', 'patient', 'ventilator', 'riluzole', 'naive']
    """
    return [_stem(word) for word in _bare_words(text)]


def marks(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where words of a question stand in a text, as start and end.

    >>> marks("The ventilators hum.", {"ventilator"})
    [(4, 15)]
    """
    return [(start, end) for word, start, end in placed_words(text) if _stem(word) in words]


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word without case and accents, with where it stands; a Chinese sign is a word."""
    for found in (_WORD if text.isascii() else _ANY_WORD).finditer(text):
        bare = found[0].casefold() if text.isascii() else _bare(found[0])
        yield bare, found.start(), found.end()


def _bare_words(text: str) -> list[str]:
    """The words of `placed_words` without their places."""
    if text.isascii():
        return _WORD.findall(text.casefold())
    return [word for word, _, _ in placed_words(text)]


def read_question(text: str) -> Question:
    """What somebody typed; what stands between quotation marks must stand there as it is.

    >>> read_question('who pays for a "power chair"').phrases
    (('power', 'chair'),)
    """
    found = (next(filter(None, match.groups())) for match in _PHRASE.finditer(text))
    phrases = tuple(words for one in found if (words := tuple(words_of(one))))
    return Question(" ".join(text.split()), tuple(words_of(text)), phrases)


def rank(
    question: Question,
    index: WordIndex,
    cosine: NDArray[np.floating] | None,
    *,
    wanted: NDArray[np.bool_] | None = None,
    n_most: int = 50,
    share_of_words: float = SHARE_OF_WORDS,
) -> Ranked:
    """Put texts into the order in which they answer a question.

    Parameters
    ----------
    question
        As `read_question` understood it.
    index
        The words of the texts.
    cosine
        Shape (n_texts,), -1 to 1: how close each text is in meaning, NaN where that is not known;
        None where there is no model.
    wanted
        Shape (n_texts,): texts that may be returned; all if missing. How rare a word is and the
        scales are those of all texts.
    n_most
        Most texts that are returned.
    share_of_words
        How much the words count beside the meaning, 0-1.

    Returns
    -------
    Texts with a word of the question or close enough in meaning, and where there are none, the
    three nearest. Ties go to the earlier text.
    """
    near = np.full(len(index), np.nan) if cosine is None else np.asarray(cosine, dtype=np.float64)
    known = ~np.isnan(near)
    by_words = index.bm25(question.telling)
    is_exact = _exact(question, index)
    has_words = (by_words > 0) | is_exact
    meaning = np.where(known, np.clip(near, 0.0, 1.0), 0.0)
    share = share_of_words if known.any() else 1.0
    score = (1 - share) * _scaled(meaning) + share * _scaled(by_words)
    is_wanted = np.ones(len(index), dtype=bool) if wanted is None else wanted
    answers = np.flatnonzero((has_words | (meaning >= NEAR_ENOUGH)) & is_wanted)
    if not len(answers):
        n_most, answers = N_NEAREST, np.flatnonzero((meaning > 0) & is_wanted)
    order = answers[np.lexsort((answers, -score[answers], ~is_exact[answers]))][:n_most]
    return Ranked(order, score[order], near[order], is_exact[order], has_words[order])


def _exact(question: Question, index: WordIndex) -> NDArray[np.bool_]:
    """Texts that hold every phrase; without one, texts that hold the few words as they stand."""
    if question.phrases:
        held = [index.holds(phrase) for phrase in question.phrases]
        return np.asarray(np.all(held, axis=0), dtype=bool)
    if not 0 < len(question.words) <= FEW_WORDS:
        return np.zeros(len(index), dtype=bool)
    return index.holds(question.words)


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    most = float(values.max()) if len(values) else 0.0
    return values / most if most > 0 else values


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _stem(word: str) -> str:
    bare = word.removesuffix("'s").removesuffix("’s")
    if len(bare) <= 3:
        return bare
    for ending, instead in _ENDINGS:
        if bare.endswith(ending):
            return bare[: -len(ending)] + instead
    return bare


class _Hashes(dict[str, int]):
    """The hash of each word's stem; most words of a meeting come again and again in it."""

    def __missing__(self, word: str) -> int:
        found = self[word] = hash(_stem(word))
        return found


_STOP = frozenset(stem for word in STOP_WORDS for stem in words_of(word))
_STOP_IN = {
    language: frozenset(stem for word in small for stem in words_of(word))
    for language, small in SMALL_WORDS.items()
}
