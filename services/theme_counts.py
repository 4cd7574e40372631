"""Who speaks of the themes of a meeting, without reading it whole. Start at `voices_at`.

What looks at every meeting of thirty years needs counts and names, and neither places nor quotes.
Words are verified here too, since a name must be one that somebody says who may be quoted. Where
corrections put passages elsewhere, or something is read by a translation, the meeting is read
whole: `theme_reading` alone knows how that is done, and what is counted here is what it would say.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from domain.ids import MeetingId, RevisionId, ThemeId
from domain.people import StakeholderGroup
from domain.talk import Zone
from domain.theme_edits import EditKind, ThemeEdit, standing
from domain.themes import RunTheme, ThemeRun
from services import words_to_read
from services.theme_corrections import correct
from services.theme_reading import read_run
from services.theme_shown import named_level
from services.theme_speakers import People, ThemeVoices, Voices, voices_in
from store import theme_edits, themes
from store.counted import Counted, counted_passages
from store.engine import Connection


class Place(NamedTuple):
    """Where a passage stands."""

    revision_id: RevisionId
    start: int
    end: int


NAMES_ALONE = frozenset({EditKind.RENAME, EditKind.NOTE, EditKind.PIN})


def voices_at(tx: Connection, meeting_id: MeetingId) -> Voices | None:
    """Who speaks of each broad theme of a meeting; None before the first run."""
    run = themes.current_run(tx, meeting_id, Zone.SHARED)
    if run is None:
        return None
    counted = voices_as_found(tx, run)
    if counted is not None:
        return counted
    read = read_run(tx, meeting_id)
    return voices_in(read) if read else None


def places_at(
    tx: Connection, meeting_id: MeetingId, theme_id: ThemeId, revision_ids: Collection[RevisionId]
) -> list[Place]:
    """Where the passages of a theme begin and end in these texts of a meeting."""
    run = themes.current_run(tx, meeting_id, Zone.SHARED)
    if run is None:
        return []
    if _stand_as_found(tx, run) is not None:
        passages = counted_passages(tx, run, revision_ids)
        if not any(one.read_sha256 for one in passages):
            return [Place(*one[-3:]) for one in passages if one.theme_id == theme_id]
    read = read_run(tx, meeting_id)
    return [
        Place(p.quote.revision_id, p.quote.start, p.quote.end)
        for p in (read.passages if read else [])
        if p.member.theme_id == theme_id and p.quote.revision_id in revision_ids
    ]


def voices_as_found(tx: Connection, run: ThemeRun) -> Voices | None:
    """The voices of a run counted alone; None where passages stand elsewhere than found."""
    found = _stand_as_found(tx, run)
    if found is None:
        return None
    passages = counted_passages(tx, run)
    inside: dict[ThemeId, list[Counted]] = {}
    for one in passages:
        if one.theme_id:
            inside.setdefault(one.theme_id, []).append(one)
    broad = {theme.theme_id: theme for theme in found if theme.parent_id is None}
    if any(one.read_sha256 for one in passages) or inside.keys() - broad.keys():
        return None
    here = [replace(broad[t], n_passages=len(of_theme)) for t, of_theme in inside.items()]
    texts = {t: [one.words for one in of if one.is_quotable] for t, of in inside.items()}
    named = named_level(here, texts, correct(tx, run.meeting_id, []))
    return Voices(
        tuple(_of_theme(theme, inside[theme.theme_id]) for theme in named), _people(passages)
    )


def _stand_as_found(tx: Connection, run: ThemeRun) -> list[RunTheme] | None:
    """The themes of a run; None where an entry or a translation may put passages elsewhere."""
    found = themes.themes_of_run(tx, run.run_id)
    edits = standing(theme_edits.edits_at(tx, run.meeting_id))
    translated = words_to_read.at_meeting(tx, run.meeting_id).by_turn
    return None if translated or _moves(edits, found) else found


def _of_theme(theme: RunTheme, inside: Sequence[Counted]) -> ThemeVoices:
    n_contributions = len({one.utterance_id for one in inside})
    return ThemeVoices(theme.theme_id, theme.name, n_contributions, _people(inside))


def _moves(edits: Sequence[ThemeEdit], found: Sequence[RunTheme]) -> bool:
    """Whether an entry puts anything of these themes elsewhere, or hands them a name."""
    here = {theme.theme_id for theme in found}
    return any(
        edit.kind not in NAMES_ALONE
        and (
            edit.passages
            or not here.isdisjoint({edit.theme_id, edit.target_id, *edit.fine_theme_ids})
        )
        for edit in edits
    )


def _people(passages: Sequence[Counted]) -> People:
    return {
        one.attendance_id: one.stakeholder_group or StakeholderGroup.OTHER
        for one in passages
        if one.attendance_id
    }
