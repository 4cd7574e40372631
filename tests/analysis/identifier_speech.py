"""How written words sound, and how a machine mishears them. Start at `read_out`."""

import random
import re

DIGITS = dict(
    zip(
        "0123456789",
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        strict=True,
    )
)
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = [
    "_",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
SIGNS = {
    "@": "at", ".": "dot", "-": "dash", "_": "underscore", "/": "slash", ":": "colon", "+": "plus"
}  # fmt: skip
CODES = {"mbi", "mrn", "plan", "account", "licence", "vehicle", "device", "trial", "ip", "ssn"}
SOUND_ALIKE = {
    "their": "there", "there": "their", "to": "too", "for": "four", "know": "no", "our": "hour",
    "write": "right", "two": "to", "hear": "here", "your": "you're", "its": "it's", "we're": "were",
    "wait": "weight", "meet": "meat", "week": "weak", "weeks": "weaks", "tube": "tubes",
}  # fmt: skip
A_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
HOW_OFTEN = 0.15
DROPPED = 0.03
DROPPED_IN_NAMES = 0.3


def write_plainly(said: str) -> str:
    """Lower case, without the marks that end parts of a sentence."""
    bare = re.sub(r"[.,;:?!]+(?=\s|$)", "", said.lower())
    return re.sub(r'["“”()]', "", bare)


def read_out(kind: str, written: str) -> str | None:
    """The identifier as a transcript has it that was never seen in writing; None if it has none."""
    if kind in ("email", "url"):
        return _address(written)
    if kind in ("phone", "zip"):
        return " ".join(DIGITS[sign] for sign in written if sign.isdigit())
    if kind in CODES:
        return " ".join(_sign(sign) for sign in written.lower() if _sign(sign))
    if kind == "age":
        return _number(int(written))
    if kind == "date":
        return _date(written)
    if kind == "street":
        return re.sub(r"\d+", lambda n: _house_number(n[0]), write_plainly(written))
    return None


def mishear(chance: random.Random, heard: str) -> str:
    """Some words become others that sound alike, some lose a letter."""

    def change(word: re.Match[str]) -> str:
        if word[0] in SOUND_ALIKE and chance.random() < HOW_OFTEN:
            return SOUND_ALIKE[word[0]]
        if len(word[0]) > 4 and chance.random() < DROPPED:
            at = chance.randrange(1, len(word[0]))
            return word[0][:at] + word[0][at + 1 :]
        return word[0]

    return A_WORD.sub(change, heard)


def mishear_name(chance: random.Random, heard: str) -> str:
    """A third of the names of five letters and more lose one."""

    def change(word: re.Match[str]) -> str:
        if len(word[0]) < 5 or chance.random() > DROPPED_IN_NAMES:
            return word[0]
        at = chance.randrange(1, len(word[0]))
        return word[0][:at] + word[0][at + 1 :]

    return A_WORD.sub(change, heard)


def _sign(sign: str) -> str:
    return DIGITS.get(sign) or ("dot" if sign == "." else sign if sign.isalpha() else "")


def _address(written: str) -> str:
    bare = written.lower().removeprefix("https://").rstrip("/")
    parts = re.findall(r"[a-z]+|\d|[@._/+:-]", bare)
    return " ".join(DIGITS.get(part) or SIGNS.get(part) or part for part in parts)


def _number(n: int) -> str:
    if n >= 100:
        rest = f" and {_number(n - 100)}" if n > 100 else ""
        return f"a hundred{rest}"
    if n >= 20:
        return TENS[n // 10] + (f" {DIGITS[str(n % 10)]}" if n % 10 else "")
    return TEENS[n - 10] if n >= 10 else DIGITS[str(n)]


def _house_number(digits: str) -> str:
    """ "four twelve", "one oh five", "twelve thirty four"."""
    if len(digits) == 3 and digits[1] != "0":
        return f"{DIGITS[digits[0]]} {_number(int(digits[1:]))}"
    if len(digits) == 4 and "0" not in (digits[0], digits[2]):
        return f"{_number(int(digits[:2]))} {_number(int(digits[2:]))}"
    return " ".join("oh" if d == "0" and n else DIGITS[d] for n, d in enumerate(digits))


def _nth(n: int) -> str:
    if n <= 20:
        return ORDINALS[n]
    return "thirtieth" if n == 30 else f"{TENS[n // 10]} {ORDINALS[n % 10]}"


def _year(digits: str) -> str:
    n = int(digits[2:])
    return f"two thousand {_number(n)}" if n < 10 else f"twenty {_number(n)}"


def _date(written: str) -> str:
    year = next(iter(re.findall(r"\d{4}", written)), "")
    told = f" {_year(year)}" if year else ""
    numbers = [int(n) for n in re.findall(r"\d+", written) if len(n) < 3]
    named = [m for m in MONTHS if m[:3] in written.lower()]
    if not named:
        month, day = numbers
        return f"{MONTHS[month - 1]} {_nth(day)}{told}"
    if not numbers:
        return named[0] + told
    if written.startswith("the "):
        return f"the {_nth(numbers[0])} of {named[0]}"
    return f"{named[0]} {_nth(numbers[0])}{told}"
