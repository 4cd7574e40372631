"""Names for themes from the words that people used. Start at `name_themes`.

A word or phrase can name a theme if it is said often there and seldom elsewhere: class-based
TF-IDF (Grootendorst 2022, equation 2) over phrases of one to three words that really occur side by
side. Of these, the ones that mean what the theme means are taken: nearest to the theme's centre,
far from the others' (after KeyBERT: Grootendorst 2020).
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from math import log, log2

import numpy as np
from numpy.typing import NDArray

from analysis.stop_words import MAY_BEGIN, STOP_WORDS

NO_NAME = "Few words in common"

Embed = Callable[[Sequence[str]], NDArray[np.floating]]

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# "[laughter]", "{pause}", "<noise>": a typist's marks, said by nobody.
TYPISTS_MARK = re.compile(r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>")
_CLAUSE_END = re.compile(r"[.!?,;:()\"“”\n]+")
# Enough to see that "shared" and "share", "repairs" and "repair" are one word.
_ENDING = re.compile(r"(?<=\w{3})(?:'s|ings?|ed|es|e|s)+$")
_CONTRACTION = re.compile(r".+'(?:d|ll|m|re|s|t|ve)")
_MOST_KEY_WORDS = 8
_PHRASE_BONUS = {1: 1.0, 2: 1.9, 3: 2.2}
# What a phrase must be worth, beside the best one, to be in the name too.
_WORTH_JOINING = 0.35
_MOST_NAME_WORDS = 5
_N_CANDIDATES = 80
# How much a phrase loses for being near another theme too, gains each time it is said by twice as
# many, and gains for being more than a word. Chosen by reading the names of the sample's themes.
_WEIGHT_OTHERS = 0.5
_WEIGHT_SAID = 0.1
_BONUS = 0.05


@dataclass(frozen=True)
class ThemeName:
    """A name, unlike every other theme's, and the theme's words, the most telling first."""

    name: str
    key_words: tuple[str, ...]


def name_themes(
    texts: Sequence[str],
    labels: NDArray[np.intp],
    *,
    vectors: NDArray[np.floating] | None = None,
    embed: Embed | None = None,
    unsaid: Set[str] = frozenset(),
) -> list[ThemeName]:
    """Name each theme with up to five words.

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
    One name per theme, in the order of the numbers, no two alike. A theme whose people used no
    telling word is called `NO_NAME`, with a number from the second on.
    """
    n_themes = int(labels.max(initial=-1)) + 1
    counts: list[Counter[str]] = [Counter() for _ in range(n_themes)]
    spelling: dict[str, Counter[str]] = {}
    for text, theme in zip(texts, labels, strict=True):
        if theme >= 0:
            # A phrase counts once a passage: one person who repeats it does not name the theme.
            said = {p: w for p, w in _phrases(text) if unsaid.isdisjoint(p.split())}
            counts[theme].update(said.keys())
            for phrase, written in said.items():
                spelling.setdefault(phrase, Counter())[written] += 1
    worths = _worths(counts, np.bincount(labels[labels >= 0], minlength=n_themes))
    if embed is not None and vectors is not None and n_themes:
        worths = _by_meaning(worths, counts, _centres(vectors, labels, n_themes), embed)
    written_as = {phrase: _usual(written) for phrase, written in spelling.items()}
    taken: set[str] = set()
    return [_name(worth, written_as, taken) for worth in worths]


def phrases_in(text: str) -> frozenset[str]:
    """Every phrase of a text that could be weighed as a name, as it is given to the model."""
    return frozenset(phrase for phrase, _ in _phrases(text))


def _by_meaning(
    worths: list[list[tuple[str, float]]],
    counts: list[Counter[str]],
    centres: NDArray[np.float64],
    embed: Embed,
) -> list[list[tuple[str, float]]]:
    """Rank each theme's best phrases anew by closeness to its centre and by how many said them."""
    candidates = [[phrase for phrase, _ in worth[:_N_CANDIDATES]] for worth in worths]
    phrases = sorted({phrase for group in candidates for phrase in group})
    if not phrases:
        return worths
    closeness = np.asarray(embed(phrases), dtype=np.float64) @ centres.T
    row_of = {phrase: row for row, phrase in enumerate(phrases)}
    stems = [_stemmed(count) for count in counts]
    everywhere: Counter[str] = sum(stems, Counter())
    ranked = []
    for theme, group in enumerate(candidates):
        scores = []
        for phrase in group:
            near, stem = closeness[row_of[phrase]], _stem(phrase)
            others = float(np.delete(near, theme).max(initial=0.0))
            n_said = stems[theme][stem]
            said = _WEIGHT_SAID * log2(n_said) * n_said / everywhere[stem]
            score = near[theme] - _WEIGHT_OTHERS * others + said + _BONUS * (" " in phrase)
            scores.append((phrase, float(score)))
        ranked.append(sorted(scores, key=lambda entry: (-round(entry[1], 6), entry[0])))
    return ranked


def _stemmed(count: Counter[str]) -> Counter[str]:
    """How often a phrase was said in its singular or plural."""
    found: Counter[str] = Counter()
    for phrase, n in count.items():
        found[_stem(phrase)] += n
    return found


def _stem(phrase: str) -> str:
    return " ".join(_ENDING.sub("", word) for word in phrase.split())


def _centres(
    vectors: NDArray[np.floating], labels: NDArray[np.intp], n_themes: int
) -> NDArray[np.float64]:
    rows = np.asarray(vectors, dtype=np.float64)
    means = np.stack([rows[labels == theme].mean(axis=0) for theme in range(n_themes)])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.where(lengths == 0, 1, lengths))


def _phrases(text: str) -> list[tuple[str, str]]:
    """Each phrase in small letters with its spelling; none crosses a mark or ends in a filler."""
    found = []
    for clause in _CLAUSE_END.split(TYPISTS_MARK.sub(". ", text)):
        written = [match[0].replace("’", "'") for match in _WORD.finditer(clause)]
        words = [word.lower() for word in written]
        tells = [_tells(word) for word in words]
        for n in (1, 2, 3):
            found += [
                (" ".join(words[i : i + n]), " ".join(written[i : i + n]))
                for i in range(len(words) - n + 1)
                if (tells[i] or (n > 1 and words[i] in MAY_BEGIN))
                and tells[i + n - 1]
                and len({*words[i : i + n]}) == n
            ]
    return found


def _tells(word: str) -> bool:
    if len(word) <= 2 or word.isdigit() or word in STOP_WORDS:
        return False
    return _CONTRACTION.fullmatch(word) is None


def _usual(written: Counter[str]) -> str:
    """The most frequent spelling; a capital that only starts a sentence loses to small letters."""
    return max(sorted(written, reverse=True), key=lambda spelling: written[spelling])


def _worths(counts: list[Counter[str]], sizes: NDArray[np.intp]) -> list[list[tuple[str, float]]]:
    """Per theme its phrases with their worth, best first, ties in the order of the alphabet."""
    everywhere: Counter[str] = Counter()
    for count in counts:
        everywhere.update(count)
    mean_size = float(sizes.mean()) if len(sizes) else 0.0
    worths = []
    for count, size in zip(counts, sizes, strict=True):
        # Twice at least, where a theme is large enough for anything to be said twice.
        least = 2 if size >= 4 else 1
        worth = {
            phrase: n / size * log(1 + mean_size / everywhere[phrase]) * _bonus(phrase)
            for phrase, n in count.items()
            if n >= least
        }
        worths.append(sorted(worth.items(), key=lambda entry: (-entry[1], entry[0])))
    return worths


def _bonus(phrase: str) -> float:
    return _PHRASE_BONUS[phrase.count(" ") + 1]


def _name(worth: list[tuple[str, float]], written_as: dict[str, str], taken: set[str]) -> ThemeName:
    chosen = _distinct(worth)
    key_words = tuple(written_as[phrase] for phrase in chosen[:_MOST_KEY_WORDS])
    best = dict(worth)
    for n_phrases in range(1, len(chosen) + 1):
        parts = chosen[:n_phrases]
        n_words = sum(len(part.split()) for part in parts)
        next_one = chosen[n_phrases] if n_phrases < len(chosen) else None
        has_room = next_one is not None and n_words + len(next_one.split()) <= _MOST_NAME_WORDS
        is_worth_more = next_one is not None and best[next_one] >= _WORTH_JOINING * best[parts[0]]
        name = joined([written_as[part] for part in parts])
        is_short = n_words < 2 or (n_phrases < 2 and is_worth_more)
        if name.lower() not in taken and not (is_short and has_room):
            taken.add(name.lower())
            return ThemeName(name, key_words)
    return ThemeName(numbered(joined(list(key_words[:1])) or NO_NAME, taken), key_words)


def _distinct(worth: list[tuple[str, float]]) -> list[str]:
    """Phrases of which none shares a word (or its plural) with a better one."""
    chosen: list[str] = []
    seen: set[str] = set()
    for phrase, _ in worth:
        stems = set(_stem(phrase).split())
        if not stems & seen:
            chosen.append(phrase)
            seen |= stems
        if len(chosen) == _MOST_KEY_WORDS:
            break
    return chosen


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
