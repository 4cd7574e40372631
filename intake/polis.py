"""A Polis export: what was said and how each person voted on it. Start at `polis_from_tables`.

Columns and sign as in the exports that Polis publishes (github.com/compdemocracy/openData): in
`participants-votes.csv` one row a person and one column a comment, 1 agree, 0 pass, -1 disagree,
empty not seen. The totals in `comments.csv` lag behind the votes, so they are never read.
"""

from collections import Counter
from dataclasses import dataclass

from domain.errors import FileRefused
from domain.votes import Answer
from intake.result import Table

REFUSED_BY_MODERATOR = "-1"
MOST_STATEMENTS = 1_000
LONGEST_STATEMENT = 2_000
_COMMENTS = ("comment-id", "comment-body")
_VOTES = ("participant",)
_MARKS = {"1": Answer.AGREE, "0": Answer.PASS, "-1": Answer.DISAGREE}


@dataclass(frozen=True)
class PolisVote:
    """Statements by their number in Polis, and each person's answers to them."""

    statements: dict[int, str]
    people: tuple[dict[int, Answer], ...]
    n_left_out: int


def polis_from_tables(comments: Table, votes: Table) -> PolisVote:
    """Statements that no moderator refused, with the votes on them.

    Raises
    ------
    FileRefused
        If the tables are not those of a Polis export, or do not belong together.
    """
    found, n_left_out = _statements(comments)
    columns = _columns(votes)
    unknown = columns.keys() - found.keys() - _refused(comments)
    if unknown:
        raise _refusal(
            votes,
            f"It has votes on {len(unknown)} comments that are not in the other file.",
            "Bring in both files of one export.",
        )
    people = [
        {
            number: answer
            for number, place in columns.items()
            if number in found and (answer := _answer(votes, row, place)) is not None
        }
        for row in votes.rows
    ]
    return PolisVote(found, tuple(person for person in people if person), n_left_out)


def _statements(table: Table) -> tuple[dict[int, str], int]:
    number_at, body_at = (_place(table, name) for name in _COMMENTS)
    refused, found = _refused(table), dict[int, str]()
    for row in table.rows:
        number = _number(table, _cell(row, number_at))
        text = " ".join(_cell(row, body_at).split())
        if number in found:
            raise _refusal(table, f"Comment {number} is in it twice.", "Export it anew.")
        if number not in refused and text:
            found[number] = text
    longest = max((len(text) for text in found.values()), default=0)
    if not found or len(found) > MOST_STATEMENTS or longest > LONGEST_STATEMENT:
        raise _refusal(
            table,
            f"It has {len(found)} statements, the longest of {longest} characters; from 1 to "
            f"{MOST_STATEMENTS} of up to {LONGEST_STATEMENT} can be brought in.",
            "Take away the comments that are not needed.",
        )
    return dict(sorted(found.items())), len(table.rows) - len(found)


def _refused(table: Table) -> set[int]:
    if "moderated" not in table.headers:
        return set()
    at, number_at = table.headers.index("moderated"), _place(table, _COMMENTS[0])
    return {
        _number(table, _cell(row, number_at))
        for row in table.rows
        if _cell(row, at) == REFUSED_BY_MODERATOR
    }


def _columns(table: Table) -> dict[int, int]:
    """Number of a comment → its place in a row."""
    _place(table, _VOTES[0])
    numbers = [(int(h), at) for at, h in enumerate(table.headers) if _is_number(h)]
    doubled = [number for number, n in Counter(n for n, _ in numbers).items() if n > 1]
    if not numbers or doubled:
        raise _refusal(
            table,
            "It has no columns of votes." if not numbers else "A column of votes is in it twice.",
            "Bring in participants-votes.csv of the export.",
        )
    return dict(numbers)


def _answer(table: Table, row: tuple[str, ...], place: int) -> Answer | None:
    cell = _cell(row, place)
    if not cell:
        return None
    if cell not in _MARKS:
        raise _refusal(
            table,
            f"“{cell[:20]}” stands where a vote should be.",
            "Votes are 1 (agree), 0 (pass), -1 (disagree) or empty.",
        )
    return _MARKS[cell]


def _cell(row: tuple[str, ...], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _place(table: Table, name: str) -> int:
    if name not in table.headers:
        raise _refusal(
            table,
            f"It has no column “{name}”.",
            "Bring in the files of an export as they are.",
        )
    return table.headers.index(name)


def _number(table: Table, cell: str) -> int:
    if not _is_number(cell):
        raise _refusal(
            table, f"“{cell[:20]}” stands where a comment's number should be.", "Export it anew."
        )
    return int(cell)


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 9


def _refusal(table: Table, found: str, todo: str) -> FileRefused:
    return FileRefused(file_name=table.file_name, found=found, todo=todo)
