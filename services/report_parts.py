"""What the documents that leave the house have in common. Start at `quoted`."""

from datetime import date

from domain.ids import ProgrammeId
from reports.document import Document, Quoted, Run
from services.exports import WATERMARK
from services.programmes import the_programme
from services.words_to_read import parts_of

SOMEBODY = "Somebody at the meeting"
HOW_TO_READ = (
    "Every quote was compared with what was said, letter by letter, when this file was made.",
    "Words stand here only of people who agreed to be quoted, under their group, not their name.",
    "Where a number would point at a few people, words stand in its place.",
    "A reading stands beside an initiative; it does not claim that one caused the other.",
)


def quoted(text: str, group: str, translation: str) -> Quoted:
    """Words that may be quoted elsewhere, as a document draws them."""
    by = group[:1].upper() + group[1:] if group else SOMEBODY
    return Quoted(_runs(text), by, translation)


def _runs(text: str) -> tuple[Run, ...]:
    """The words, each stretch in another language with the tag of that language."""
    runs, done = [], 0
    for start, end, language in parts_of(text):
        runs += [Run(text[done:start])] if start > done else []
        runs.append(Run(text[start:end], language))
        done = end
    return (*runs, Run(text[done:])) if done < len(text) else tuple(runs)


def note(programme_id: ProgrammeId) -> str:
    """What stands above everything: of the sample, that it is invented."""
    return WATERMARK if the_programme(programme_id).is_sample else ""


def file_name(stem: str, document: Document) -> str:
    """The name that the file is offered under."""
    return f"{'sample-' if document.note else ''}{stem}.html"


def day(value: date) -> str:
    """ "12 October 2024"."""
    return f"{value.day} {value:%B %Y}"


def count(n: int, one: str) -> str:
    """ "1 quote", "3 quotes"."""
    return f"{n} {one if n == 1 else f'{one}s'}"
