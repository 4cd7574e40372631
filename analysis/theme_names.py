"""Names for themes from the words that people used. Start at `name_themes`.

A phrase can name a theme if it is said often there and seldom elsewhere (`name_candidates`) and
means what the theme means (`name_choice`). A name is one such phrase, or two joined by "and" where
two say better what the theme means. Weights were first chosen by reading the names of the sample's
themes and of three meetings of QMSum (train); `name_choice` tells what was measured since.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.name_candidates import Floats, Phrase, worths
from analysis.name_choice import Embed, Place, by_meaning, options
from analysis.name_phrases import (
    clauses_of,
    forget_words,
    nouns_of,
    phrases_of,
    phrases_of_clause,
    telling_stems,
    usual_spelling,
)
from analysis.name_search import Search

NO_NAME = "Few words in common"

_MOST_KEY_WORDS = 8
# From this share of common words on, two names are alike.
_ALIKE = 0.6


@dataclass(frozen=True)
class ThemeName:
    """A name, unlike every other theme's, and the theme's words, the most telling first."""

    name: str
    key_words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Said:
    """The phrases of each text that a name may be made of, and how each word is mostly written.

    ``nouns``: the words that somebody used as a noun.
    """

    phrases: Sequence[Set[str]]
    spelling: Mapping[str, str]
    nouns: Set[str]


def name_themes(
    texts: Sequence[str],
    labels: NDArray[np.intp],
    *,
    vectors: NDArray[np.floating] | None = None,
    embed: Embed | None = None,
    unsaid: Set[str] = frozenset(),
) -> list[ThemeName]:
    """Name each theme with two to five words.

    Parameters
    ----------
    texts
        What was said, n_passages of them.
    labels
        Shape (n_passages,): the theme of each, 0 and up, -1 for none.
    vectors
        Shape (n_passages, n_dims): the passages' meanings; with ``embed``, names are chosen by
        meaning, otherwise by how often they are said alone.
    embed
        Turns phrases into unit vectors of the same space, shape (n_phrases, n_dims).
    unsaid
        Words in small letters that no name may hold, such as the names of people.

    Returns
    -------
    One name per theme, in the order of the numbers, no two alike. A theme whose people used only
    one telling word has that word alone; one without any is called `NO_NAME`, with a number from
    the second on.
    """
    said = read_phrases(texts, unsaid)
    return name_levels(said, [labels], vectors=vectors, embed=embed)[0]


def read_phrases(texts: Sequence[str], unsaid: Set[str] = frozenset()) -> Said:
    """What the texts give to names, whatever themes they are in; without the words in `unsaid`."""
    # A phrase counts once a passage: one person who repeats it does not name the theme.
    clauses = [list(clauses_of(text)) for text in texts]
    phrases = [
        {
            phrase
            for clause in of_text
            for phrase in phrases_of_clause(clause)
            if unsaid.isdisjoint(phrase.split())
        }
        for of_text in clauses
    ]
    every_clause = [clause for of_text in clauses for clause in of_text]
    return Said(phrases, usual_spelling(every_clause), nouns_of(every_clause))


def name_levels(
    said: Said,
    levels: Sequence[NDArray[np.intp]],
    *,
    vectors: NDArray[np.floating] | None = None,
    embed: Embed | None = None,
) -> list[list[ThemeName]]:
    """As `name_themes` for each of several groupings of the same texts."""
    try:
        return [_named(said, labels, vectors, embed) for labels in levels]
    finally:
        forget_words()


def _named(
    said: Said,
    labels: NDArray[np.intp],
    vectors: NDArray[np.floating] | None,
    embed: Embed | None,
) -> list[ThemeName]:
    n_themes = int(labels.max(initial=-1)) + 1
    counts: list[Counter[str]] = [Counter() for _ in range(n_themes)]
    for phrases, theme in zip(said.phrases, labels.tolist(), strict=True):
        if theme >= 0:
            counts[theme].update(phrases)
    ranked = worths(counts, np.bincount(labels[labels >= 0], minlength=n_themes))
    search = None
    if embed is not None and vectors is not None and n_themes:
        centres = _centres(vectors, labels, n_themes)
        ranked = by_meaning(ranked, counts, centres, embed, said.nouns)
        is_in = labels >= 0
        search = Search(np.asarray(vectors[is_in], dtype=np.float32), labels[is_in])
    taken: list[frozenset[str]] = []
    names: set[str] = set()
    return [
        _name(phrases, Place(theme, search), said.spelling, (taken, names))
        for theme, phrases in enumerate(ranked)
    ]


def phrases_in(text: str) -> frozenset[str]:
    """Every phrase of a text that could be weighed as a name, as it is given to the model."""
    return frozenset(phrases_of(text))


def _centres(vectors: NDArray[np.floating], labels: NDArray[np.intp], n_themes: int) -> Floats:
    rows = np.asarray(vectors, dtype=np.float64)
    means = np.stack([rows[labels == theme].mean(axis=0) for theme in range(n_themes)])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.where(lengths == 0, 1, lengths))


def _written(phrase: str, spelling: Mapping[str, str]) -> str:
    return " ".join(spelling[word] for word in phrase.split())


def _name(
    phrases: list[Phrase],
    place: Place,
    spelling: Mapping[str, str],
    others: tuple[list[frozenset[str]], set[str]],
) -> ThemeName:
    taken, names = others
    for parts in options(phrases, place):
        told = frozenset().union(*(telling_stems(part.words) for part in parts))
        name = joined([_written(part.words, spelling) for part in parts])
        if name.lower() in names or any(_is_alike(told, other) for other in taken):
            continue
        taken.append(told)
        names.add(name.lower())
        return ThemeName(name, _key_words(parts, phrases, spelling))
    words = _key_words([], phrases, spelling)
    return ThemeName(numbered(joined(list(words[:1])) or NO_NAME, names), words)


def _is_alike(told: frozenset[str], other: frozenset[str]) -> bool:
    return len(told & other) >= _ALIKE * len(told | other)


def _key_words(
    parts: list[Phrase], phrases: list[Phrase], spelling: Mapping[str, str]
) -> tuple[str, ...]:
    """The name's phrases, then those of which none shares a word with a better one."""
    chosen = [part.words for part in parts]
    seen = {s for words in chosen for s in telling_stems(words)}
    for phrase in phrases:
        stems = telling_stems(phrase.words)
        if not stems & seen:
            chosen.append(phrase.words)
            seen |= stems
        if len(chosen) >= _MOST_KEY_WORDS:
            break
    return tuple(_written(words, spelling) for words in chosen)


def joined(parts: Sequence[str]) -> str:
    """Phrases as one name.

    >>> joined(["cough machine", "mask", "nights"])
    'Cough machine, mask and nights'
    """
    name = (
        parts[0]
        if len(parts) == 1
        else ", ".join(parts[:-1]) + " and " + parts[-1]
        if parts
        else ""
    )
    return name[:1].upper() + name[1:]


def numbered(name: str, taken: set[str]) -> str:
    """The name, with a number if it is taken; it is taken from then on."""
    number = 1
    candidate = name
    while candidate.lower() in taken:
        number += 1
        candidate = f"{name} ({number})"
    taken.add(candidate.lower())
    return candidate
