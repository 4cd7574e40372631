"""Whether words say no, and whether they tell of good or of harm. Start at `tone`.

Made by hand, from general English: nothing was learned from data. Words are matched without
their endings, so that "harms", "harmed" and "harmful" are one.
"""

import re

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_REACH = 3
"""So many words after a "not" are turned around by it."""

_DENIALS = "not no never none nobody nothing neither nor cannot without lack lacks lacking hardly"
_GOOD = (
    "accessible adopt allow beneficial benefit better cheap convenient create creates creating "
    "deserve earlier easier easy effective efficient enable encourage encourages encouraging "
    "ensure ensures fair freedom gain gains good great healthy healthier help helps helpful "
    "helping higher important improve improves improving improvement increase increases increased "
    "increasing independence introduce keep legal legalize maintain necessary peace permit "
    "positive promote promotes promoting protect protects protecting protection provide provides "
    "raise raises raised raising right rights safe safer safety save saves saving solve solves "
    "strengthen strengthens success successful support supports supporting useful valuable"
)
_HARM = (
    "abandon abolish abuse abused bad ban banned bans barrier burden corrupt cost costly costs "
    "cruel damage damages damaging danger dangerous dangers decrease decreases destroy destroys "
    "difficult discourage discourages discriminate discrimination end exploit exploited "
    "expensive fail failed fails failure fewer harm harmful harming harms hurt hurting hurts "
    "illegal immoral impossible ineffective inhumane inequality lose loses losing loss lower "
    "misuse negative oppose outdated overload pointless prevent prevents prohibit problem problems "
    "reduce reduced reduces reducing remove restrict restricts risk risks risky stop suffer "
    "suffering threat threaten threatens undermine undermines unethical unfair unhealthy "
    "unnecessary unsafe useless violate violates violence waste wasteful weaken weakens worse "
    "worsen worsens wrong"
)
_NO = frozenset(_DENIALS.split())
_WORTH = dict.fromkeys(_GOOD.split(), 1) | dict.fromkeys(_HARM.split(), -1)


def tone(text: str) -> int:
    """Words for good less words for harm; a "not" turns what stands close behind it.

    >>> tone("It helps families and is not expensive"), tone("It will not help")
    (2, -1)
    """
    total, n_left = 0, 0
    for word in _words(text):
        if _is_no(word):
            n_left = _REACH
            continue
        worth = _WORTH.get(word, 0)
        total += -worth if n_left > 0 else worth
        n_left -= 1
    return total


def is_denied(text: str) -> bool:
    """Whether an odd number of words say no, as in "should not" and unlike "not without".

    >>> is_denied("Insurers should not wait"), is_denied("Insurers should wait")
    (True, False)
    """
    return sum(map(_is_no, _words(text))) % 2 == 1


def _is_no(word: str) -> bool:
    return word in _NO or word.endswith("n't")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("\u2019", "'"))
