"""Sentences that propose something. Start at `proposal_strength`.

How it was made: by hand, from how English proposes. Three kinds of pattern, each worth what its
form promises: a plain proposal ("we should", "I recommend", "let's"), a wish for a change ("it
would help if", "we need to"), and a question that offers one ("could we", "what if"). A sentence
that tells of the past or reports what somebody else should have done is worth less. Nothing was
learned from data, so there is no artefact; the numbers it reaches are measured elsewhere.
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


def proposal_strength(text: str) -> float:
    """How much the form of a sentence proposes something, 0 (not at all) to 1.

    >>> proposal_strength("We should lend devices early."), proposal_strength("It rained.")
    (0.9, 0.0)
    """
    plain = text.replace("’", "'").strip()
    worths = [worth for worth, pattern in _COMPILED if pattern.search(plain)]
    if not worths:
        return 0.0
    return max(worths) * (_PAST_FACTOR if _PAST.search(plain) else 1.0)


def is_proposal(text: str) -> bool:
    """Whether a sentence proposes something."""
    return proposal_strength(text) >= _PROPOSES_FROM
