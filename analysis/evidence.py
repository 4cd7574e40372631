"""Quotes that belong to a recommendation, from many people. Start at `rank_evidence`.

What was tuned on what: the ideas are general ones of retrieval (below), their few constants were
set by hand while looking at ArgKP's train and dev topics and QMSum's.
`benchmarks/evidence.py` prints what they reach there, beside the plain cosine.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.word_match import WordMatch
from domain.errors import VectorsUnusable

_SPEAKER_DISCOUNT = 0.9
_ECHO_WEIGHT = 0.1
_SHARED_PART = 0.8
_FEW = 20.0
_WORD_WEIGHT = 0.6
_HALF_WORDS = 8.0


@dataclass(frozen=True, eq=False)
class Text:
    """Words with their vector, shape (n_dims,)."""

    words: str
    vector: NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Said:
    """Passages of one meeting: their words, vectors of shape (n_passages, n_dims), and speakers."""

    words: Sequence[str]
    vectors: NDArray[np.floating]
    speakers: Sequence[Hashable]


@dataclass(frozen=True, eq=False)
class RankedEvidence:
    """Passages, the best first: ``passages`` and ``closeness`` (cosine, -1 to 1), same shape."""

    passages: NDArray[np.intp]
    closeness: NDArray[np.float64]


def rank_evidence(asked: Text, said: Said, *, n_most: int = 20) -> RankedEvidence:
    """Rank passages by how much they speak of a recommendation, from different people first.

    Each next passage is the one with the highest `relevance`, after a discount for each passage
    already taken from the same person and for repeating what was taken (maximal marginal
    relevance: Carbonell and Goldstein 1998).

    Parameters
    ----------
    asked
        The recommendation.
    said
        The passages to choose from.
    n_most
        Most passages to rank.

    Returns
    -------
    The closeness is the plain cosine, which tells how near a passage is by itself: neither what
    the meeting shares nor discounts change it. Ties go to the earlier passage.

    Raises
    ------
    VectorsUnusable
        If a vector has no direction.
    """
    query, rows = _together(asked, said)
    worth = _relevance(asked.words, query, said.words, rows)
    n_taken_of = dict.fromkeys(said.speakers, 0)
    echo = np.zeros(len(rows))
    is_free = np.ones(len(rows), dtype=bool)
    ranked: list[int] = []
    for _ in range(min(n_most, len(rows))):
        discount = np.array([_SPEAKER_DISCOUNT ** n_taken_of[who] for who in said.speakers])
        # A negative worth must not gain from a discount.
        left = np.where(worth > 0.0, worth * discount, worth) - _ECHO_WEIGHT * echo
        best = int(np.argmax(np.where(is_free, left, -np.inf)))
        ranked.append(best)
        is_free[best] = False
        n_taken_of[said.speakers[best]] += 1
        echo = np.maximum(echo, np.maximum(rows @ rows[best], 0.0) ** 4)
    order = np.array(ranked, dtype=np.intp)
    return RankedEvidence(passages=order, closeness=(rows @ query)[order])


def relevance(asked: Text, said: Said) -> NDArray[np.float64]:
    """How much each passage speaks of a recommendation, shape (n_passages,), about -1 to 1.6.

    Three things are added to the plain cosine, each of them known to help where all texts are
    about one subject:

    - what all passages share tells nothing about one of them, so most of their mean direction is
      taken off both sides (after Mu and Viswanath 2018, "All-but-the-top"); of few passages less;
    - words in common count as well, rare ones more (BM25, `analysis.word_match`);
    - a passage of a few words ("Yes, exactly.") says little as a quotation: one of 8 words counts
      half, longer ones more.

    Raises
    ------
    VectorsUnusable
        If a vector has no direction.
    """
    query, rows = _together(asked, said)
    return _relevance(asked.words, query, said.words, rows)


def _together(asked: Text, said: Said) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    query_row = np.asarray(asked.vector)[None, :]
    vectors = np.reshape(said.vectors, (len(said.words), query_row.shape[1]))
    rows = _units(np.vstack([query_row, vectors]))
    return rows[0], rows[1:]


def _relevance(
    asked: str, query: NDArray[np.float64], words: Sequence[str], rows: NDArray[np.float64]
) -> NDArray[np.float64]:
    if not len(rows):
        return np.zeros(0)
    shared = rows.mean(axis=0) * _SHARED_PART * len(rows) / (len(rows) + _FEW)
    meaning = _directions(rows - shared) @ _directions((query - shared)[None, :])[0]
    n_words = np.array([len(text.split()) for text in words], dtype=np.float64)
    told = n_words / (n_words + _HALF_WORDS)
    return np.asarray((meaning + _WORD_WEIGHT * WordMatch(words).match(asked)) * told)


def _directions(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit rows; what lies exactly in the middle has no direction and stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0.0, 1.0, lengths))


def _units(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    exact = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(exact, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths == 0.0))
    if len(bad):
        raise VectorsUnusable(n_bad=len(bad), n_all=len(rows), first=int(bad[0]) + 1)
    return np.asarray(exact / lengths[:, None])
