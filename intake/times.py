"""Times as transcripts write them, to seconds. Start at `read_time`."""

import re

TIME = r"(?:\d{1,4}:)?\d{1,4}:\d{1,2}(?:[.,]\d{1,9})?"
_PARTS = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?")
_PLAIN_SECONDS = re.compile(r"\d{1,7}(?:[.,]\d{1,20})?")


def read_time(written: str) -> float | None:
    """Seconds of "1:02:03.5", "02:03", "0:0:4.430" or "75:12"; None where it is no time."""
    match = _PARTS.fullmatch(written.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return float(f"{whole}.{fraction or 0}")


def read_time_or_seconds(written: str) -> float | None:
    """Like `read_time`, and plain seconds such as "12.5" as spreadsheets hold them."""
    cleaned = written.strip().removesuffix("s").strip()
    if _PLAIN_SECONDS.fullmatch(cleaned):
        return float(cleaned.replace(",", "."))
    return read_time(cleaned)


def show_time(seconds: float) -> str:
    """The time as people read it: "1:02:03"."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
