"""Quotes that belong to a recommendation, from many people. Start at `rank_evidence`."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.errors import VectorsUnusable

_SPEAKER_DISCOUNT = 0.85
_ECHO_WEIGHT = 0.3


@dataclass(frozen=True, eq=False)
class RankedEvidence:
    """Passages, the best first: ``passages`` and ``closeness`` (cosine, -1 to 1), same shape."""

    passages: NDArray[np.intp]
    closeness: NDArray[np.float64]


def rank_evidence(
    query: NDArray[np.floating],
    vectors: NDArray[np.floating],
    speakers: Sequence[Hashable],
    *,
    n_most: int = 20,
) -> RankedEvidence:
    """Rank passages by meaning, so that the first ones come from different people.

    Each next passage is the one with the highest cosine to the recommendation, after a discount
    for each passage already taken from the same person and for repeating what was taken
    (maximal marginal relevance: Carbonell and Goldstein 1998).

    Parameters
    ----------
    query
        Shape (n_dims,): the recommendation.
    vectors
        Shape (n_passages, n_dims).
    speakers
        Who said each passage, n_passages of them.
    n_most
        Most passages to rank.

    Returns
    -------
    The closeness is the plain cosine: discounts change the order, not the number shown. Ties go
    to the earlier passage.

    Raises
    ------
    VectorsUnusable
        If a vector has no direction.
    """
    query_row = np.asarray(query)[None, :]
    rows = _units(np.vstack([query_row, np.reshape(vectors, (len(speakers), query_row.shape[1]))]))
    closeness = rows[1:] @ rows[0]
    passages = rows[1:]
    n_taken_of = dict.fromkeys(speakers, 0)
    echo = np.zeros(len(passages))
    is_free = np.ones(len(passages), dtype=bool)
    ranked: list[int] = []
    for _ in range(min(n_most, len(passages))):
        discount = np.array([_SPEAKER_DISCOUNT ** n_taken_of[speaker] for speaker in speakers])
        # A negative closeness must not gain from a discount.
        worth = np.where(closeness > 0.0, closeness * discount, closeness) - _ECHO_WEIGHT * echo
        best = int(np.argmax(np.where(is_free, worth, -np.inf)))
        ranked.append(best)
        is_free[best] = False
        n_taken_of[speakers[best]] += 1
        echo = np.maximum(echo, np.maximum(passages @ passages[best], 0.0) ** 4)
    order = np.array(ranked, dtype=np.intp)
    return RankedEvidence(passages=order, closeness=closeness[order])


def _units(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    exact = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(exact, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths == 0.0))
    if len(bad):
        raise VectorsUnusable(n_bad=len(bad), n_all=len(rows), first=int(bad[0]) + 1)
    return np.asarray(exact / lengths[:, None])
