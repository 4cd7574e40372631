"""A language nobody speaks: every translated sentence in Hebrew letters. Start at `install`.

Whatever a page shows in other letters was never marked for translation. It is written from right
to left, so that pages are seen to bear that.
"""

import re
from gettext import NullTranslations

from participant import languages
from participant.languages import Language

PSEUDO = Language("he", "עברית", "he_IL", "rtl")
_PLACES = re.compile(r"(%\(\w+\)s|\{\w+\})")
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "אבגדהוזחטיכלמנסעפצקרשתםןףץ" * 2,
)


class PseudoTranslations(NullTranslations):
    """Every sentence in other letters, with its places for names and numbers as they are."""

    def gettext(self, message: str) -> str:
        parts = _PLACES.split(message)
        return "".join(p if _PLACES.fullmatch(p) else p.translate(_LETTERS) for p in parts)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


def install(monkeypatch) -> None:
    """Offer the language beside the others for one test."""
    real = languages.catalogue
    monkeypatch.setitem(languages.LANGUAGES, PSEUDO.code, PSEUDO)
    monkeypatch.setattr(
        languages,
        "catalogue",
        lambda code: PseudoTranslations() if code == PSEUDO.code else real(code),
    )
