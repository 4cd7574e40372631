"""Look through texts for what could tell who somebody is. Start at `IdentifierSearch`.

It leaks: some names, places and stories are in no list and follow no pattern. tests/analysis
counts how many; a person reads the words before others do.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from analysis.identifier_dates import dates_and_ages
from analysis.identifier_institutions import institutions_in
from analysis.identifier_names import names_in
from analysis.identifier_patterns import written_identifiers
from analysis.identifier_places import places_in
from analysis.identifier_roster import Roster
from analysis.identifier_spoken import spoken_identifiers
from analysis.identifier_words import (
    KNOWN_HERE,
    Sort,
    Word,
    is_written_with_capitals,
    words_of,
)
from analysis.name_model import Entity
from domain.identifiers import IdentifierKind, Suggestion, settle

SEARCH_VERSION = 1
"""Goes up when the rules change, so that texts are looked through again."""
AT_ONCE = 256
KIND_OF_LABEL = {
    "PERSON": IdentifierKind.NAME,
    "GPE": IdentifierKind.PLACE,
    "LOC": IdentifierKind.PLACE,
    "FAC": IdentifierKind.PLACE,
    "ORG": IdentifierKind.ORGANISATION,
}
WHAT = {
    IdentifierKind.NAME: "a name",
    IdentifierKind.PLACE: "a place",
    IdentifierKind.ORGANISATION: "an organisation",
}


class NameModel(Protocol):
    """Finds names in texts: `analysis.name_model.NameModel`, or none at all in a test."""

    def entities(self, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]: ...


class IdentifierSearch:
    """Patterns, word lists, the roster and a language model, asked together."""

    def __init__(self, roster: Iterable[str], model: NameModel) -> None:
        self._roster = Roster(roster)
        self._model = model

    def find(self, texts: Sequence[str]) -> list[tuple[Suggestion, ...]]:
        """What to hide in each text, without overlaps, in order."""
        return [
            found
            for at in range(0, len(texts), AT_ONCE)
            for found in self._find(texts[at : at + AT_ONCE])
        ]

    def _find(self, written: Sequence[str]) -> Iterator[tuple[Suggestion, ...]]:
        texts = [_without_shouting(text) for text in written]
        read = [words_of(text) for text in texts]
        cased = [is_written_with_capitals(words) for words in read]
        capitals = [_with_capitals(t, w) for t, w in zip(texts, read, strict=True)]
        as_said = self._model.entities(texts)
        as_written = self._model.entities(capitals)
        rows = zip(texts, read, cased, as_said, as_written, strict=True)
        for text, words, has_capitals, first, second in rows:
            entities = (*first, *second)
            yield settle(
                [
                    *self._roster.find(text, words),
                    *written_identifiers(text),
                    *spoken_identifiers(text, words),
                    *dates_and_ages(words),
                    *places_in(words, has_capitals=has_capitals),
                    *institutions_in(words, has_capitals=has_capitals),
                    *names_in(words, has_capitals=has_capitals),
                    *_named(text, words, entities),
                ]
            )


def _without_shouting(text: str) -> str:
    """A text in capitals throughout in small letters, of the same length."""
    low = text.lower()
    return low if text.isupper() and len(low) == len(text) else text


def _with_capitals(text: str, words: Sequence[Word]) -> str:
    """A copy of the same length where each word that may be a name begins with a capital."""
    signs = list(text)
    for word in words:
        if word.may_name or word.sort is Sort.EITHER or word.low == "i":
            capital = signs[word.start].upper()
            signs[word.start] = capital if len(capital) == 1 else signs[word.start]
    return "".join(signs)


def _named(text: str, words: Sequence[Word], entities: Iterable[Entity]) -> Iterator[Suggestion]:
    """What the model takes for a name, unless all of its words are everyday ones."""
    starts = [word.start for word in words]
    for entity in entities:
        kind = KIND_OF_LABEL.get(entity.label)
        if kind is None:
            continue
        first, after = bisect_left(starts, entity.start), bisect_left(starts, entity.end)
        said = _without_everyday_ends(_one_sentence(words[first:after]))
        if any(_tells(word, is_alone=len(said) == 1) for word in said):
            why = f"the language model takes it for {WHAT[kind]}"
            yield Suggestion(said[0].start, said[-1].end, kind, why, 0.75)


def _one_sentence(said: Sequence[Word]) -> Sequence[Word]:
    """The model reads on where a sentence ends without a capital after it."""
    ends = (n for n, word in enumerate(said) if n and word.starts_sentence)
    return said[: next(ends, len(said))]


def _without_everyday_ends(said: Sequence[Word]) -> Sequence[Word]:
    first, after = 0, len(said)
    while first < after and said[first].sort is Sort.FUNCTION:
        first += 1
    while after > first and said[after - 1].sort is Sort.FUNCTION:
        after -= 1
    return said[first:after]


def _tells(word: Word, *, is_alone: bool) -> bool:
    """Whether a word may tell somebody; those that are everyday words only with a capital."""
    if word.sort is Sort.FUNCTION or word.low in KNOWN_HERE:
        return False
    return word.may_name or word.is_capital or (word.sort is Sort.EITHER and not is_alone)
