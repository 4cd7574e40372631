"""How much of what tells who somebody is the machine finds, and how much else it hides.

The numbers are of made-up sentences. They say what to expect, not what is safe: the machine
suggests, a person releases.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

import pytest

from analysis.identifiers import IdentifierSearch
from analysis.name_model import load_name_model
from tests.analysis import identifier_templates as tuned
from tests.analysis import identifier_templates_held_out as held_out
from tests.analysis.identifier_gold import (
    HELD_OUT_PARTS,
    LOCALES,
    OTHER_NAMES,
    ROSTER,
    STRUCTURED,
    TUNED_PARTS,
    Maker,
    Sentence,
    Variant,
    gold_sentences,
)

N_SENTENCES = 3000 if os.environ.get("STRESS") == "1" else 300
"""So many in each of the three variants."""
SEED = 20241003
STRUCTURED_FLOOR = 0.99
NAMES_FLOOR = {Variant.CASED: 0.95, Variant.LOWER: 0.85, Variant.MISHEARD: 0.85}
ALL_FLOOR = {Variant.CASED: 0.92, Variant.LOWER: 0.85, Variant.MISHEARD: 0.85}
MOST_HIDDEN_BESIDE = 0.10


@dataclass
class Table:
    """For each kind how many were said and how many were covered to the last character."""

    said: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    n_hidden_beside: int = 0
    n_beside: int = 0

    def share(self, kinds: Iterable[str]) -> float:
        wanted = set(kinds)
        n_said = sum(n for kind, n in self.said.items() if kind in wanted)
        return sum(n for kind, n in self.covered.items() if kind in wanted) / n_said

    def count(self, sentence: Sentence, hidden: set[int]) -> None:
        told: set[int] = set()
        for one in sentence.stretches:
            places = set(range(one.start, one.end))
            kind = one.kind if one.is_exact or one.kind not in ROSTER else f"{one.kind} misheard"
            self.said[kind] += 1
            self.covered[kind] += places <= hidden
            told |= places
        self.n_hidden_beside += len(hidden - told)
        self.n_beside += len(sentence.text) - len(told)

    def __str__(self) -> str:
        kinds = ", ".join(f"{k} {self.covered[k]}/{self.said[k]}" for k in sorted(self.said))
        beside = self.n_hidden_beside / self.n_beside
        return f"all {self.share(self.said):.1%}; hidden beside {beside:.1%}; {kinds}"


@cache
def measured(variant: Variant, *, is_held_out: bool = True) -> Table:
    source = held_out if is_held_out else tuned
    templates = source.HELD_OUT if is_held_out else source.TUNED_ON
    plain = source.PLAIN_HELD_OUT if is_held_out else source.PLAIN
    maker = Maker(SEED, HELD_OUT_PARTS if is_held_out else TUNED_PARTS)
    said = list(gold_sentences(maker, templates, plain, N_SENTENCES, variant))
    found = IdentifierSearch(maker.roster, load_name_model()).find([one.text for one in said])
    table = Table()
    for sentence, suggestions in zip(said, found, strict=True):
        table.count(sentence, {n for s in suggestions for n in range(s.start, s.end)})
    return table


@pytest.fixture(params=list(Variant), ids=str)
def variant(request: pytest.FixtureRequest, record_property: Callable[..., None]) -> Variant:
    told: Variant = request.param
    record_property("figure", f"{told}, {N_SENTENCES} held-out sentences: {measured(told)}")
    return told


def test_numbers_and_addresses_are_covered(variant):
    """B-1: E-mail, phone, SSN, Medicare number, URL, IP, ZIP and dates."""
    assert measured(variant).share(STRUCTURED) >= STRUCTURED_FLOOR


def test_every_name_of_the_roster_is_covered(variant):
    """B-1: As it stands on the roster, in full or in part."""
    assert measured(variant).share(ROSTER) == 1


def test_names_of_others_are_covered(variant):
    """B-1: People who are on no list of ours, from twelve parts of the world."""
    assert measured(variant).share(OTHER_NAMES) >= NAMES_FLOOR[variant]


def test_identifiers_of_all_kinds_are_covered(variant):
    """B-1: Every identifier counts as much as any other."""
    table = measured(variant)

    assert table.share(table.said) >= ALL_FLOOR[variant]


def test_little_else_is_hidden(variant):
    """B-1: Characters that tell nobody, of sentences with and without identifiers."""
    table = measured(variant)

    assert table.n_hidden_beside / table.n_beside <= MOST_HIDDEN_BESIDE


def test_the_rules_do_not_fit_the_sentences_they_were_tuned_on_much_better(
    variant, record_property
):
    """B-1: What was never read while rules were written is found nearly as well."""
    on_tuned, on_held_out = measured(variant, is_held_out=False), measured(variant)
    gap = on_tuned.share(on_tuned.said) - on_held_out.share(on_held_out.said)
    record_property("figure", f"{variant}, sentences tuned on: {on_tuned}")

    assert gap <= 0.05


def test_no_held_out_sentence_was_tuned_on():
    """B-1: The two sets share no sentence and no organisation's name."""
    both = set(tuned.TUNED_ON.split("\n")) & set(held_out.HELD_OUT.split("\n"))

    assert both == {""}
    assert not set(TUNED_PARTS.firsts) & set(HELD_OUT_PARTS.firsts)
    assert not set(TUNED_PARTS.hospitals) & set(HELD_OUT_PARTS.hospitals)


def test_names_come_from_many_languages():
    """B-1: At least eight."""
    assert len(set(LOCALES)) >= 8
