"""Which phrases say best what a theme means, alone or in twos. Start at `by_meaning`.

Of what is said often in a theme (`name_candidates`), the phrases are taken that mean what the
theme means: nearest to its centre, far from the others' (after KeyBERT: Grootendorst 2020). Of the
best ways to say it, the one is taken that finds the theme's passages before others
(`name_search`).

What was tuned on what: `_WEIGHT_FOUND`, `_BONUS` and `_LOSS_NO_NOUN` while looking at banking77 and
clinc150 (train, val and test), ArgKP and the topics of 45 meetings of QMSum. On each the share of
names nearest to their own label rises, and which set a weight was chosen on changed little.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from analysis.name_candidates import Floats, Phrase, stemmed
from analysis.name_phrases import stem, telling_stems
from analysis.name_search import Search

Embed = Callable[[Sequence[str]], NDArray[np.floating]]
Parts = tuple[int, ...]
"""Places of one or two phrases in the list of a theme's candidates."""

_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 5
_N_CANDIDATES = 40
# Of so many of the best phrases every pair is tried as a name.
_N_TO_JOIN = 14
# So many of the best ways are tried as a search.
_N_TO_SEARCH = 25
# How much a phrase loses for being near another theme too, gains each time it is said by twice as
# many, and gains for being more than a word.
_WEIGHT_OTHERS = 0.5
_WEIGHT_SAID = 0.05
_BONUS = 0.12
# How much a name gains if a search for it finds nothing but the theme.
_WEIGHT_FOUND = 1.2
# What a word alone loses that is no noun: "enjoying", "depressed".
_LOSS_NO_NOUN = 0.15
# What a name loses if it would be read as another theme's.
_LOSS_ASTRAY = 0.3


@dataclass(frozen=True, eq=False)
class Place:
    """A theme among all: how well a meaning stands for it, and, if known, how well it finds it."""

    theme: int
    search: Search | None = None

    def fit(self, near: Floats) -> Floats:
        """Of each row of cosines: the one to the theme, less half the next theme's."""
        own = near[:, self.theme]
        others = np.delete(near, self.theme, axis=1).max(axis=1, initial=0.0)
        return np.asarray(own - _WEIGHT_OTHERS * others - _LOSS_ASTRAY * (others >= own))


def by_meaning(
    ranked: list[list[Phrase]],
    counts: list[Counter[str]],
    centres: Floats,
    embed: Embed,
    nouns: Set[str] = frozenset(),
) -> list[list[Phrase]]:
    """Rank each theme's best phrases anew by closeness to its centre and by how many said them.

    A word alone that nobody used as a noun stands behind.
    """
    ranked = [group[:_N_CANDIDATES] for group in ranked]
    phrases = sorted({phrase.words for group in ranked for phrase in group})
    if not phrases:
        return ranked
    vectors = np.asarray(embed(phrases), dtype=np.float64)
    means = dict(zip(phrases, zip(vectors, vectors @ centres.T, strict=True), strict=True))
    stems = [stemmed(count) for count in counts]
    everywhere: Counter[str] = Counter()
    for of_theme in stems:
        everywhere.update(of_theme)
    found = []
    for theme, group in enumerate(ranked):
        scored = []
        for phrase in group:
            said = stems[theme][stem(phrase.words)]
            often = _WEIGHT_SAID * log2(said) * said / everywhere[stem(phrase.words)]
            loss = _LOSS_NO_NOUN * (phrase.n_words == 1 and phrase.words not in nouns)
            scored.append(Phrase(phrase.words, often - loss, *means[phrase.words]))
        each = [(n,) for n in range(len(scored))]
        found.append([scored[n] for (n,) in _best_first(scored, each, Place(theme))])
    return found


def options(phrases: list[Phrase], place: Place) -> Iterator[list[Phrase]]:
    """Ways to name a theme, the best first; a word alone only where there is nothing else."""
    ways = [*_singles(phrases), *_pairs(phrases[:_N_TO_JOIN])]
    ordered = _best_first(phrases, ways, place) if place.search else sorted(ways)
    yield from ([phrases[n] for n in parts] for parts in ordered)
    yield from ([phrase] for phrase in phrases)


def _singles(phrases: Sequence[Phrase]) -> list[Parts]:
    return [(n,) for n, phrase in enumerate(phrases) if phrase.n_words >= _FEWEST_NAME_WORDS]


def _pairs(best: Sequence[Phrase]) -> list[Parts]:
    """Every two that make a short name without saying anything twice."""
    n_words = [phrase.n_words for phrase in best]
    has_and = ["and" in phrase.words.split() for phrase in best]
    stems = [telling_stems(phrase.words) for phrase in best]
    return [
        (one, other)
        for one in range(len(best))
        for other in range(one + 1, len(best))
        if n_words[one] + 1 + n_words[other] <= _MOST_NAME_WORDS
        and not has_and[one]
        and not has_and[other]
        and stems[one].isdisjoint(stems[other])
    ]


def _best_first(phrases: Sequence[Phrase], ways: Sequence[Parts], place: Place) -> list[Parts]:
    """Phrases, alone or in twos, by how well they stand for the theme.

    Of two joined phrases the meaning lies between theirs: it needs no new vector.
    """
    if not ways:
        return []
    first, last = (np.array([way[end] for way in ways]) for end in (0, -1))
    is_pair = first != last
    vectors, near = (np.array([getattr(p, kind) for p in phrases]) for kind in ("vector", "near"))
    vectors, near = vectors[first] + vectors[last], near[first] + near[last]
    vectors[~is_pair] /= 2
    near[~is_pair] /= 2
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    alone = np.array([phrase.worth for phrase in phrases])
    worth = (alone[first] + alone[last]) / 2
    bonus = _BONUS * (~is_pair & (np.array([p.n_words for p in phrases])[first] > 1))
    scores = place.fit(near / lengths) + worth + bonus
    order = _in_order(phrases, ways, scores)
    if place.search:
        best = order[:_N_TO_SEARCH]
        found = place.search.precision(place.theme, vectors[best] / lengths[best])
        scores[best] += _WEIGHT_FOUND * found
        order = [*_in_order(phrases, ways, scores, best), *order[_N_TO_SEARCH:]]
    return [ways[n] for n in order]


def _in_order(
    phrases: Sequence[Phrase],
    ways: Sequence[Parts],
    scores: Floats,
    of: Sequence[int] | None = None,
) -> list[int]:
    """Places of these ways, or of all, the highest score first, ties by the alphabet."""
    places = range(len(ways)) if of is None else of
    rounded = scores.round(6).tolist()
    return sorted(places, key=lambda n: (-rounded[n], phrases[ways[n][0]].words))
