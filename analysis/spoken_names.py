"""Names of themes without words that nobody says any more who may be quoted. Start at `still_said`.

A theme is named with people's own words. When somebody takes their words back, or agreed only to
be counted, a phrase of theirs alone must not stand as a name: the name falls back to what others
said too.
"""

import re
from collections.abc import Sequence

from analysis.name_phrases import TYPISTS_MARK
from analysis.theme_names import NO_NAME, ThemeName, joined, numbered

N_PHRASES = 2
"""Of so many phrases a name is made when the first one cannot be shown."""

_NUMBER = re.compile(r" \(\d+\)$")
# Between two words of a phrase no clause ends: what `name_phrases` takes for one.
_ENDS_A_CLAUSE = frozenset('.!?,;:()"“”\n')


def still_said(names: Sequence[ThemeName], texts: Sequence[Sequence[str]]) -> list[ThemeName]:
    """Each name as it may be shown, in the same order and no two alike.

    Parameters
    ----------
    names
        Names and key words as they were found.
    texts
        For each theme the words in it that may be quoted now.

    >>> name = ThemeName("Plover mask and nights", ("plover mask", "nights", "fitting"))
    >>> still_said([name], [["Nights are long.", "No fitting at home."]])
    [ThemeName(name='Nights and fitting', key_words=('nights', 'fitting'))]
    """
    plain = [_plain(said) for said in texts]
    stays = [
        all(_is_said(part, said) for part in _parts(name))
        for name, said in zip(names, plain, strict=True)
    ]
    taken = {name.name.lower() for name, is_said in zip(names, stays, strict=True) if is_said}
    shown = []
    for name, said, is_said in zip(names, plain, stays, strict=True):
        kept = tuple(phrase for phrase in name.key_words if _is_said(phrase, said))
        new = name.name if is_said else numbered(joined(kept[:N_PHRASES]) or NO_NAME, taken)
        shown.append(ThemeName(new, kept))
    return shown


def _parts(found: ThemeName) -> tuple[str, ...]:
    """The phrases that a name was made of; a name that was not made so must be said as a whole."""
    name = _NUMBER.sub("", found.name)
    if name == NO_NAME:
        return ()
    for n in range(1, len(found.key_words) + 1):
        if joined(found.key_words[:n]) == name:
            return found.key_words[:n]
    return (name,)


def _is_said(phrase: str, said: str) -> bool:
    """Whether the words stand there side by side, each as a whole.

    As searching for ``(?<!\\w)word[^\\w.!?,;:()"“”\\n]+word(?!\\w)``, without compiling an
    expression for each of the hundreds of phrases of a page.
    """
    words = _plain([phrase]).split()
    start = said.find(words[0]) if words else -1
    while start >= 0:
        if not (start and _is_of_word(said[start - 1])) and _goes_on(words, said, start):
            return True
        start = said.find(words[0], start + 1)
    return False


def _goes_on(words: Sequence[str], said: str, start: int) -> bool:
    end = start + len(words[0])
    for word in words[1:]:
        begin = end
        while begin < len(said) and not (_is_of_word(said[begin]) or said[begin] in _ENDS_A_CLAUSE):
            begin += 1
        if begin == end or not said.startswith(word, begin):
            return False
        end = begin + len(word)
    return end == len(said) or not _is_of_word(said[end])


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _plain(texts: Sequence[str]) -> str:
    told = "\n".join(TYPISTS_MARK.sub(". ", text) for text in texts)
    return told.lower().replace("’", "'")
