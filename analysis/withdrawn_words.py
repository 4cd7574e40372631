"""What a text keeps when somebody's words are taken out of it. Start at `without_copies`."""

import re
from collections.abc import Iterable, Set

from analysis.passages import sentences

MARK = "[withdrawn]"
COPIED_WORDS = 8
"""So many words in a row, the same as somebody said, are taken for a copy."""
FEWEST_WORDS = 4
"""A turn of fewer is only found where it is the whole text: anybody may say "yes, please"."""
_NAMED_BY = 2

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, marks left out.

    >>> words_of("Cough-assist: DENIED, twice")
    ['cough', 'assist', 'denied', 'twice']
    """
    return [match[0].casefold() for match in _WORD.finditer(text)]


def said_nowhere_else(gone: Iterable[str], left: Iterable[str]) -> frozenset[str]:
    """Words of the texts that go which none of the texts that stay holds.

    >>> sorted(said_nowhere_else(["The plover mask"], ["a mask", "the night"]))
    ['plover']
    """
    return frozenset(w for text in gone for w in words_of(text)) - {
        w for text in left for w in words_of(text)
    }


def without_copies(text: str, gone: Iterable[str]) -> str:
    """The text with every stretch that was copied from `gone` replaced; empty if no word is left.

    >>> said = "Lend every family a cough machine before they ask for one."
    >>> without_copies("Lend every family a cough machine before they ask for one, free.", [said])
    '[withdrawn], free.'
    >>> without_copies("lend every family a cough machine before they ask for one", [said])
    ''
    >>> without_copies("lend a chair", ["It rained. Lend a chair! Nobody came."])
    ''
    >>> without_copies("Lend every family a chair.", [said])
    'Lend every family a chair.'
    """
    matches = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in matches]
    copied: set[int] = set()
    for one in gone:
        copied |= _places(words, words_of(one))
        # A draft may be one short sentence of a longer turn.
        if any(words == words_of(one[start:end]) for start, end in sentences(one)):
            return ""
    if not copied:
        return text
    if len(copied) == len(words):
        return ""
    return _marked(text, [(m.start(), m.end(), n in copied) for n, m in enumerate(matches)])


def repeats(text: str, gone: Iterable[str], left: Iterable[str]) -> bool:
    """Whether a text is a stretch of what is gone that nothing which is left says too.

    >>> repeats("Plover clamp", ["My plover clamp leaks."], ["Masks leak."])
    True
    >>> repeats("Plover clamp", ["My plover clamp leaks."], ["A plover clamp is dear."])
    False
    """
    wanted = f" {' '.join(words_of(text))} "
    if not wanted.strip():
        return False
    return _says(gone, wanted) and not _says(left, wanted)


def _says(texts: Iterable[str], wanted: str) -> bool:
    return any(wanted in f" {' '.join(words_of(text))} " for text in texts)


def without_words(text: str, gone: Set[str]) -> str:
    """The text with each of the words that are gone replaced.

    >>> without_words("Ask Ann about plover masks.", {"ann", "plover"})
    'Ask [withdrawn] about [withdrawn] masks.'
    """
    return _WORD.sub(lambda found: MARK if found[0].casefold() in gone else found[0], text)


def renamed(name: str, key_words: str, gone: Set[str], otherwise: str) -> tuple[str, str]:
    """A theme's name and key words without any of the words that are gone.

    >>> renamed("Plover mask and nights", "plover mask, nights, fitting", {"plover"}, "Few words")
    ('Nights and fitting', 'nights, fitting')
    """
    kept = [word for word in key_words.split(", ") if word and gone.isdisjoint(words_of(word))]
    if gone.isdisjoint(words_of(name)):
        return name, ", ".join(kept)
    new = " and ".join(kept[:_NAMED_BY]) or otherwise
    return new[:1].upper() + new[1:], ", ".join(kept)


def _places(words: list[str], copied: list[str]) -> set[int]:
    """Places in `words` of what is copied."""
    if not copied or (len(copied) < FEWEST_WORDS and words != copied):
        return set()
    length = min(COPIED_WORDS, len(copied))
    runs = {tuple(copied[i : i + length]) for i in range(len(copied) - length + 1)}
    return {
        place
        for i in range(len(words) - length + 1)
        if tuple(words[i : i + length]) in runs
        for place in range(i, i + length)
    }


def _marked(text: str, spans: list[tuple[int, int, bool]]) -> str:
    """Each run of copied words becomes one mark; what stands between words that stay, stays."""
    parts, at, is_inside = [], 0, False
    for start, end, is_copied in spans:
        if is_copied and not is_inside:
            parts += [text[at:start], MARK]
        elif not is_copied:
            parts.append(text[at:end])
        at, is_inside = end, is_copied
    return "".join([*parts, text[at:]])
