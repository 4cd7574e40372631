"""Theme runs and memberships in the store. Start at `publish_run`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from domain.ids import MeetingId, PassageId, ProgrammeId, RevisionId, RunId, ThemeId, new_id
from domain.talk import Zone
from domain.themes import (
    AlsoSpeaks,
    AsideReason,
    FineMerge,
    Membership,
    RunTheme,
    ThemeRun,
)
from store.tables import (
    also_speaks,
    meeting,
    membership,
    passage,
    run_theme,
    text_revision,
    theme,
    theme_merge,
    theme_run,
    utterance,
)


@dataclass(frozen=True)
class TypicalPassage:
    """Where a typical passage of a lasting theme stands, and the key of its vector."""

    theme_id: ThemeId
    revision_id: RevisionId
    text_sha256: str


_MEMBER = [column for column in membership.c if column.name != "run_id"]


def add_themes(tx: Connection, programme_id: ProgrammeId, n_themes: int) -> list[ThemeId]:
    """Make lasting themes of a programme."""
    ids = [ThemeId(new_id()) for _ in range(n_themes)]
    if ids:
        now = datetime.now(UTC)
        tx.execute(
            insert(theme),
            [{"theme_id": i, "programme_id": programme_id, "created_at": now} for i in ids],
        )
    return ids


def publish_run(
    tx: Connection,
    run: ThemeRun,
    themes: Iterable[RunTheme],
    members: Iterable[Membership],
    merges: Iterable[FineMerge] = (),
) -> None:
    """Store a run and make it the current one of its meeting and zone."""
    same_place = and_(theme_run.c.meeting_id == run.meeting_id, theme_run.c.zone == run.zone)
    tx.execute(update(theme_run).where(same_place).values(is_current=False))
    tx.execute(insert(theme_run).values(**vars(run), is_current=True))
    of_run = {"run_id": run.run_id}
    members = list(members)
    rows = {
        run_theme: [of_run | vars(t) for t in themes],
        membership: [of_run | _member_row(m) for m in members],
        also_speaks: [
            of_run | {"passage_id": m.passage_id} | vars(other) for m in members for other in m.also
        ],
        theme_merge: [of_run | {"number": n} | vars(m) for n, m in enumerate(merges)],
    }
    for table, new in rows.items():
        if new:
            tx.execute(insert(table), new)


def current_run(tx: Connection, meeting_id: MeetingId, zone: Zone) -> ThemeRun | None:
    """The published run of a meeting, or None before the first."""
    query = select(theme_run).where(
        theme_run.c.meeting_id == meeting_id, theme_run.c.zone == zone, theme_run.c.is_current
    )
    row = tx.execute(query).first()
    return _run(row) if row else None


def run_by_id(tx: Connection, run_id: RunId) -> ThemeRun:
    """A run, current or past."""
    return _run(tx.execute(select(theme_run).where(theme_run.c.run_id == run_id)).one())


def run_before(tx: Connection, run: ThemeRun) -> ThemeRun | None:
    """The newest earlier run of the same meeting and zone that is still there."""
    query = (
        select(theme_run)
        .where(
            theme_run.c.meeting_id == run.meeting_id,
            theme_run.c.zone == run.zone,
            theme_run.c.run_id != run.run_id,
            theme_run.c.created_at <= run.created_at,
        )
        .order_by(theme_run.c.created_at.desc(), theme_run.c.run_id)
        .limit(1)
    )
    row = tx.execute(query).first()
    return _run(row) if row else None


def _run(row: Row[tuple[object, ...]]) -> ThemeRun:
    return ThemeRun(
        RunId(row.run_id),
        MeetingId(row.meeting_id),
        Zone(row.zone),
        row.model,
        row.path_name,
        row.created_at,
        row.n_passages,
        row.n_set_aside,
    )


def themes_of_run(tx: Connection, run_id: RunId) -> list[RunTheme]:
    """Themes of a run, broad ones by rank, each fine one after."""
    query = select(run_theme).where(run_theme.c.run_id == run_id)
    found = [
        RunTheme(
            ThemeId(r.theme_id),
            r.rank,
            r.name,
            r.key_words,
            r.n_passages,
            ThemeId(r.parent_id) if r.parent_id else None,
        )
        for r in tx.execute(query)
    ]
    return sorted(found, key=lambda t: (t.parent_id is not None, t.rank))


def memberships_of_run(
    tx: Connection, run_id: RunId
) -> list[tuple[Membership, RevisionId, int, int, str]]:
    """Each passage's place in a run, with the revision, offsets and digest it stands at."""
    also = _also_of_run(tx, run_id)
    query = (
        select(
            *_MEMBER, *(passage.c[name] for name in ("revision_id", "start", "end", "text_sha256"))
        )
        .join_from(membership, passage)
        .join(text_revision)
        .join(utterance)
        .where(membership.c.run_id == run_id)
        .order_by(utterance.c.position, passage.c.start)
    )
    return [
        (_member(told, also), RevisionId(revision_id), start, end, text_sha256)
        for *told, revision_id, start, end, text_sha256 in tx.execute(query).all()
    ]


def typical_elsewhere(
    tx: Connection, programme_id: ProgrammeId, meeting_id: MeetingId, n_typical: int
) -> list[TypicalPassage]:
    """The most typical passages of each theme at the programme's other meetings, in what is shared.

    By the day of the meeting and the size of the theme. Whoever calls asks who may be quoted.
    """
    query = (
        select(
            membership.c.theme_id,
            passage.c.revision_id,
            passage.c.text_sha256,
            membership.c.read_sha256,
        )
        .join_from(membership, theme_run, membership.c.run_id == theme_run.c.run_id)
        .join(meeting, theme_run.c.meeting_id == meeting.c.meeting_id)
        .join(passage, membership.c.passage_id == passage.c.passage_id)
        .join(
            run_theme,
            and_(
                run_theme.c.run_id == membership.c.run_id,
                run_theme.c.theme_id == membership.c.theme_id,
            ),
        )
        .where(
            meeting.c.programme_id == programme_id,
            meeting.c.meeting_id != meeting_id,
            theme_run.c.is_current,
            theme_run.c.zone == Zone.SHARED,
            membership.c.typical < n_typical,
        )
        .order_by(meeting.c.held_on, meeting.c.meeting_id, run_theme.c.rank, membership.c.typical)
    )
    return [
        TypicalPassage(
            ThemeId(r.theme_id), RevisionId(r.revision_id), r.read_sha256 or r.text_sha256
        )
        for r in tx.execute(query)
    ]


def merges_of_run(tx: Connection, run_id: RunId) -> list[FineMerge]:
    """How the fine themes of a run join, the most linked first."""
    query = select(theme_merge).where(theme_merge.c.run_id == run_id).order_by(theme_merge.c.number)
    return [
        FineMerge(ThemeId(r.theme_id), ThemeId(r.joined_id), r.times_linked)
        for r in tx.execute(query)
    ]


def _member(told: Sequence[Any], also: Mapping[str, Sequence[AlsoSpeaks]]) -> Membership:
    # Taken apart at once: a run has thousands of rows, and each look at a name is a search.
    passage_id, theme_id, fine_theme_id, strength, typical, x, y, aside, read_sha256 = told
    return Membership(
        PassageId(passage_id),
        ThemeId(theme_id) if theme_id else None,
        ThemeId(fine_theme_id) if fine_theme_id else None,
        strength,
        typical,
        x,
        y,
        AsideReason(aside) if aside else None,
        tuple(also.get(passage_id, ())),
        read_sha256,
    )


def _member_row(m: Membership) -> dict[str, object]:
    row = {name: value for name, value in vars(m).items() if name != "also"}
    return row | {"aside": m.aside or ""}


def _also_of_run(tx: Connection, run_id: RunId) -> dict[str, list[AlsoSpeaks]]:
    query = (
        select(also_speaks)
        .where(also_speaks.c.run_id == run_id)
        .order_by(also_speaks.c.passage_id, also_speaks.c.strength.desc(), also_speaks.c.theme_id)
    )
    found: dict[str, list[AlsoSpeaks]] = {}
    for r in tx.execute(query):
        found.setdefault(r.passage_id, []).append(AlsoSpeaks(ThemeId(r.theme_id), r.strength))
    return found
