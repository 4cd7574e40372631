"""Take a meeting elsewhere: released words only. Start at `export_meeting`.

What leaves the house may reach anybody: words of people who agreed to be quoted, and of the themes
only what everybody may see.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.grouping import by_role, label_of
from analysis.suppression import PUBLIC_K
from domain.access import Act
from domain.ids import MeetingId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import Direction
from domain.talk import Quote, Utterance, Zone
from reports.csv_tables import Cell, write_csv, zip_files
from services import words_to_read
from services.access import require
from services.meetings import the_meeting
from services.programmes import the_programme
from services.recommendations import recommendations
from services.runtime import runtime
from services.theme_files import MemberRow, ThemeRow, theme_tables
from services.transcripts import utterances
from store import wishes

WATERMARK = "Sample: people, words and votes are invented."


def export_meeting(meeting_id: MeetingId) -> tuple[str, bytes]:
    """File name and ZIP of CSV files: utterances, themes and what is in them, and so on."""
    require(Act.EXPORT, meeting_id=meeting_id)
    meeting = the_meeting(meeting_id)
    is_sample = the_programme(meeting.programme_id).is_sample
    note = WATERMARK if is_sample else ""
    themes, members = theme_tables(meeting_id)
    tables = {
        "utterances.csv": _utterances(meeting_id),
        "themes.csv": _themes(themes),
        "memberships.csv": _memberships(members),
        "recommendations.csv": _recommendations(meeting_id),
        "evidence.csv": _evidence(meeting_id),
    }
    files = {name: write_csv(head, rows, note=note) for name, (head, rows) in tables.items()}
    prefix = "sample-" if is_sample else ""
    return f"{prefix}{meeting.held_on}-{meeting.season}.zip", zip_files(files)


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, is_sample: bool) -> bytes:
    """A table that stands on a screen, as CSV; the sample's carries its watermark."""
    return write_csv(columns, rows, note=WATERMARK if is_sample else "")


Told = tuple[list[str], list[list[Cell]]]


def _utterances(meeting_id: MeetingId) -> Told:
    head = ["utterance_id", "stakeholder_group", "manner", "start_s", "end_s"]
    head += ["text", "language", "translation"]
    said = utterances(meeting_id, Zone.SHARED)
    private, labels = _private(meeting_id), _group_labels(said)
    with runtime().store.read() as tx:
        in_english = words_to_read.of_whole_turns(tx, said)
    rows: list[list[Cell]] = [
        [
            u.utterance_id,
            labels.get(u.stakeholder_group, ""),
            u.manner,
            u.start_s,
            u.end_s,
            u.text,
            words_to_read.languages_told(u.text),
            in_english.get(u.utterance_id, ""),
        ]
        for u in said
        if u.utterance_id not in private
    ]
    return head, rows


def _private(meeting_id: MeetingId) -> frozenset[UtteranceId]:
    with runtime().store.read() as tx:
        return wishes.private_at(tx, meeting_id)


def _group_labels(said: Iterable[Utterance]) -> dict[StakeholderGroup | None, str]:
    """What groups are called in files: those of fewer than eleven people are joined or not told.

    Otherwise the only clinician of a meeting could be read line by line.
    """
    people: dict[StakeholderGroup, set[str]] = defaultdict(set)
    for one in said:
        if one.stakeholder_group and one.attendance_id:
            people[one.stakeholder_group].add(one.attendance_id)
    sizes = {group: len(people[group]) for group in StakeholderGroup if people[group]}
    way = by_role(sizes, PUBLIC_K)
    if len(way) < 2:
        return {}
    return {group: label_of(part, sizes) for part in way for group in part}


def _themes(told: list[ThemeRow]) -> Told:
    head = ["theme", "part_of", "name", "key_words", "n_people", "lasting_id"]
    return head, [[t.theme, t.part_of, t.name, t.key_words, t.n_people, t.lasting_id] for t in told]


def _memberships(told: list[MemberRow]) -> Told:
    head = ["theme", "utterance_id", "start", "end", "strength", "words", "language", "translation"]
    return head, [
        [
            m.theme,
            m.utterance_id,
            m.start,
            m.end,
            round(m.strength, 3),
            m.words,
            words_to_read.languages_told(m.words),
            m.translation,
        ]
        for m in told
    ]


@dataclass(frozen=True)
class Behind:
    """A quote for or against a recommendation; `group` is empty where it would tell too much."""

    number: int
    utterance_id: UtteranceId
    group: str
    direction: Direction
    quote: Quote


def quotes_behind(meeting_id: MeetingId) -> list[Behind]:
    """What may be quoted elsewhere for a meeting's recommendations, by their number."""
    require(Act.EXPORT, meeting_id=meeting_id)
    private, group_of = _private(meeting_id), groups_told(meeting_id)
    return [
        Behind(
            v.recommendation.number,
            e.utterance_id,
            group_of.get(e.utterance_id, ""),
            e.direction,
            e.quote,
        )
        for v in recommendations(meeting_id)
        for e in (*v.evidence, *v.against)
        if e.utterance_id not in private
    ]


def groups_told(meeting_id: MeetingId) -> dict[UtteranceId, str]:
    """What the group of each speaker is called elsewhere; not told where it is too small."""
    said = utterances(meeting_id, Zone.SHARED)
    labels = _group_labels(said)
    return {u.utterance_id: labels.get(u.stakeholder_group, "") for u in said}


def _recommendations(meeting_id: MeetingId) -> Told:
    head = ["number", "state", "text", "n_evidence", "n_against", "joined_with", "initiatives"]
    found = recommendations(meeting_id, with_merged=True)
    number_of = {v.recommendation.recommendation_id: v.recommendation.number for v in found}
    rows: list[list[Cell]] = [
        [
            v.recommendation.number,
            v.recommendation.state,
            v.recommendation.text,
            len(v.evidence),
            len(v.against),
            number_of[v.recommendation.merged_into] if v.recommendation.merged_into else None,
            "; ".join(v.initiatives),
        ]
        for v in found
    ]
    return head, rows


def _evidence(meeting_id: MeetingId) -> Told:
    head = [
        "recommendation",
        "utterance_id",
        "stakeholder_group",
        "direction",
        "start",
        "end",
        "quote",
        "language",
        "translation",
    ]
    return head, [
        [
            one.number,
            one.utterance_id,
            one.group,
            one.direction,
            one.quote.start,
            one.quote.end,
            one.quote.text,
            words_to_read.languages_told(one.quote.text),
            one.quote.translation,
        ]
        for one in quotes_behind(meeting_id)
    ]
