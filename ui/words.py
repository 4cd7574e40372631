"""Numbers, dates and times as people say them. Start at `people_say`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def people_say(n: int, of: int, *, noun: str = "people") -> str:
    """A number with its denominator: "18 of 24 people"."""
    return f"{n} of {of} {noun}"


def count(n: int, one: str, many: str = "") -> str:
    """ "1 quote", "3 quotes", "no quotes"."""
    many = many or f"{one}s"
    if n == 0:
        return f"no {many}"
    return f"{n} {one if n == 1 else many}"


def spelled(n: int) -> str:
    """Small numbers as words, for the middle of a sentence."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)


def share(value: float) -> str:
    """A share of one as whole percent; what is not zero never reads as zero."""
    if 0 < value < 0.005:
        return "under 1 %"
    return f"{round(value * 100)} %"


def clock(seconds: float | None) -> str:
    """A place in a recording: "1:02:33", "4:05"; empty when it is unknown."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def lasting(seconds: float) -> str:
    """How long something took: "1 hour 29 minutes"; under a minute counts as one."""
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    told = [count(hours, "hour")] if hours else []
    return " ".join([*told, *([count(minutes, "minute")] if minutes else [])])


def day(value: date | None) -> str:
    """ "12 October 2024"."""
    return f"{value.day} {value:%B %Y}" if value else "no date yet"


def moment(value: datetime) -> str:
    """ "12 October 2024, 10:42 UTC"."""
    return f"{day(value.date())}, {value.astimezone(UTC):%H:%M} UTC"


def until(value: datetime, time_zone: str) -> str:
    """ "the end of Friday, 4 December 2026 (UTC)", or the hour where no day ends."""
    there = value.astimezone(ZoneInfo(time_zone))
    if there.time() == time():
        return f"the end of {day_of(value - timedelta(hours=1), time_zone)}"
    return f"{there:%H:%M} on {day_of(value, time_zone)}"


def day_of(value: datetime, time_zone: str) -> str:
    """ "Friday, 4 December 2026 (UTC)"."""
    there = value.astimezone(ZoneInfo(time_zone)).date()
    return f"{there:%A}, {day(there)} ({time_zone})"


def month(value: date | None) -> str:
    """ "October 2024"."""
    return f"{value:%B %Y}" if value else "no date yet"


def age(months: int | None) -> str:
    """How long ago, in the words of a meeting: "this month", "7 months", "2 years 3 months"."""
    if months is None:
        return "unknown"
    if months <= 0:
        return "this month"
    if months < 24:
        return count(months, "month")
    years, rest = divmod(months, 12)
    return f"{count(years, 'year')} {count(rest, 'month')}" if rest else count(years, "year")


def number(value: float | None) -> str:
    """A measured value without digits that say nothing."""
    if value is None:
        return "none yet"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence_case(text: str) -> str:
    """First letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
