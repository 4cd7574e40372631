"""Recommendations that say the same as another one. Start at `strengths`.

What was tuned on what: the constants were set by hand and looked at once on Perspectrum's train
and dev claims and on STS-B's dev pairs; `benchmarks/echoes.py` prints what they reach, beside the
plain cosine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.polarity import is_denied, tone
from analysis.word_match import stems

SAME_FROM, NEAR_FROM = 0.85, 0.7
"""Of what is at least so strong, about four in five say the same; and about one in three."""
JOIN_FROM = 0.5
"""The same for pairs of one meeting, whose common ground is taken off: four in five."""

_WORD_WEIGHT = 0.2
_DENIED_WEIGHT = 0.6
_TONE_WEIGHT = 0.1
_N_LOOKED_AT = 64
_COMMON_PART = 0.8
_CHALLENGE_COUNTS = 5.0


@dataclass(frozen=True, eq=False)
class Wording:
    """One wording as far as it is compared word by word."""

    stems: frozenset[str]
    is_denied: bool
    tone: int


def look_at(text: str) -> Wording:
    """What is compared of a wording beside its vector."""
    return Wording(frozenset(stems(text)), is_denied(text), tone(text))


def candidates(vector: NDArray[np.floating], vectors: NDArray[np.floating]) -> NDArray[np.intp]:
    """Places of the nearest vectors by cosine, at most 64, the nearest first.

    Parameters
    ----------
    vector
        Shape (n_dims,), a unit vector.
    vectors
        Shape (n, n_dims), unit rows.
    """
    if not len(vectors):
        return np.zeros(0, dtype=np.intp)
    closeness = vectors @ vector
    n_most = min(_N_LOOKED_AT, len(closeness))
    found = np.argpartition(-closeness, n_most - 1)[:n_most]
    return np.asarray(found[np.lexsort((found, -closeness[found]))])


def strengths(
    text: str, others: Sequence[str], closeness: NDArray[np.floating]
) -> NDArray[np.float64]:
    """How surely others say the same as a text, shape (n,), about -0.5 to 1.2.

    The cosine, which hardly notices a "not", and what the words themselves tell: shared ones add
    (Jaccard's index over stems), a "not" in one of two alike takes away, and so does praise of
    one where the other warns.

    Parameters
    ----------
    closeness
        Cosine of the text with each of the others, shape (n,).

    Examples
    --------
    >>> likeness = np.array([0.95, 0.95])
    >>> told = ["Insurers should not pay for it", "Insurers should pay for this"]
    >>> [bool(s >= SAME_FROM) for s in strengths("Insurers should pay for it", told, likeness)]
    [False, True]
    """
    mine = look_at(text)
    return np.array(
        [
            cosine + _words_tell(mine, look_at(other))
            for other, cosine in zip(others, closeness, strict=True)
        ],
        dtype=np.float64,
    )


def same_pairs(
    texts: Sequence[str], vectors: NDArray[np.floating], challenge: NDArray[np.floating]
) -> list[tuple[int, int, float]]:
    """Pairs of one meeting's recommendations that say the same, the surest first.

    All of them are about the meeting's challenge; that common ground is taken off before they are
    compared, or any two would look alike.

    Parameters
    ----------
    texts
        The recommendations, n of them.
    vectors
        Unit rows, shape (n, n_dims).
    challenge
        Unit vector of the meeting's challenge, shape (n_dims,); it counts as five of them.

    Returns
    -------
    (first, second, strength) with ``first < second`` and a strength of at least `JOIN_FROM`.
    """
    likeness = pair_strengths(texts, vectors, challenge)
    first, second = np.nonzero(np.triu(likeness >= JOIN_FROM, k=1))
    found = [(int(i), int(j), float(likeness[i, j])) for i, j in zip(first, second, strict=True)]
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def pair_strengths(
    texts: Sequence[str], vectors: NDArray[np.floating], challenge: NDArray[np.floating]
) -> NDArray[np.float64]:
    """How surely each two say the same, shape (n, n), symmetric; see `same_pairs`."""
    rows = np.asarray(vectors, dtype=np.float64)
    common = (rows.sum(axis=0) + _CHALLENGE_COUNTS * challenge) / (len(rows) + _CHALLENGE_COUNTS)
    apart = rows - _COMMON_PART * common
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    apart /= np.where(lengths == 0.0, 1.0, lengths)
    likeness = np.asarray(apart @ apart.T)
    seen = [look_at(text) for text in texts]
    for i in range(len(texts)):
        for j in range(i):
            likeness[i, j] += _words_tell(seen[i], seen[j])
            likeness[j, i] = likeness[i, j]
    return likeness


def _words_tell(one: Wording, other: Wording) -> float:
    shared = len(one.stems & other.stems) / max(1, len(one.stems | other.stems))
    told = _WORD_WEIGHT * shared
    if one.is_denied != other.is_denied:
        # Squared: only of two that are worded alike does a single "not" make opposites.
        told -= _DENIED_WEIGHT * shared**2
    if one.tone * other.tone < 0:
        told -= _TONE_WEIGHT
    return told
