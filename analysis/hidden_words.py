"""Which words of a text were hidden when it was released. Start at `hidden_words`."""

import re
from difflib import SequenceMatcher

_PART = re.compile(r"\[[^\]\n]{1,40}\]|[^\W_]+")
_STAND_IN = "["
SHORTEST = 3


def hidden_words(heard: str, released: str) -> frozenset[str]:
    """Words that stand in the text as heard where the released one has a stand-in.

    Parameters
    ----------
    heard, released
        A text before and after stretches of it were hidden, as "[name]" or "[place]".

    Returns
    -------
    The words in small letters, those of three letters or more that the release says nowhere.

    >>> sorted(hidden_words("Ask Ann Lee in Tucson.", "Ask [name] in [place]."))
    ['ann', 'lee', 'tucson']
    >>> sorted(hidden_words("We ask Ann.", "We asked Ann."))
    []
    """
    before, after = _PART.findall(heard), _PART.findall(released)
    if not any(part.startswith(_STAND_IN) for part in after):
        return frozenset()
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    hidden = {
        word.casefold()
        for _, start, end, at, until in matcher.get_opcodes()
        if any(part.startswith(_STAND_IN) for part in after[at:until])
        for word in before[start:end]
    }
    left = {part.casefold() for part in after}
    return frozenset(word for word in hidden - left if len(word) >= SHORTEST)
