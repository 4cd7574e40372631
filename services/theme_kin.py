"""Themes of other meetings that speak of nearly the same. Start at `near_themes`.

From `NEAR_ENOUGH` on two themes are one and bear one id. Below it, from `WORTH_A_LOOK` on, a
person is asked to look: said to be near, never counted as the same.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.theme_identity import N_TYPICAL
from domain.access import Act
from domain.ids import MeetingId, ProgrammeId, ThemeId
from services.access import require
from services.runtime import runtime
from services.theme_years import LastingTheme, ThemeYears
from store import talk, themes
from store.engine import Connection

N_NEAR = 3
WORTH_A_LOOK = 0.75
"""Cosine between the means of two themes' typical passages. At this one 76 % and 93 % of the pairs
in `analysis.theme_identity` had mostly the same label: too few to join them, enough to be shown."""


def near_themes(
    programme_id: ProgrammeId, seen: ThemeYears, theme_id: ThemeId
) -> tuple[LastingTheme, ...]:
    """Themes of other meetings that are near in meaning to one, the nearest first.

    What a theme means is taken from words alone that may be quoted.
    """
    require(Act.READ, programme_id=programme_id)
    with runtime().store.read() as tx:
        means = _means(tx, programme_id)
    here = _meetings_of(seen, theme_id)
    own = means.get(theme_id)
    if own is None:
        return ()
    near = [
        (float(means[theme.theme_id] @ own), theme)
        for theme in seen.themes
        if theme.theme_id in means and not here & _meetings_of(seen, theme.theme_id)
    ]
    # Rounded, so that the last bits of two machines' sums settle no tie.
    near.sort(key=lambda pair: -round(pair[0], 6))
    return tuple(theme for nearness, theme in near[:N_NEAR] if nearness >= WORTH_A_LOOK)


def _meetings_of(seen: ThemeYears, theme_id: ThemeId) -> set[MeetingId]:
    return {
        stop.meeting.meeting_id
        for theme in seen.themes
        if theme.theme_id == theme_id
        for stop in theme.stops
        if stop.theme
    }


def _means(tx: Connection, programme_id: ProgrammeId) -> dict[ThemeId, NDArray[np.float64]]:
    """Unit mean of the typical passages of each theme, over all meetings."""
    rows = themes.typical_elsewhere(tx, programme_id, MeetingId(""), N_TYPICAL)
    shown = talk.shared_revisions(tx, {row.revision_id for row in rows})
    rows = [row for row in rows if row.revision_id in shown]
    model, path_name = runtime().model_name
    stored = themes.embeddings_of(tx, model, path_name, list({row.text_sha256 for row in rows}))
    vectors: dict[ThemeId, list[NDArray[np.float64]]] = {}
    for row in rows:
        if row.text_sha256 in stored:
            vector = np.frombuffer(stored[row.text_sha256], dtype=np.float16).astype(np.float64)
            vectors.setdefault(row.theme_id, []).append(vector)
    means = {theme_id: np.mean(found, axis=0) for theme_id, found in vectors.items()}
    return {t: mean / length for t, mean in means.items() if (length := np.linalg.norm(mean))}
