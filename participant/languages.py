"""In which language a page speaks: chosen by its reader, for one link. Start at `reading_in`.

Catalogues are read from the `.po` files themselves when the first page is drawn: some 20 ms once,
and no compiled file that could differ from the one that people read and correct.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.core import get_locale_identifier, parse_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import Request

FOLDER = Path(__file__).parent / "locale"
COOKIE = "rt-language"
_LONGEST_HEADER = 200


@dataclass(frozen=True)
class Language:
    """A language of the pages; `locale` is whose dates and numbers they write."""

    code: str
    name: str
    locale: str
    direction: str = "ltr"


ENGLISH = Language("en", "English", "en_GB")
# Numbers as in the United States: 1,200.5 and not 1.200,5.
LANGUAGES = {"en": ENGLISH, "es": Language("es", "Español", "es_US")}

_now: ContextVar[Language] = ContextVar("language of this page", default=ENGLISH)


@contextmanager
def reading_in(language: Language) -> Iterator[None]:
    """Everything that is drawn or worded within speaks this language."""
    token = _now.set(language)
    try:
        yield
    finally:
        _now.reset(token)


def current() -> Language:
    """The language of the page that is being drawn."""
    return _now.get()


def language_of(request: Request) -> Language:
    """What its reader chose on this link's pages; before that, what their browser asks for."""
    chosen = request.cookies.get(COOKIE, "")
    return LANGUAGES.get(chosen) or preferred(request.headers.get("accept-language", ""))


def preferred(asked: str) -> Language:
    """The first language of ours in an Accept-Language header, by its weights.

    >>> [preferred(asked).code for asked in ("es-MX,es;q=0.9,en;q=0.8", "de, es;q=0.2", "de", "*")]
    ['es', 'es', 'en', 'en']
    """
    found: list[tuple[float, Language]] = []
    for part in asked[:_LONGEST_HEADER].split(","):
        tag, _, rest = part.partition(";")
        language = LANGUAGES.get(tag.strip().lower().partition("-")[0])
        weight = _weight(rest)
        if language and weight > 0:
            found.append((weight, language))
    # The first of equal weight stands first.
    return max(found, key=lambda one: one[0])[1] if found else ENGLISH


def others() -> list[Language]:
    """The languages that a page can be turned to."""
    return [language for language in LANGUAGES.values() if language != current()]


def say(words: str) -> str:
    """The words in the language of the page."""
    # An empty message is the catalogue's own head.
    return catalogue(current().code).gettext(words) if words else ""


def say_number(one: str, many: str, n: int) -> str:
    """The words for one or for many."""
    return catalogue(current().code).ngettext(one, many, n)


def later(words: str) -> str:
    """Marks words for the catalogue where they stand; they are translated where they are shown."""
    return words


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations of a language; English needs none."""
    if code == ENGLISH.code:
        return NullTranslations()
    with po_file(code).open("rb") as file:
        read = read_po(file, locale=get_locale_identifier(parse_locale(code)))
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)


def po_file(code: str) -> Path:
    """Where the translations of a language are written."""
    return FOLDER / code / "LC_MESSAGES" / "participant.po"


def _weight(rest: str) -> float:
    """The q of an Accept-Language part; 1 where none is told."""
    name, _, value = rest.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
