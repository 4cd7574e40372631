"""Words that the pages need outside their templates, marked for translation. See `ANSWERS`."""

from datetime import date
from gettext import NullTranslations

from domain.votes import Answer

CATALOGUE = NullTranslations()
_ = CATALOGUE.gettext

ANSWERS = {
    Answer.AGREE: _("Agree"),
    Answer.PASS: _("Pass"),
    Answer.DISAGREE: _("Disagree"),
}


def day(value: date | None) -> str:
    """ "12 October 2024"."""
    return f"{value.day} {value:%B %Y}" if value else _("Day not known")
