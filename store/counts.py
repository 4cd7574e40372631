"""How much each meeting holds, in few queries. Start at `of_meetings`."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, func, select

from domain.ballots import BallotState
from domain.ids import MeetingId, ProgrammeId
from domain.talk import Zone
from store.tables import (
    attendance,
    ballot,
    meeting,
    person,
    programme,
    recommendation,
    run_theme,
    theme_run,
    utterance,
)


@dataclass(frozen=True)
class Counts:
    """What a meeting holds."""

    n_people: int
    n_utterances: int
    n_themes: int
    n_recommendations: int
    n_open_ballots: int


def of_meetings(tx: Connection, programme_id: ProgrammeId) -> dict[MeetingId, Counts]:
    """Counts of every meeting of a programme."""
    people: dict[str, int] = dict(
        tx.execute(
            select(attendance.c.meeting_id, func.count())
            .join_from(attendance, person)
            .where(person.c.name != "")
            .group_by(attendance.c.meeting_id)
        ).all()
    )
    utterances = _count(tx, utterance.c.meeting_id)
    recommendations = _count(tx, recommendation.c.meeting_id)
    open_ballots: dict[str, int] = dict(
        tx.execute(
            select(ballot.c.meeting_id, func.count())
            .where(ballot.c.state == BallotState.OPEN)
            .group_by(ballot.c.meeting_id)
        ).all()
    )
    themes: dict[str, int] = dict(
        tx.execute(
            select(theme_run.c.meeting_id, func.count())
            .join_from(theme_run, run_theme, theme_run.c.run_id == run_theme.c.run_id)
            .where(
                theme_run.c.is_current,
                theme_run.c.zone == Zone.SHARED,
                run_theme.c.parent_id.is_(None),
            )
            .group_by(theme_run.c.meeting_id)
        ).all()
    )
    ids = tx.execute(
        select(meeting.c.meeting_id).where(meeting.c.programme_id == programme_id)
    ).scalars()
    return {
        MeetingId(i): Counts(
            people.get(i, 0),
            utterances.get(i, 0),
            themes.get(i, 0),
            recommendations.get(i, 0),
            open_ballots.get(i, 0),
        )
        for i in ids
    }


def is_any_ballot_open(tx: Connection) -> bool:
    """Whether people may be voting right now, at any meeting that is not the sample's."""
    query = (
        select(ballot.c.ballot_id)
        .join_from(ballot, meeting)
        .join(programme)
        .where(ballot.c.state == BallotState.OPEN, ~programme.c.is_sample)
    )
    return tx.execute(query.limit(1)).first() is not None


def _count(tx: Connection, column: Column[str]) -> dict[str, int]:
    query = select(column, func.count()).group_by(column)
    return dict(tx.execute(query).all())
