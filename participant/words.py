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


CONSENT_CHOICES = {
    "quoted": _("Yes, and quote me without my name"),
    "grouped": _("Yes, but never quote me"),
    "nothing": _("No, do not use my words"),
}


def day(value: date | None) -> str:
    """ "12 October 2024"."""
    return f"{value.day} {value:%B %Y}" if value else _("Day not known")


def number(value: float) -> str:
    """ "12", "12.5", "1,200"."""
    return f"{value:,.10g}"
