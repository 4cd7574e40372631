"""Words that pages need outside their templates, in the language of the page. See `told`."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from domain.ballots import Ballot
from domain.errors import BallotClosed, RoundtableError
from domain.votes import Answer, Method, sentence_of
from participant.languages import current, later
from participant.languages import say as _

ANSWERS = {
    Answer.AGREE: later("Agree"),
    Answer.PASS: later("Pass"),
    Answer.DISAGREE: later("Disagree"),
}
APPROVALS = {1: later("Choose it"), 0: later("Leave it")}
APPROVED = {1: later("Chosen"), 0: later("Left")}
THIRDS = {
    "low": later("Low: 1, 2 or 3"),
    "middle": later("Middle: 4, 5 or 6"),
    "high": later("High: 7, 8 or 9"),
}
MOVES = {"up": later("Move up"), "down": later("Move down"), "keep": later("Keep this order")}
CONSENT_CHOICES = {
    "quoted": later("Yes, and quote me without my name"),
    "grouped": later("Yes, but never quote me"),
    "nothing": later("No, do not use my words"),
}


def how(ballot: Ballot) -> str:
    """One sentence on how a ballot is answered."""
    return _(sentence_of(ballot.method, ballot.asks))


def given_in_words(method: Method, given: int) -> str:
    """What somebody answered, as the pages tell it back."""
    if method is Method.AGREEMENT:
        return _(ANSWERS[Answer(given)])
    if method is Method.APPROVAL:
        return _(APPROVED[given])
    if method is Method.SCORES:
        return _("%(score)s of 9") % {"score": given}
    return _("Place %(place)s") % {"place": given}


def told(error: RoundtableError) -> str:
    """What a refusal says."""
    params = {name: _(v) if isinstance(v, str) else v for name, v in error.params.items()}
    if isinstance(error, BallotClosed):
        params["closed_at"] = at_moment(error.params.get("moment"))
    reason = params.get("reason")
    if isinstance(reason, str) and len(params) > 1:
        params["reason"] = reason.format(**params)
    return _(type(error).template).format(**params)


def at_moment(value: object) -> str:
    """ "14:05 UTC on 12 October 2024"."""
    if not isinstance(value, datetime):
        return _("an earlier time")
    return _("%(time)s UTC on %(day)s") % {"time": f"{value:%H:%M}", "day": day(value.date())}


def until(value: datetime, time_zone: str) -> str:
    """ "the end of Friday, 4 December 2026", or the hour where it is not the end of a day."""
    there = value.astimezone(ZoneInfo(time_zone))
    if there.time() == time():
        last = there.date() - timedelta(days=1)
        return _("the end of %(day)s") % {"day": format_date(last, "full", current().locale)}
    told = {"time": f"{there:%H:%M}", "day": day(there.date()), "zone": time_zone}
    return _("%(time)s on %(day)s (%(zone)s)") % told


def day(value: date | None) -> str:
    """ "12 October 2024"."""
    return format_date(value, "long", current().locale) if value else _("Day not known")


def number(value: float) -> str:
    """ "12", "12.5", "1,200"."""
    return format_decimal(value, "#,##0.##########", current().locale)
