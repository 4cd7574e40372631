"""The patterns that stood here before anything was learned: a peer of `analysis.proposals`.

Three kinds of pattern, each worth what its form promises. See `matches`.
"""

import re

_PLAIN = 0.9
_WISH = 0.7
_QUESTION = 0.6
_PROPOSES_FROM = 0.5
_PAST_FACTOR = 0.4

_WE = (
    r"(?:we|you|they|people|everyone|everybody|someone|somebody|the \w+(?: \w+)?|"
    r"clinics|clinicians)"
)
_PATTERNS: tuple[tuple[float, str], ...] = (
    (_PLAIN, rf"\b{_WE} (?:really |also |probably |definitely )?(?:should|ought to|must)\b"),
    (_PLAIN, r"\bthere (?:really )?(?:should|must|ought to|has to|needs to) be\b"),
    (_PLAIN, r"\b(?:should|must|ought to) (?:also )?be \w+(?:ed|en|de|ne)\b"),
    (_PLAIN, r"\b(?:i|we)(?:'d| would| do)? (?:\w+ly )?(?:recommend|suggest|propose|urge)\b"),
    (_PLAIN, r"\bmy (?:recommendation|suggestion|proposal)\b"),
    (_PLAIN, r"\blet(?:'s| us)\b(?! (?:see|say|me|take a break|get started|move on))"),
    (
        _PLAIN,
        r"^(?:create|develop|build|establish|provide|offer|fund|train|make|expand|set up|start)\b",
    ),
    (
        _WISH,
        r"\bit (?:would|might|could) (?:\w+ )?(?:help|be (?:\w+ )?\w+)\b.{0,20}\b(?:if|to|for)\b",
    ),
    (_WISH, rf"\b{_WE} (?:really |do |also )?(?:need|needs|have|has)(?: got)? to\b"),
    (
        _WISH,
        r"\b(?:i|we)(?:'d| would) (?:\w+ )?(?:like|love|want|prefer) (?:to see|it if|you to)\b",
    ),
    (_WISH, rf"\b(?:i wish|if only|i hope) {_WE}\b"),
    (_WISH, rf"\b{_WE} (?:could|might|may want to|might want to)\b"),
    (_WISH, r"\bone (?:thing|option|idea|way)\b.{0,30}\b(?:would|could|is|might)\b"),
    (_QUESTION, r"\b(?:could|can|should|shouldn't|couldn't|can't|why don't|why not) we\b"),
    (_QUESTION, r"\b(?:what|how) (?:if|about)\b|\bwould it (?:\w+ )?(?:be|help|make)\b"),
)
_COMPILED = tuple((worth, re.compile(pattern, re.IGNORECASE)) for worth, pattern in _PATTERNS)
_PAST = re.compile(
    r"\b(?:should|could|must|might) (?:not |n't )?have\b|\bhad to\b|\bdidn't have to\b|"
    r"\b(?:can we|could we|should we) (?:get started|move on|start|begin|take a break|hear|see)\b",
    re.IGNORECASE,
)


def matches(text: str) -> bool:
    """Whether a sentence has the form of a proposal, and does not tell of the past."""
    plain = text.replace("’", "'").strip()
    worths = [worth for worth, pattern in _COMPILED if pattern.search(plain)]
    if not worths:
        return False
    return max(worths) * (_PAST_FACTOR if _PAST.search(plain) else 1.0) >= _PROPOSES_FROM
