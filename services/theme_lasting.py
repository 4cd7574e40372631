"""Which lasting themes the themes of a new run are. Start at `lasting_ids`.

One space of themes over all years: a theme keeps its id from run to run of a meeting, and where it
speaks of the same as a theme of another meeting of the programme, it is that theme.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.theme_identity import N_TYPICAL, match_by_meaning, match_themes
from domain.ids import PassageId, ProgrammeId, ThemeId
from domain.talk import Zone
from domain.themes import Membership, ThemeRun
from services.runtime import runtime
from store import talk, themes
from store.embeddings import embeddings_of
from store.engine import Connection

Groups = Sequence[Sequence[PassageId]]


@dataclass(frozen=True, eq=False)
class NewThemes:
    """Passages of each theme of a new run, the most typical first.

    ``broad_means`` shape (n_broad, n_dims): the mean of each broad theme's typical passages.
    """

    broad: Groups
    fine: Groups
    broad_means: NDArray[np.floating]


def lasting_ids(
    tx: Connection, programme_id: ProgrammeId, run: ThemeRun, new: NewThemes
) -> tuple[list[ThemeId], list[ThemeId]]:
    """Ids of the broad and of the fine themes of a run: an earlier one's where one continues it.

    What nobody released is compared with no other meeting.
    """
    earlier = themes.current_run(tx, run.meeting_id, run.zone)
    members = [m for m, *_ in themes.memberships_of_run(tx, earlier.run_id)] if earlier else []
    broad = match_themes(_by_theme(members, is_fine=False), new.broad)
    fine = match_themes(_by_theme(members, is_fine=True), new.fine)
    if run.zone is Zone.SHARED:
        _match_elsewhere(tx, programme_id, run, new, broad)
    fresh = iter(themes.add_themes(tx, programme_id, broad.count(None) + fine.count(None)))
    return [known or next(fresh) for known in broad], [known or next(fresh) for known in fine]


def _by_theme(members: Sequence[Membership], *, is_fine: bool) -> dict[ThemeId, list[PassageId]]:
    found: dict[ThemeId, list[PassageId]] = {}
    for m in sorted(members, key=lambda m: m.typical):
        theme_id = m.fine_theme_id if is_fine else m.theme_id
        if theme_id:
            found.setdefault(theme_id, []).append(m.passage_id)
    return found


def _match_elsewhere(
    tx: Connection,
    programme_id: ProgrammeId,
    run: ThemeRun,
    new: NewThemes,
    matched: list[ThemeId | None],
) -> None:
    """Let what is new at this meeting continue themes of others, as far as they say the same."""
    rest = [n for n, known in enumerate(matched) if known is None]
    means = _means_elsewhere(tx, programme_id, run)
    known = [theme_id for theme_id in means if theme_id not in matched]
    if not rest or not known:
        return
    found = match_by_meaning(np.stack([means[k] for k in known]), new.broad_means[rest])
    for n, row in zip(rest, found, strict=True):
        matched[n] = None if row is None else known[row]


def _means_elsewhere(
    tx: Connection, programme_id: ProgrammeId, run: ThemeRun
) -> dict[ThemeId, NDArray[np.float64]]:
    """The mean of the typical passages of each theme at other meetings that may be quoted now."""
    rows = themes.typical_elsewhere(tx, programme_id, run.meeting_id, N_TYPICAL)
    shown = talk.shared_revisions(tx, {row.revision_id for row in rows})
    rows = [row for row in rows if row.revision_id in shown]
    model, path_name = runtime().model_name
    stored = embeddings_of(tx, model, path_name, list({row.text_sha256 for row in rows}))
    vectors: dict[ThemeId, list[NDArray[np.float64]]] = {}
    for row in rows:
        if row.text_sha256 in stored:
            vector = np.frombuffer(stored[row.text_sha256], dtype=np.float16).astype(np.float64)
            vectors.setdefault(row.theme_id, []).append(vector)
    return {theme_id: np.mean(found, axis=0) for theme_id, found in vectors.items()}
