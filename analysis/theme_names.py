"""Names for themes from the words that people used. Start at `name_themes`.

A phrase can name a theme if it is said often there and seldom elsewhere: class-based TF-IDF
(Grootendorst 2022, equation 2) over phrases that really occur side by side (`name_phrases`). Of
these, the ones that mean what the theme means are taken: nearest to the theme's centre, far from
the others' (after KeyBERT: Grootendorst 2020). A name is one such phrase, or two joined by "and"
where two say better what the theme means. Weights were chosen by reading the names of the
sample's themes and of three meetings of QMSum (train).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from math import log, log2

import numpy as np
from numpy.typing import NDArray

from analysis.name_phrases import (
    can_be_said_once,
    phrases_of,
    stem,
    telling_stems,
    usual_spelling,
    without_halves,
)

NO_NAME = "Few words in common"

Embed = Callable[[Sequence[str]], NDArray[np.floating]]
Floats = NDArray[np.float64]

_MOST_KEY_WORDS = 8
_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 5
_PHRASE_BONUS = {1: 1.0, 2: 1.9, 3: 2.2, 4: 2.2}
_N_CANDIDATES = 40
# Of so many of the best phrases every pair is tried as a name.
_N_TO_JOIN = 14
# How much a phrase loses for being near another theme too, gains each time it is said by twice as
# many, and gains for being more than a word.
_WEIGHT_OTHERS = 0.5
_WEIGHT_SAID = 0.05
_BONUS = 0.04
# What a name loses if it would be read as another theme's.
_LOSS_ASTRAY = 0.3
# Passages from which on a theme's name must have been said twice.
_LARGE_ENOUGH = 4
# With fewer phrases than this, what was said once may name a theme too.
_FEW = 8
# From this share of common words on, two names are alike.
_ALIKE = 0.6


@dataclass(frozen=True)
class ThemeName:
    """A name, unlike every other theme's, and the theme's words, the most telling first."""

    name: str
    key_words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Phrase:
    """A candidate: what it is worth by itself, and what it means if known.

    ``near`` shape (n_themes,): the cosine of its meaning to each theme's centre.
    """

    words: str
    worth: float
    vector: Floats | None = None
    near: Floats | None = None

    @property
    def n_words(self) -> int:
        return self.words.count(" ") + 1


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
    return name_levels(texts, [labels], vectors=vectors, embed=embed, unsaid=unsaid)[0]


def name_levels(
    texts: Sequence[str],
    levels: Sequence[NDArray[np.intp]],
    *,
    vectors: NDArray[np.floating] | None = None,
    embed: Embed | None = None,
    unsaid: Set[str] = frozenset(),
) -> list[list[ThemeName]]:
    """As `name_themes` for each of several groupings of the same texts, which are read once."""
    # A phrase counts once a passage: one person who repeats it does not name the theme.
    said = [
        {phrase for phrase in phrases_of(text) if unsaid.isdisjoint(phrase.split())}
        for text in texts
    ]
    spelling = usual_spelling(texts)
    return [_named(said, labels, spelling, vectors, embed) for labels in levels]


def _named(
    said: Sequence[Set[str]],
    labels: NDArray[np.intp],
    spelling: dict[str, str],
    vectors: NDArray[np.floating] | None,
    embed: Embed | None,
) -> list[ThemeName]:
    n_themes = int(labels.max(initial=-1)) + 1
    counts: list[Counter[str]] = [Counter() for _ in range(n_themes)]
    for phrases, theme in zip(said, labels, strict=True):
        if theme >= 0:
            counts[theme].update(phrases)
    ranked = _worths(counts, np.bincount(labels[labels >= 0], minlength=n_themes))
    centres = None
    if embed is not None and vectors is not None and n_themes:
        centres = _centres(vectors, labels, n_themes)
        ranked = _by_meaning(ranked, counts, centres, embed)
    taken: list[frozenset[str]] = []
    names: set[str] = set()
    return [
        _name(phrases, _Place(theme, centres is not None), spelling, (taken, names))
        for theme, phrases in enumerate(ranked)
    ]


def phrases_in(text: str) -> frozenset[str]:
    """Every phrase of a text that could be weighed as a name, as it is given to the model."""
    return frozenset(phrases_of(text))


@dataclass(frozen=True, eq=False)
class _Place:
    """A theme among all: how well a meaning stands for it."""

    theme: int
    is_by_meaning: bool

    def fit(self, near: Floats) -> Floats:
        """Of each row of cosines: the one to the theme, less half the next theme's."""
        own = near[:, self.theme]
        others = np.delete(near, self.theme, axis=1).max(axis=1, initial=0.0)
        return np.asarray(own - _WEIGHT_OTHERS * others - _LOSS_ASTRAY * (others >= own))


def _by_meaning(
    ranked: list[list[_Phrase]], counts: list[Counter[str]], centres: Floats, embed: Embed
) -> list[list[_Phrase]]:
    """Rank each theme's best phrases anew by closeness to its centre and by how many said them."""
    ranked = [group[:_N_CANDIDATES] for group in ranked]
    phrases = sorted({phrase.words for group in ranked for phrase in group})
    if not phrases:
        return ranked
    vectors = np.asarray(embed(phrases), dtype=np.float64)
    means = dict(zip(phrases, zip(vectors, vectors @ centres.T, strict=True), strict=True))
    stems = [_stemmed(count) for count in counts]
    everywhere: Counter[str] = sum(stems, Counter())
    found = []
    for theme, group in enumerate(ranked):
        scored = []
        for phrase in group:
            said = stems[theme][stem(phrase.words)]
            often = _WEIGHT_SAID * log2(said) * said / everywhere[stem(phrase.words)]
            scored.append([_Phrase(phrase.words, often, *means[phrase.words])])
        found.append([phrase for (phrase,) in _best_first(scored, _Place(theme, True))])
    return found


def _best_first(options: list[list[_Phrase]], place: _Place) -> list[list[_Phrase]]:
    """Phrases, alone or in twos, by how well they stand for the theme.

    Of two joined phrases the meaning lies between theirs: it needs no new vector.
    """
    if not options:
        return []
    sums, near = (
        np.array([np.sum([getattr(part, kind) for part in parts], axis=0) for parts in options])
        for kind in ("vector", "near")
    )
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    worth = [float(np.mean([part.worth for part in parts])) for parts in options]
    bonus = [_BONUS * (len(parts) == 1 and parts[0].n_words > 1) for parts in options]
    scores = place.fit(near / np.where(lengths == 0, 1, lengths)) + worth + bonus
    order = sorted(
        range(len(options)), key=lambda n: (-round(float(scores[n]), 6), options[n][0].words)
    )
    return [options[n] for n in order]


def _stemmed(count: Counter[str]) -> Counter[str]:
    """How often a phrase was said in its singular or plural."""
    found: Counter[str] = Counter()
    for phrase, n in count.items():
        found[stem(phrase)] += n
    return found


def _centres(vectors: NDArray[np.floating], labels: NDArray[np.intp], n_themes: int) -> Floats:
    rows = np.asarray(vectors, dtype=np.float64)
    means = np.stack([rows[labels == theme].mean(axis=0) for theme in range(n_themes)])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.where(lengths == 0, 1, lengths))


def _written(phrase: str, spelling: dict[str, str]) -> str:
    return " ".join(spelling[word] for word in phrase.split())


def _worths(counts: list[Counter[str]], sizes: NDArray[np.intp]) -> list[list[_Phrase]]:
    """Per theme its phrases with their worth, best first, ties in the order of the alphabet."""
    everywhere: Counter[str] = Counter()
    for count in counts:
        everywhere.update(count)
    mean_size = float(sizes.mean()) if len(sizes) else 0.0
    worths = []
    for count, size in zip(counts, sizes, strict=True):
        worth = [
            _Phrase(phrase, n / size * log(1 + mean_size / everywhere[phrase]) * _bonus(phrase))
            for phrase, n in _said_enough(without_halves(count), int(size)).items()
        ]
        worths.append(sorted(worth, key=lambda phrase: (-phrase.worth, phrase.words)))
    return worths


def _said_enough(count: Counter[str], size: int) -> Counter[str]:
    """Phrases said twice, and those said once of words that were each said twice.

    Where a theme is too small for much to be said twice, any whole phrase is enough.
    """
    n_said = _stemmed(Counter({phrase: n for phrase, n in count.items() if " " not in phrase}))
    once = {p for p, n in count.items() if n == 1 and can_be_said_once(p)}
    twice = {p for p, n in count.items() if n > 1}
    built = {p for p in once if " " in p and min(n_said[s] for s in telling_stems(p)) > 1}
    enough = twice | built if size >= _LARGE_ENOUGH else set()
    chosen = enough if len(enough) >= _FEW else twice | once
    return Counter({phrase: count[phrase] for phrase in chosen or count})


def _bonus(phrase: str) -> float:
    return _PHRASE_BONUS[phrase.count(" ") + 1]


def _name(
    phrases: list[_Phrase],
    place: _Place,
    spelling: dict[str, str],
    others: tuple[list[frozenset[str]], set[str]],
) -> ThemeName:
    taken, names = others
    for parts in _options(phrases, place):
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


def _options(phrases: list[_Phrase], place: _Place) -> Iterator[list[_Phrase]]:
    """Ways to name a theme, the best first; a word alone only where there is nothing else."""
    best = phrases[:_N_TO_JOIN]
    singles = [[phrase] for phrase in phrases if phrase.n_words >= _FEWEST_NAME_WORDS]
    pairs = [
        [one, other]
        for n, one in enumerate(best)
        for other in best[n + 1 :]
        if one.n_words + 1 + other.n_words <= _MOST_NAME_WORDS
        and not {"and"} & {*one.words.split(), *other.words.split()}
        and not telling_stems(one.words) & telling_stems(other.words)
    ]
    if not place.is_by_meaning:
        order = {phrase.words: n for n, phrase in enumerate(phrases)}
        worth = [*singles, *pairs]
        yield from sorted(worth, key=lambda parts: [order[part.words] for part in parts])
    else:
        yield from _best_first([*singles, *pairs], place)
    yield from ([phrase] for phrase in phrases)


def _key_words(
    parts: list[_Phrase], phrases: list[_Phrase], spelling: dict[str, str]
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
