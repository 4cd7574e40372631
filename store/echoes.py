"""Every recommendation of a programme, for finding those that say the same. Start at `wordings`."""

from sqlalchemy import Connection, and_, func, select

from domain.ids import ProgrammeId, RecommendationId
from store.tables import meeting, recommendation, recommendation_revision, tombstone

State = tuple[object, ...]


def state(tx: Connection) -> State:
    """What changes whenever a wording comes, goes or is erased.

    An erasure rewrites wordings in place, which no count of them tells: its tombstone does.
    """
    t = recommendation_revision.c
    counted = tx.execute(select(func.count(), func.max(t.created_at))).one()
    n_erased = tx.execute(select(func.count()).select_from(tombstone)).scalar_one()
    return (*counted, n_erased)


def wordings(tx: Connection, programme_id: ProgrammeId) -> list[tuple[RecommendationId, str]]:
    """The newest wording of each recommendation of a programme, in the order of their ids."""
    t = recommendation_revision
    newest = (
        select(t.c.recommendation_id, func.max(t.c.number).label("number"))
        .group_by(t.c.recommendation_id)
        .subquery()
    )
    query = (
        select(t.c.recommendation_id, t.c.text)
        .join_from(
            t,
            newest,
            and_(
                newest.c.recommendation_id == t.c.recommendation_id,
                newest.c.number == t.c.number,
            ),
        )
        .join(recommendation, recommendation.c.recommendation_id == t.c.recommendation_id)
        .join(meeting, meeting.c.meeting_id == recommendation.c.meeting_id)
        .where(meeting.c.programme_id == programme_id)
        .order_by(t.c.recommendation_id)
    )
    return [(RecommendationId(found), text) for found, text in tx.execute(query)]
