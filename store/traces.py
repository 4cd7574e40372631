"""Where words live on in other shapes: theme names and wordings. Start at `runs_with`."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, or_, select, update

from domain.ids import MeetingId, RecommendationId, RunId, ThemeId, UtteranceId
from domain.recommendations import RecommendationState
from domain.talk import Zone
from store import translations
from store.reach import all_of, chunks_of
from store.tables import (
    ballot_item,
    initiative_answer,
    membership,
    passage,
    recommendation,
    recommendation_revision,
    run_theme,
    text_revision,
    theme,
    theme_run,
)
from store.theme_edits import are_corrected

_OPEN = (RecommendationState.DRAFT, RecommendationState.PROPOSED)


@dataclass(frozen=True)
class NamedTheme:
    """A theme of a run with what is made of people's words in it."""

    theme_id: ThemeId
    name: str
    key_words: str


@dataclass(frozen=True)
class Wording:
    """One wording of a recommendation; settled ones were voted on, decided or taken up."""

    recommendation_id: RecommendationId
    number: int
    text: str
    is_newest: bool
    is_settled: bool


def runs_with(tx: Connection, utterance_ids: Collection[UtteranceId]) -> list[RunId]:
    """Every run, current or past, that read any of these turns."""
    revisions = all_of(tx, text_revision.c.revision_id, text_revision.c.utterance_id, utterance_ids)
    return runs_over(tx, revisions)


def runs_over(tx: Connection, revision_ids: Collection[str]) -> list[RunId]:
    """Every run that read any of these revisions."""
    passages = all_of(tx, passage.c.passage_id, passage.c.revision_id, revision_ids)
    found = set(all_of(tx, membership.c.run_id, membership.c.passage_id, passages))
    return sorted(RunId(run_id) for run_id in found)


def themes_with(tx: Connection, utterance_ids: Collection[UtteranceId]) -> set[ThemeId]:
    """Broad themes of current runs that these turns are part of."""
    revisions = all_of(tx, text_revision.c.revision_id, text_revision.c.utterance_id, utterance_ids)
    passages = all_of(tx, passage.c.passage_id, passage.c.revision_id, revisions)
    return {
        ThemeId(found)
        for some in chunks_of(passages)
        for found in tx.execute(
            select(membership.c.theme_id)
            .join_from(membership, theme_run, membership.c.run_id == theme_run.c.run_id)
            .where(membership.c.passage_id.in_(some), theme_run.c.is_current)
        ).scalars()
        if found
    }


def place_of_run(tx: Connection, run_id: RunId) -> tuple[MeetingId, Zone, bool]:
    """Which meeting a run read, in which zone, and whether it is the current one."""
    row = tx.execute(
        select(theme_run.c.meeting_id, theme_run.c.zone, theme_run.c.is_current).where(
            theme_run.c.run_id == run_id
        )
    ).one()
    return MeetingId(row.meeting_id), Zone(row.zone), row.is_current


def words_left(tx: Connection, run_id: RunId) -> list[str]:
    """The passages of a run that are still there, and their translations."""
    query = (
        select(text_revision.c.text, passage.c.start, passage.c.end)
        .join_from(membership, passage)
        .join(text_revision)
        .where(membership.c.run_id == run_id)
    )
    said = [row.text[row.start : row.end] for row in tx.execute(query)]
    passages = all_of(tx, membership.c.passage_id, membership.c.run_id, [run_id])
    return said + sorted(translations.read_over(tx, passages))


def named_themes(tx: Connection, run_id: RunId) -> list[NamedTheme]:
    """Themes of a run, broad and fine."""
    query = select(run_theme).where(run_theme.c.run_id == run_id)
    return [NamedTheme(ThemeId(r.theme_id), r.name, r.key_words) for r in tx.execute(query)]


def rename_theme(tx: Connection, run_id: RunId, new: NamedTheme) -> None:
    """Give a theme of a run another name and other key words."""
    tx.execute(
        update(run_theme)
        .where(run_theme.c.run_id == run_id, run_theme.c.theme_id == new.theme_id)
        .values(name=new.name, key_words=new.key_words)
    )


def recount(tx: Connection, run_id: RunId) -> list[ThemeId]:
    """Count a run's passages anew; a theme without any is retired. The retired ones.

    A run that has no passage left is taken away as a whole.
    """
    sizes = {
        theme_id: _n_passages(tx, run_id, theme_id)
        for theme_id in (named.theme_id for named in named_themes(tx, run_id))
    }
    empty = [theme_id for theme_id, n_passages in sizes.items() if not n_passages]
    for theme_id, n_passages in sizes.items():
        tx.execute(
            update(run_theme)
            .where(run_theme.c.run_id == run_id, run_theme.c.theme_id == theme_id)
            .values(n_passages=n_passages)
        )
    for some in chunks_of(empty):
        tx.execute(
            delete(run_theme).where(run_theme.c.run_id == run_id, run_theme.c.theme_id.in_(some))
        )
    _recount_run(tx, run_id)
    return [theme_id for theme_id in empty if _retire(tx, theme_id)]


def wordings_at(tx: Connection, meeting_ids: Collection[MeetingId]) -> list[Wording]:
    """Every wording of every recommendation of these meetings."""
    t = recommendation_revision.c
    rows = [
        row
        for some in chunks_of(meeting_ids)
        for row in tx.execute(
            select(t.recommendation_id, t.number, t.text, recommendation.c.state)
            .join_from(recommendation_revision, recommendation)
            .where(recommendation.c.meeting_id.in_(some))
            .order_by(t.recommendation_id, t.number)
        )
    ]
    ids = {row.recommendation_id for row in rows}
    settled = {
        *all_of(tx, ballot_item.c.recommendation_id, ballot_item.c.recommendation_id, ids),
        *all_of(
            tx, initiative_answer.c.recommendation_id, initiative_answer.c.recommendation_id, ids
        ),
    }
    newest = {row.recommendation_id: row.number for row in rows}
    return [
        Wording(
            RecommendationId(row.recommendation_id),
            row.number,
            row.text,
            newest[row.recommendation_id] == row.number,
            row.recommendation_id in settled or row.state not in _OPEN,
        )
        for row in rows
    ]


def reword(tx: Connection, wording: Wording, text: str) -> None:
    """Put another text in the place of a wording, which is never done but for an erasure."""
    t = recommendation_revision.c
    tx.execute(
        update(recommendation_revision)
        .where(
            t.recommendation_id == wording.recommendation_id,
            t.number == wording.number,
        )
        .values(text=text)
    )


def reasons_at(
    tx: Connection, meeting_ids: Collection[MeetingId]
) -> list[tuple[RecommendationId, str]]:
    """Every reason that was told for a decision at these meetings."""
    t = recommendation.c
    return [
        (RecommendationId(row.recommendation_id), row.decided_because)
        for some in chunks_of(meeting_ids)
        for row in tx.execute(
            select(t.recommendation_id, t.decided_because).where(
                t.meeting_id.in_(some), t.decided_because != ""
            )
        )
    ]


def reword_reason(tx: Connection, recommendation_id: RecommendationId, reason: str) -> None:
    """Put another text in the place of a reason, as an erasure does."""
    this_one = recommendation.c.recommendation_id == recommendation_id
    tx.execute(update(recommendation).where(this_one).values(decided_because=reason))


def remove_recommendation(tx: Connection, recommendation_id: RecommendationId) -> None:
    """Take a recommendation away with everything behind it."""
    tx.execute(
        delete(recommendation).where(recommendation.c.recommendation_id == recommendation_id)
    )


def _n_passages(tx: Connection, run_id: RunId, theme_id: ThemeId) -> int:
    query = (
        select(func.count())
        .select_from(membership)
        .where(
            membership.c.run_id == run_id,
            or_(membership.c.theme_id == theme_id, membership.c.fine_theme_id == theme_id),
        )
    )
    return tx.execute(query).scalar_one()


def _recount_run(tx: Connection, run_id: RunId) -> None:
    in_run = select(func.count()).select_from(membership).where(membership.c.run_id == run_id)
    n_passages = tx.execute(in_run).scalar_one()
    if not n_passages:
        tx.execute(delete(theme_run).where(theme_run.c.run_id == run_id))
        return
    n_set_aside = tx.execute(in_run.where(membership.c.theme_id.is_(None))).scalar_one()
    tx.execute(
        update(theme_run)
        .where(theme_run.c.run_id == run_id)
        .values(n_passages=n_passages, n_set_aside=n_set_aside)
    )


def _retire(tx: Connection, theme_id: ThemeId) -> bool:
    """Take a lasting theme away that no run holds any more and no correction is about."""
    query = select(run_theme.c.run_id).where(run_theme.c.theme_id == theme_id).limit(1)
    if tx.execute(query).first() is not None:
        return False
    if are_corrected(tx, [theme_id]):
        return False
    tx.execute(delete(theme).where(theme.c.theme_id == theme_id))
    return True
