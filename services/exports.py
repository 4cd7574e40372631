"""Take a meeting elsewhere: released words only. Start at `export_meeting`.

What leaves the house may reach anybody: words of people who agreed to be quoted, and of the themes
only what everybody may see.
"""

from collections.abc import Iterable, Sequence

from domain.access import Act
from domain.ids import MeetingId
from domain.talk import Zone
from reports.csv_tables import Cell, write_csv, zip_files
from services.access import require
from services.meetings import the_meeting
from services.programmes import the_programme
from services.recommendations import recommendations
from services.themes import public_themes
from services.transcripts import utterances

WATERMARK = "Sample: people, words and votes are invented."


def export_meeting(meeting_id: MeetingId) -> tuple[str, bytes]:
    """File name and ZIP of CSV files: utterances, themes, recommendations, evidence."""
    require(Act.EXPORT, meeting_id=meeting_id)
    meeting = the_meeting(meeting_id)
    is_sample = the_programme(meeting.programme_id).is_sample
    note = WATERMARK if is_sample else ""
    tables = {
        "utterances.csv": _utterances(meeting_id),
        "themes.csv": _themes(meeting_id),
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
    head = ["utterance_id", "stakeholder_group", "manner", "start_s", "end_s", "text"]
    rows: list[list[Cell]] = [
        [u.utterance_id, u.stakeholder_group or "", u.manner, u.start_s, u.end_s, u.text]
        for u in utterances(meeting_id, Zone.SHARED)
    ]
    return head, rows


def _themes(meeting_id: MeetingId) -> Told:
    head = ["theme", "name", "utterance_id", "strength", "words"]
    rows: list[list[Cell]] = [
        [
            theme.rank + 1,
            theme.name,
            quote.utterance_id,
            round(quote.strength, 3),
            quote.quote.text,
        ]
        for theme in public_themes(meeting_id)
        for quote in theme.quotes
    ]
    return head, rows


def _recommendations(meeting_id: MeetingId) -> Told:
    head = ["number", "state", "text", "n_evidence", "initiatives"]
    rows: list[list[Cell]] = [
        [
            v.recommendation.number,
            v.recommendation.state,
            v.recommendation.text,
            len(v.evidence),
            "; ".join(v.initiatives),
        ]
        for v in recommendations(meeting_id)
    ]
    return head, rows


def _evidence(meeting_id: MeetingId) -> Told:
    head = ["recommendation", "utterance_id", "stakeholder_group", "start", "end", "quote"]
    rows: list[list[Cell]] = [
        [
            v.recommendation.number,
            e.utterance_id,
            e.stakeholder_group or "",
            e.quote.start,
            e.quote.end,
            e.quote.text,
        ]
        for v in recommendations(meeting_id)
        for e in v.evidence
    ]
    return head, rows
