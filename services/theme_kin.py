"""Themes of other meetings that speak of nearly the same. Start at `choices`.

From `NEAR_ENOUGH` on two themes are one and bear one id. Below it, from `WORTH_A_LOOK` on, a
person is asked to look: said to be near, never counted as the same until somebody says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.theme_identity import N_TYPICAL
from domain.access import Act
from domain.ids import MeetingId, ProgrammeId, ThemeId
from services.access import require
from services.kept_readings import kept
from services.runtime import runtime
from services.theme_years import LastingTheme, ThemeYears
from store import talk, themes
from store.embeddings import embeddings_of
from store.engine import Connection

N_NEAR = 3
WORTH_A_LOOK = 0.75
"""Cosine between the means of two themes' typical passages. At this one 76 % and 93 % of the pairs
in `analysis.theme_identity` had mostly the same label: too few to join them, enough to be shown."""
UNKNOWN = -1.0
"""Of a theme without words that may be quoted nobody can tell what it is near to."""


@dataclass(frozen=True)
class Kin:
    """A theme that another one may be, and whether it is near enough in meaning to be offered."""

    theme: LastingTheme
    is_near: bool


def choices(programme_id: ProgrammeId, seen: ThemeYears, theme_id: ThemeId) -> tuple[Kin, ...]:
    """Every theme that shares no meeting with one, so that it may be the same; nearest first.

    What a theme means is taken from words alone that may be quoted.
    """
    require(Act.READ, programme_id=programme_id)
    with runtime().store.read() as tx:
        stands = frozenset(seen.now_in.items())
        means = kept(
            tx, ("means", (programme_id, stands)), lambda: _means(tx, programme_id, seen.now_in)
        )
    where = _meetings_of_each(seen)
    here = where.get(theme_id, set())
    own = means.get(theme_id)
    found = []
    for theme in seen.themes:
        if theme.theme_id == theme_id or here & where[theme.theme_id]:
            continue
        mean = means.get(theme.theme_id)
        nearness = UNKNOWN if own is None or mean is None else float(mean @ own)
        found.append((nearness, theme))
    # Rounded, so that the last bits of two machines' sums settle no tie.
    found.sort(key=lambda pair: -round(pair[0], 6))
    return tuple(Kin(theme, nearness >= WORTH_A_LOOK) for nearness, theme in found)


def near_themes(
    programme_id: ProgrammeId, seen: ThemeYears, theme_id: ThemeId
) -> tuple[LastingTheme, ...]:
    """Those of them that are near in meaning, the nearest first."""
    require(Act.READ, programme_id=programme_id)
    found = choices(programme_id, seen, theme_id)
    return tuple(kin.theme for kin in found if kin.is_near)[:N_NEAR]


def _meetings_of_each(seen: ThemeYears) -> dict[ThemeId, set[MeetingId]]:
    return {
        theme.theme_id: {stop.meeting.meeting_id for stop in theme.stops if stop.theme}
        for theme in seen.themes
    }


def _means(
    tx: Connection, programme_id: ProgrammeId, now_in: Mapping[ThemeId, ThemeId]
) -> dict[ThemeId, NDArray[np.float64]]:
    """Unit mean of the typical passages of each theme, over all meetings."""
    rows = themes.typical_elsewhere(tx, programme_id, MeetingId(""), N_TYPICAL)
    shown = talk.shared_revisions(tx, {row.revision_id for row in rows})
    rows = [row for row in rows if row.revision_id in shown]
    model, path_name = runtime().model_name
    stored = embeddings_of(tx, model, path_name, list({row.text_sha256 for row in rows}))
    vectors: dict[ThemeId, list[NDArray[np.float64]]] = {}
    for row in rows:
        if row.text_sha256 in stored:
            vector = np.frombuffer(stored[row.text_sha256], dtype=np.float16).astype(np.float64)
            vectors.setdefault(now_in.get(row.theme_id, row.theme_id), []).append(vector)
    means = {theme_id: np.mean(found, axis=0) for theme_id, found in vectors.items()}
    return {t: mean / length for t, mean in means.items() if (length := np.linalg.norm(mean))}
