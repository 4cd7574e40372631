"""How well a name finds its theme: who searches for it should meet the theme. Start at `Search`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.near_neighbours import Floats, Ints

# Likeness is compared by so many digits: beyond them the order of additions decides.
_DIGITS = 5


@dataclass(frozen=True, eq=False)
class Search:
    """All passages that are in themes, as a search by meaning would rank them.

    ``passages`` shape (n_passages, n_dims), unit rows; ``themes`` shape (n_passages,).
    """

    passages: NDArray[np.float32]
    themes: Ints

    def precision(self, theme: int, meanings: Floats) -> Floats:
        """How far a theme's own passages come first when others are ranked with them.

        Parameters
        ----------
        theme
            The theme that ought to be found.
        meanings
            Shape (n_names, n_dims), unit rows.

        Returns
        -------
        Shape (n_names,), 0 to 1: average precision (Manning, Raghavan and Schütze 2008,
        section 8.4). Passages that are equally near count as found together.
        """
        likeness = np.round(meanings.astype(np.float32) @ self.passages.T, _DIGITS)
        own = np.sort(likeness[:, self.themes == theme], axis=1)
        everyone = np.sort(likeness, axis=1)
        return np.array([_average(*found) for found in zip(own, everyone, strict=True)])


def _average(own: NDArray[np.float32], everyone: NDArray[np.float32]) -> float:
    n_own_found = len(own) - np.searchsorted(own, own)
    n_found = len(everyone) - np.searchsorted(everyone, own)
    return float(np.mean(n_own_found / n_found))
