"""Words that the pages need outside their templates, marked for translation. See `ANSWERS`."""

from datetime import date
from gettext import NullTranslations

from domain.votes import WORDINGS, Answer, Method

CATALOGUE = NullTranslations()
_ = CATALOGUE.gettext

ANSWERS = {
    Answer.AGREE: _("Agree"),
    Answer.PASS: _("Pass"),
    Answer.DISAGREE: _("Disagree"),
}
APPROVALS = {1: _("Choose it"), 0: _("Leave it")}
APPROVED = {1: _("Chosen"), 0: _("Left")}
THIRDS = {
    "low": _("Low: 1, 2 or 3"),
    "middle": _("Middle: 4, 5 or 6"),
    "high": _("High: 7, 8 or 9"),
}
MOVES = {"up": _("Move up"), "down": _("Move down"), "keep": _("Keep this order")}

HOW = {method: _(wording.sentence) for method, wording in WORDINGS.items()}


def given_in_words(method: Method, given: int) -> str:
    """What somebody answered, as the pages tell it back."""
    if method is Method.AGREEMENT:
        return ANSWERS[Answer(given)]
    if method is Method.APPROVAL:
        return APPROVED[given]
    if method is Method.SCORES:
        return _("%(score)s of 9") % {"score": given}
    return _("Place %(place)s") % {"place": given}


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
