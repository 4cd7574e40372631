"""The log of corrections of themes: added to, never changed. Start at `add_edit`."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, or_, select, update

from domain.errors import NotFound
from domain.ids import (
    MeetingId,
    ProgrammeId,
    RevisionId,
    ThemeEditId,
    ThemeId,
    UtteranceId,
    new_id,
)
from domain.theme_edits import EditKind, PassagePlace, ThemeEdit
from store.reach import chunks_of
from store.tables import (
    meeting,
    run_theme,
    text_revision,
    theme_edit,
    theme_edit_fine,
    theme_edit_passage,
    theme_run,
    utterance,
)


def add_edit(tx: Connection, programme_id: ProgrammeId, new: ThemeEdit) -> ThemeEdit:
    """Append an entry to the programme's log; the entry with its id and number."""
    newest = tx.execute(
        select(func.max(theme_edit.c.number)).where(theme_edit.c.programme_id == programme_id)
    ).scalar_one()
    kept = replace(new, edit_id=ThemeEditId(new_id()), number=(newest or 0) + 1)
    row = {k: v for k, v in vars(kept).items() if k not in ("fine_theme_ids", "passages")}
    tx.execute(insert(theme_edit).values(programme_id=programme_id, **row))
    of_edit = {"edit_id": kept.edit_id}
    fine = [of_edit | {"theme_id": theme_id} for theme_id in dict.fromkeys(kept.fine_theme_ids)]
    places = {(p.utterance_id, p.start): of_edit | vars(p) for p in kept.passages}
    if fine:
        tx.execute(insert(theme_edit_fine), fine)
    if places:
        tx.execute(insert(theme_edit_passage), list(places.values()))
    return kept


def edits_at(tx: Connection, meeting_id: MeetingId) -> list[ThemeEdit]:
    """Every entry that holds at a meeting, in order, with those places that are of the meeting."""
    programme_id = select(meeting.c.programme_id).where(meeting.c.meeting_id == meeting_id)
    here = (theme_edit.c.programme_id == programme_id.scalar_subquery()) & or_(
        theme_edit.c.is_programme_wide, theme_edit.c.meeting_id == meeting_id
    )
    ids = select(theme_edit.c.edit_id).where(here)
    fine: dict[str, list[ThemeId]] = {}
    for row in tx.execute(select(theme_edit_fine).where(theme_edit_fine.c.edit_id.in_(ids))):
        fine.setdefault(row.edit_id, []).append(ThemeId(row.theme_id))
    places: dict[str, list[PassagePlace]] = {}
    query = (
        select(theme_edit_passage)
        .join_from(theme_edit_passage, utterance)
        .where(theme_edit_passage.c.edit_id.in_(ids), utterance.c.meeting_id == meeting_id)
        .order_by(utterance.c.position, theme_edit_passage.c.start)
    )
    for row in tx.execute(query):
        places.setdefault(row.edit_id, []).append(
            PassagePlace(
                UtteranceId(row.utterance_id),
                RevisionId(row.revision_id),
                row.start,
                row.end,
                row.number,
                row.n_in_turn,
            )
        )
    rows = tx.execute(select(theme_edit).where(here).order_by(theme_edit.c.number))
    return [
        ThemeEdit(
            ThemeEditId(row.edit_id),
            row.number,
            EditKind(row.kind),
            MeetingId(row.meeting_id),
            row.is_programme_wide,
            row.made_at,
            row.author,
            ThemeId(row.theme_id) if row.theme_id else None,
            ThemeId(row.target_id) if row.target_id else None,
            ThemeEditId(row.undoes_id) if row.undoes_id else None,
            row.text,
            tuple(sorted(fine.get(row.edit_id, ()))),
            tuple(places.get(row.edit_id, ())),
        )
        for row in rows
    ]


def place_of_edit(tx: Connection, edit_id: ThemeEditId) -> tuple[ProgrammeId, MeetingId, bool]:
    """The programme and meeting of an entry, and whether it holds in the whole programme."""
    row = tx.execute(select(theme_edit).where(theme_edit.c.edit_id == edit_id)).first()
    if row is None:
        raise NotFound(kind="correction", id=edit_id)
    return ProgrammeId(row.programme_id), MeetingId(row.meeting_id), row.is_programme_wide


def words_then(tx: Connection, places: Collection[PassagePlace]) -> dict[PassagePlace, str]:
    """What passages said when they were chosen, as far as that text is still kept."""
    texts: dict[str, str] = {}
    for some in chunks_of({p.revision_id for p in places}):
        query = select(text_revision.c.revision_id, text_revision.c.text).where(
            text_revision.c.revision_id.in_(some)
        )
        texts |= dict(tx.execute(query).all())
    return {p: texts[p.revision_id][p.start : p.end] for p in places if p.revision_id in texts}


def last_names(tx: Connection, theme_ids: Collection[ThemeId]) -> dict[ThemeId, tuple[str, str]]:
    """Name and key words of lasting themes as the newest shared run that holds them found them."""
    found: dict[ThemeId, tuple[str, str]] = {}
    for some in chunks_of(theme_ids):
        query = (
            select(run_theme.c.theme_id, run_theme.c.name, run_theme.c.key_words)
            .join_from(run_theme, theme_run)
            .where(run_theme.c.theme_id.in_(some), theme_run.c.zone == "shared")
            .order_by(theme_run.c.created_at)
        )
        found |= {ThemeId(r.theme_id): (r.name, r.key_words) for r in tx.execute(query)}
    return found


def meetings_of_themes(
    tx: Connection, theme_ids: Collection[ThemeId]
) -> dict[ThemeId, set[MeetingId]]:
    """The meetings whose current themes hold each lasting theme, in what is shared."""
    found: dict[ThemeId, set[MeetingId]] = {}
    for some in chunks_of(theme_ids):
        query = (
            select(run_theme.c.theme_id, theme_run.c.meeting_id)
            .join_from(run_theme, theme_run)
            .where(
                run_theme.c.theme_id.in_(some), theme_run.c.is_current, theme_run.c.zone == "shared"
            )
        )
        for row in tx.execute(query):
            found.setdefault(ThemeId(row.theme_id), set()).add(MeetingId(row.meeting_id))
    return found


def texts_of(
    tx: Connection, meeting_ids: Collection[MeetingId]
) -> list[tuple[ThemeEditId, EditKind, str]]:
    """Every name and note that was typed in the programmes of these meetings."""
    found: list[tuple[ThemeEditId, EditKind, str]] = []
    for some in chunks_of(meeting_ids):
        programmes = select(meeting.c.programme_id).where(meeting.c.meeting_id.in_(some))
        query = select(theme_edit.c.edit_id, theme_edit.c.kind, theme_edit.c.text).where(
            theme_edit.c.programme_id.in_(programmes), theme_edit.c.text != ""
        )
        found += [(ThemeEditId(r.edit_id), EditKind(r.kind), r.text) for r in tx.execute(query)]
    return list(dict.fromkeys(found))


def reword(tx: Connection, edit_id: ThemeEditId, text: str) -> None:
    """Put another text in the place of a name or note, which is never done but for an erasure."""
    tx.execute(update(theme_edit).where(theme_edit.c.edit_id == edit_id).values(text=text))


def are_corrected(tx: Connection, theme_ids: Sequence[ThemeId]) -> set[ThemeId]:
    """Those of the themes that an entry of the log is about."""
    found: set[ThemeId] = set()
    for some in chunks_of(theme_ids):
        for column in (theme_edit.c.theme_id, theme_edit.c.target_id):
            query = select(column).where(column.in_(some))
            found |= {ThemeId(theme_id) for theme_id in tx.execute(query).scalars()}
    return found
