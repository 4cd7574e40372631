"""A map of the themes: passages with like meaning lie near each other. Start at `place_on_map`."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from domain.errors import VectorsUnusable

Floats = NDArray[np.float64]

_SPREAD = 0.35
# Rounding off what processors differ in, far below what a screen can show.
_DECIMALS = 6


def place_on_map(vectors: NDArray[np.floating], labels: NDArray[np.intp]) -> Floats:
    """Place passages on a plane: themes by likeness, passages around the middle of their theme.

    The themes' centres lie along their two main axes (classical scaling: Torgerson 1952); the
    passages of a theme lie along the two main axes of what sets them apart, drawn smaller.

    Parameters
    ----------
    vectors
        Shape (n_passages, n_dims).
    labels
        Shape (n_passages,): the theme of each passage, -1 for none.

    Returns
    -------
    Shape (n_passages, 2), within -1 to 1; the same vectors give the same map. A passage without a
    theme lies between the themes, by its likeness to them.

    Raises
    ------
    VectorsUnusable
        If a vector has no direction.
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if len(rows) == 0:
        return np.empty((0, 2))
    lengths = np.linalg.norm(rows, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths == 0.0))
    if len(bad):
        raise VectorsUnusable(n_bad=len(bad), n_all=len(rows), first=int(bad[0]) + 1)
    rows = rows / lengths[:, None]
    themes = np.unique(labels[labels >= 0])
    if len(themes) < 3:
        return _within_square(_on_main_axes(rows, rows))
    centres = np.array([rows[labels == theme].mean(axis=0) for theme in themes])
    places = np.empty((len(rows), 2))
    centre_places = _within_square(_on_main_axes(centres, centres))
    for theme, centre, place in zip(themes, centres, centre_places, strict=True):
        own = np.flatnonzero(labels == theme)
        around = _on_main_axes(rows[own], rows[own] - centre)
        places[own] = place + _room(centre_places, place) * _within_square(around)
    lost = np.flatnonzero(labels < 0)
    pull = np.maximum(rows[lost] @ centres.T, 1e-3) ** 2
    places[lost] = pull @ centre_places / pull.sum(axis=1, keepdims=True)
    return _within_square(places)


def _on_main_axes(rows: Floats, shown: Floats) -> Floats:
    """Shape (n_rows, 2): the rows of ``shown`` along the two axes on which ``rows`` differ most."""
    if len(rows) < 2:
        return np.zeros((len(rows), 2))
    apart = rows - rows.mean(axis=0)
    is_wide = len(rows) < rows.shape[1]
    # Of the two square matrices with these axes, the smaller one.
    square = apart @ apart.T if is_wide else apart.T @ apart
    sizes, sides = eigh(square, subset_by_index=[max(0, len(square) - 2), len(square) - 1])
    found = (apart.T @ sides[:, ::-1]).T if is_wide else sides[:, ::-1].T
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    axes = found / np.where(norms > 0.0, norms, 1.0) * (sizes[::-1, None] > 1e-9)
    # An axis has no natural direction: its largest part points up.
    strongest = np.argmax(np.abs(np.round(axes, _DECIMALS)), axis=1)
    signs = np.sign(axes[np.arange(len(axes)), strongest])
    places = (shown - shown.mean(axis=0)) @ (axes * signs[:, None]).T
    return np.asarray(np.pad(places, ((0, 0), (0, 2 - places.shape[1]))))


def _within_square(places: Floats) -> Floats:
    reach = float(np.abs(places).max(initial=0.0))
    return np.asarray(np.round(places / reach, _DECIMALS) if reach > 0.0 else places)


def _room(centre_places: Floats, place: Floats) -> float:
    """How far a theme may spread: part of the way to the next theme's middle."""
    distances = np.linalg.norm(centre_places - place, axis=1)
    others = distances[distances > 0.0]
    return _SPREAD * float(np.clip(others.min(initial=2.0), 0.15, 0.6))
