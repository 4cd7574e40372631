"""What there is to translate, gathered from where it stands. Start at `gather`.

`make catalogue` brings every `.po` file up to date: new sentences come in empty, those that are
gone are kept at its end, and no translation is lost. For a new language, add it to
`participant.languages.LANGUAGES` first.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from domain import errors
from domain.initiatives import InitiativeKind, Stage
from domain.promises import PROMISES
from domain.votes import PANEL_SENTENCES, WORDINGS
from participant.languages import ENGLISH, LANGUAGES, po_file
from services import initiatives, participation, statements, what_happened

HERE = Path(__file__).parent
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"newstyle_gettext": "true", "trimmed": "true"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "later": None, "ngettext": (1, 2)}
PHRASES = ("divided",)
ON_PARTICIPANT_PAGES = (
    errors.LinkUnknown,
    errors.NotAllowedNow,
    errors.BallotClosed,
    errors.PageNotOurs,
    errors.FormRefused,
    errors.StoreNotReady,
    errors.KeyMissing,
)
FROM_FORMS = (
    "This is not what our page sends.",
    "This is more than our page sends.",
    "This cannot be read.",
    "This is not an answer that the vote asks for.",
)


def gather() -> Catalog:
    """Every sentence that a participant can meet."""
    found = Catalog(charset="utf-8")
    told = extract_from_dir(HERE, METHODS, OPTIONS, keywords=KEYWORDS)
    for name, _line, message, comments, context in told:
        found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    for message in from_below():
        if message:
            found.add(message, locations=[("floors below", 0)])
    return found


def from_below() -> Iterable[str]:
    """Sentences of the floors below: they do not know that there are other languages."""
    for promise in PROMISES:
        yield promise.heading
        yield from promise.sentences
    for wording in WORDINGS.values():
        yield from (wording.sentence, wording.high, wording.middle, wording.low)
    yield from PANEL_SENTENCES.values()
    yield from PHRASES
    yield from what_happened.HAPPENED.values()
    yield from what_happened.STATE.values()
    yield from (kind.value for kind in InitiativeKind)
    yield from (stage.value for stage in Stage)
    yield from (kind.template for kind in ON_PARTICIPANT_PAGES)
    yield from FROM_FORMS
    yield from (participation.PROXY_NEEDS_CONSENT, participation.HAS_ANSWERED)
    yield from (initiatives.NEEDS_REASON, initiatives.STAGE_IS_EARLIER, initiatives.NEEDS_WORDS)
    yield from (statements.NEEDS_WORDS, statements.TOO_LONG, statements.TOO_LONG_TO_KEEP)
    yield from (statements.TOO_MANY, statements.NOT_AGREED)
    yield from (initiatives.IS_DONE, initiatives.SOURCE)


def write(code: str) -> None:
    """Bring the translations of one language up to date with what there is to translate."""
    path = po_file(code)
    kept = (
        _read(path, code) if path.exists() else Catalog(locale=code, charset="utf-8", fuzzy=False)
    )
    # A sentence that changed is translated anew: a guess would read as if somebody had checked it.
    # Nor does a day in its head make a file that says the same look changed.
    made_on = kept.creation_date
    kept.update(gather(), no_fuzzy_matching=True)
    kept.creation_date = kept.revision_date = made_on
    kept.header_comment = f"# {LANGUAGES[code].name}: the pages of participants.\n#"
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        write_po(file, kept, width=100, include_lineno=False, sort_output=True)
    Path(file.name).replace(path)


def _read(path: Path, code: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


if __name__ == "__main__":
    for code in LANGUAGES.keys() - {ENGLISH.code}:
        write(code)
