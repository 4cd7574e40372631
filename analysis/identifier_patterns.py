"""Identifiers that can be told by how they are written. Start at `PATTERNS`.

Each pattern takes time in proportion to the text, whatever the text: every repetition is bounded
or cannot begin where the one before it could have gone on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.identifiers import IdentifierKind, Suggestion

_TLD = (
    "com|org|net|edu|gov|mil|io|info|biz|health|care|us|uk|ca|de|fr|eu|au|nz|ie|in|mx|es|it|pl|"
    "co|app|dev|me|tv|ai"
)
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)


@dataclass(frozen=True)
class Pattern:
    """How an identifier of a kind is written; ``what`` ends "looks like …"."""

    kind: IdentifierKind
    what: str
    expression: re.Pattern[str]
    sureness: float


def _pattern(kind: IdentifierKind, what: str, expression: str, sureness: float) -> Pattern:
    return Pattern(kind, what, re.compile(expression, re.IGNORECASE), sureness)


PATTERNS: tuple[Pattern, ...] = (
    _pattern(
        IdentifierKind.EMAIL,
        "an e-mail address",
        r"(?<![\w.+-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![a-z])",
        0.99,
    ),
    _pattern(IdentifierKind.WEB, "a web address", r"\bhttps?://[^\s<>\"”]{1,2000}", 0.99),
    _pattern(
        IdentifierKind.WEB,
        "a web address",
        rf"(?<![\w.@-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}(?:{_TLD})(?![\w@-])(?:/[^\s<>\"”,;]{{0,2000}})?",
        0.95,
    ),
    _pattern(
        IdentifierKind.INTERNET,
        "an internet address",
        r"(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d])",
        0.97,
    ),
    _pattern(
        IdentifierKind.INTERNET,
        "an internet address",
        r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![\w:])",
        0.95,
    ),
    _pattern(
        IdentifierKind.SOCIAL_SECURITY,
        "a social security number",
        r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])",
        0.98,
    ),
    _pattern(
        IdentifierKind.PHONE,
        "a phone number",
        r"(?<![\w.-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-]?)\d{3}[ .-]?\d{4}(?![\d-])"
        r"(?: ?(?:x|ext\.?|extension) ?\d{1,6})?",
        0.95,
    ),
    _pattern(IdentifierKind.PHONE, "a phone number", r"(?<![\w.-])\d{3}[.-]\d{4}(?![\w-])", 0.85),
    _pattern(
        IdentifierKind.MEDICAL,
        "a Medicare number",
        r"\b[1-9][a-z][a-z0-9]\d-?[a-z][a-z0-9]\d-?[a-z]{2}\d{2}\b",
        0.98,
    ),
    _pattern(IdentifierKind.TRIAL, "a trial's number", r"\bnct[ -]?\d{4,8}\b", 0.99),
    _pattern(
        IdentifierKind.ADDRESS,
        "a ZIP code",
        r"(?<![\w.,$€£-])\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)",
        0.7,
    ),
    _pattern(IdentifierKind.ADDRESS, "a post office box", r"\bp\.? ?o\.? ?box \d{1,8}\b", 0.97),
    _pattern(
        IdentifierKind.VEHICLE,
        "a vehicle's number",
        r"\b(?=[a-z]{0,16}\d)(?=\d{0,16}[a-z])[a-hj-npr-z0-9]{17}\b",
        0.9,
    ),
    _pattern(
        IdentifierKind.DATE,
        "a date",
        r"(?<![\w./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2})"
        r"|\d{1,2}\.\d{1,2}\.\d{4}|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\w/-]|\.\d)",
        0.9,
    ),
    _pattern(
        IdentifierKind.DATE,
        "a date",
        rf"\b(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b\.?(?:,? (?:of )?\d{{4}}\b)?",
        0.95,
    ),
    _pattern(
        IdentifierKind.DATE,
        "a date",
        rf"\b(?:{_MONTH})\b\.?(?: the)? (?:\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)"
        rf"(?:,? (?:of )?\d{{4}}\b)?|(?:of )?(?:19|20)\d\d\b)",
        0.95,
    ),
    _pattern(
        IdentifierKind.CODE,
        "a number that stands for somebody",
        r"(?<![\w.,$€£-])(?=[\w-]{0,30}\d[\w-]{0,30}\d[\w-]{0,30}\d)[a-z0-9]{1,12}(?:-[a-z0-9]{2,12}){1,5}(?![\w-])"
        r"(?<=\d)",
        0.5,
    ),
    _pattern(
        IdentifierKind.CODE,
        "a long number",
        r"(?<![\w.,$€£-])(?:[a-z]{0,4}\d{6,24}|\d{3,8}[a-z]{1,4}\d{1,24})(?![\w-]|[.,]\d)",
        0.6,
    ),
)


def written_identifiers(text: str) -> Iterator[Suggestion]:
    """Every stretch that one of the patterns fits.

    >>> [one.kind.value for one in written_identifiers("Write to ann@example.org by 3/4/2021.")]
    ['e-mail address', 'date']
    """
    for pattern in PATTERNS:
        for match in pattern.expression.finditer(text):
            end = match.end() - (match[0][-1] in ".,;:!?)" and pattern.kind is IdentifierKind.WEB)
            yield Suggestion(
                match.start(), end, pattern.kind, f"looks like {pattern.what}", pattern.sureness
            )
