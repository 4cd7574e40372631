"""What people agreed to, as the store keeps it. Start at `read_agreements`.

A person's own word goes before what was recorded for a source, and that before what was recorded
for the whole meeting. Where nothing is recorded, words may be kept and read by the people who run
the meeting, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select

from domain.ids import AttendanceId, MeetingId, TranscriptId, new_id
from domain.talk import ConsentUse, Manner
from store.prepared import Prepared
from store.tables import consent_event

_NEEDED = {
    ConsentUse.RECORDED: (ConsentUse.RECORDED,),
    ConsentUse.GROUPED: (ConsentUse.RECORDED, ConsentUse.GROUPED),
    ConsentUse.QUOTED: (ConsentUse.RECORDED, ConsentUse.GROUPED, ConsentUse.QUOTED),
    ConsentUse.QUOTED_BY_NAME: (
        ConsentUse.RECORDED,
        ConsentUse.GROUPED,
        ConsentUse.QUOTED,
        ConsentUse.QUOTED_BY_NAME,
    ),
    ConsentUse.KEPT: (ConsentUse.RECORDED, ConsentUse.KEPT),
}
"""Nobody is quoted who is not grouped, and nothing is done with words that may not be there."""

_FOR_ALL = and_(
    consent_event.c.attendance_id.is_(None),
    consent_event.c.consent_use == ConsentUse.GROUPED,
    consent_event.c.is_given,
)
_ASKED = Prepared(
    select(consent_event.c.consent_event_id)
    .where(
        consent_event.c.meeting_id == bindparam("meeting_id"),
        or_(consent_event.c.attendance_id == bindparam("attendance_id"), _FOR_ALL),
    )
    .limit(1)
)

_Who = AttendanceId | None
_Where = TranscriptId | None


class Voice(Protocol):
    """What must be known of a turn to tell what was agreed to."""

    @property
    def attendance_id(self) -> AttendanceId | None: ...

    @property
    def transcript_id(self) -> TranscriptId: ...

    @property
    def manner(self) -> Manner: ...

    @property
    def speaker(self) -> str: ...


@dataclass(frozen=True)
class Agreements:
    """The newest words on each use, in the order in which they were recorded.

    `newest` goes by the person (None: everybody) and the source (None: the whole meeting).
    """

    newest: Mapping[tuple[_Who, _Where, ConsentUse], tuple[datetime, bool]]
    _known: dict[tuple[_Who, _Where, bool, ConsentUse], bool] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def allows(self, said: Voice, use: ConsentUse) -> bool:
        """Whether this may be done with a turn, and with everything that it needs before."""
        # Most turns are of people and sources that were asked about just before.
        asked = (said.attendance_id, said.transcript_id, _is_for_the_table(said), use)
        if asked not in self._known:
            self._known[asked] = all(self._is_given(said, needed) for needed in _NEEDED[use])
        return self._known[asked]

    def of_person(
        self, attendance_id: AttendanceId, transcript_id: TranscriptId | None, use: ConsentUse
    ) -> bool:
        """What holds for a person on the roster, in a source or in general."""
        own = self.own_word(attendance_id, transcript_id, use)
        return self.for_all(transcript_id, use) if own is None else own

    def _is_given(self, said: Voice, use: ConsentUse) -> bool:
        if said.attendance_id is not None:
            return self.of_person(said.attendance_id, said.transcript_id, use)
        # Nobody knows who this is: nobody can have asked them. A line that the scribe typed down
        # for the table names nobody, and what was told to the table covers it.
        if use is ConsentUse.RECORDED or _is_for_the_table(said):
            return self.for_all(said.transcript_id, use)
        return False

    def own_word(self, who: AttendanceId, where: _Where, use: ConsentUse) -> bool | None:
        """A person's newest word about this source or the meeting; None if there is none."""
        told = [
            found
            for place in {where, None}
            if (found := self.newest.get((who, place, use))) is not None
        ]
        return max(told)[1] if told else None

    def for_all(self, where: _Where, use: ConsentUse) -> bool:
        """What holds in a source, or in the whole meeting, for whoever said nothing themselves."""
        default = (datetime.min.replace(tzinfo=UTC), use is ConsentUse.RECORDED)
        for_meeting = self.newest.get((None, None, use), default)
        if where is None:
            return for_meeting[1]
        return self.newest.get((None, where, use), for_meeting)[1]


def _is_for_the_table(said: Voice) -> bool:
    return said.manner is Manner.SCRIBED and not said.speaker


def add_consent(
    tx: Connection,
    meeting_id: MeetingId,
    given: Mapping[ConsentUse, bool],
    *,
    written_where: str,
    recorded_by: str,
    attendance_id: AttendanceId | None = None,
    transcript_id: TranscriptId | None = None,
) -> None:
    """Record what was agreed to: for one person or everybody, in one source or in all.

    It counts as newer than everything before, even where a clock was set back in between.
    """
    if not given:
        return
    newest = tx.execute(
        select(func.max(consent_event.c.recorded_at)).where(
            consent_event.c.meeting_id == meeting_id
        )
    ).scalar_one()
    now = datetime.now(UTC)
    if newest is not None:
        now = max(now, newest + timedelta(microseconds=1))
    tx.execute(
        insert(consent_event),
        [
            {
                "consent_event_id": new_id(),
                "meeting_id": meeting_id,
                "attendance_id": attendance_id,
                "transcript_id": transcript_id,
                "consent_use": use,
                "is_given": is_given,
                "written_where": written_where,
                "recorded_at": now,
                "recorded_by": recorded_by,
            }
            for use, is_given in given.items()
        ],
    )


def read_agreements(tx: Connection, meeting_id: MeetingId) -> Agreements:
    """What holds now at a meeting."""
    event = consent_event.c
    query = (
        select(
            event.attendance_id,
            event.transcript_id,
            event.consent_use,
            event.recorded_at,
            event.is_given,
        )
        .where(event.meeting_id == meeting_id)
        .order_by(event.recorded_at)
    )
    return Agreements(
        {
            (
                AttendanceId(who) if who else None,
                TranscriptId(where) if where else None,
                ConsentUse(use),
            ): (recorded_at, is_given)
            for who, where, use, recorded_at, is_given in tx.execute(query)
        }
    )


def is_recorded(tx: Connection, meeting_id: MeetingId, attendance_id: AttendanceId) -> bool:
    """Whether a person was asked already, or everybody was and agreed that words are shared.

    That people were told of a recording alone is no answer to what may be done with their words.
    """
    asked = _ASKED.first(tx, meeting_id=meeting_id, attendance_id=attendance_id)
    return asked is not None


def told_everybody(tx: Connection, meeting_id: MeetingId) -> tuple[str, datetime] | None:
    """Where the agreement of a whole meeting is written, and when it was noted; None before."""
    event = consent_event.c
    query = (
        select(event.written_where, event.recorded_at)
        .where(
            event.meeting_id == meeting_id,
            event.attendance_id.is_(None),
            event.transcript_id.is_(None),
        )
        .order_by(event.recorded_at.desc())
    )
    row = tx.execute(query.limit(1)).first()
    return (row.written_where, row.recorded_at) if row else None
