"""Passages of a run of themes that may be counted, in one reading. Start at `counted_passages`."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from domain.ids import AttendanceId, MeetingId, RevisionId, ThemeId, TranscriptId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Manner, Zone, words_at
from domain.themes import ThemeRun
from store import consent, wishes
from store.reach import chunks_of
from store.revisions import only_newest
from store.tables import (
    attendance,
    membership,
    passage,
    person,
    speaker_label,
    text_revision,
    utterance,
)


class Counted(NamedTuple):
    """A passage as it was found, whose words stand and whose speaker agreed to be grouped.

    Its words may be shown only where `is_quotable`.
    """

    theme_id: ThemeId | None
    utterance_id: UtteranceId
    attendance_id: AttendanceId | None
    stakeholder_group: StakeholderGroup | None
    words: str
    is_quotable: bool
    read_sha256: str
    revision_id: RevisionId
    start: int
    end: int


class _Voice(NamedTuple):
    """What turns have in common of which all the same was agreed to."""

    attendance_id: AttendanceId | None
    transcript_id: TranscriptId
    manner: Manner
    speaker: str
    stakeholder_group: StakeholderGroup | None


def counted_passages(
    tx: Connection, run: ThemeRun, revision_ids: Collection[RevisionId] | None = None
) -> list[Counted]:
    """What `talk.utterances_of` lets be grouped of a run in the shared zone, in no order.

    One row a passage and nothing made of it that no count needs: for what reads every meeting.
    With ``revision_ids`` of these texts alone.
    """
    voices = _Voices(tx, run.meeting_id)
    withdrawn = wishes.withdrawn_at(tx, run.meeting_id)
    found = []
    for row in _rows(tx, run, revision_ids):
        theme_id, read_sha256, said, revision_id, start, end, sha256, text = row[4:]
        voice, may_group, may_quote = voices.of(row[:4])
        words = words_at(text, start, end, sha256) if may_group and said not in withdrawn else ""
        if words:
            who, group = voice.attendance_id, voice.stakeholder_group
            told = (theme_id, said, who, group, words, may_quote, read_sha256)
            found.append(Counted(*told, revision_id, start, end))
    return found


def _rows(
    tx: Connection, run: ThemeRun, revision_ids: Collection[RevisionId] | None
) -> Sequence[Sequence[Any]]:
    query = only_newest(
        select(
            *(utterance.c.speaker_label_id, utterance.c.transcript_id),
            *(utterance.c.manner, utterance.c.stakeholder_group),
            *(membership.c.theme_id, membership.c.read_sha256, utterance.c.utterance_id),
            *(passage.c.revision_id, passage.c.start, passage.c.end, passage.c.text_sha256),
            text_revision.c.text,
        )
        .join_from(membership, passage)
        .join(text_revision)
        .join(utterance)
        .where(membership.c.run_id == run.run_id),
        Zone.SHARED,
        utterance.c.meeting_id == run.meeting_id,
    )
    if revision_ids is None:
        return tx.execute(query).all()
    return [
        row
        for some in chunks_of(revision_ids)
        for row in tx.execute(query.where(passage.c.revision_id.in_(some)))
    ]


class _Voices:
    """Who speaks in turns of a label, a source, a manner and a group, and what they agreed to."""

    def __init__(self, tx: Connection, meeting_id: MeetingId) -> None:
        self.agreed = consent.read_agreements(tx, meeting_id)
        self.labels = _labels(tx, meeting_id)
        self.known: dict[tuple[Any, ...], tuple[_Voice, bool, bool]] = {}

    def of(self, of_turn: Sequence[Any]) -> tuple[_Voice, bool, bool]:
        """The voice, whether it may be grouped and whether it may be quoted."""
        of_turn = tuple(of_turn)
        if of_turn not in self.known:
            label_id, transcript_id, manner, group_then = of_turn
            speaker, attendance_id, on_roster = self.labels.get(label_id, ("", None, None))
            group = on_roster or group_then
            voice = _Voice(
                attendance_id,
                transcript_id,
                Manner(manner),
                speaker,
                StakeholderGroup(group) if group else None,
            )
            may_group = self.agreed.allows(voice, ConsentUse.GROUPED)
            self.known[of_turn] = voice, may_group, self.agreed.allows(voice, ConsentUse.QUOTED)
        return self.known[of_turn]


def _labels(
    tx: Connection, meeting_id: MeetingId
) -> dict[str, tuple[str, AttendanceId | None, str | None]]:
    """By label: by which name somebody is known, who that is, and for whom they sat."""
    here = select(utterance.c.speaker_label_id).where(utterance.c.meeting_id == meeting_id)
    query = (
        select(
            speaker_label.c.speaker_label_id,
            speaker_label.c.label,
            speaker_label.c.attendance_id,
            attendance.c.stakeholder_group,
            person.c.name,
        )
        .outerjoin(attendance, attendance.c.attendance_id == speaker_label.c.attendance_id)
        .outerjoin(person, person.c.person_id == attendance.c.person_id)
        .where(speaker_label.c.speaker_label_id.in_(here))
    )
    return {
        label_id: (name or label or "", AttendanceId(who) if who else None, group)
        for label_id, label, who, group, name in tx.execute(query)
    }
