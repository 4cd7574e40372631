"""Sentences that propose something. Start at `find_proposals`.

A linear model over how a sentence is built (`proposal_features`), never over what it is about: no
word of content has a weight, and no other model is loaded, so that a sentence costs well under a
millisecond. A sentence without any form that can propose, and without a command, is none whatever
the model says. The weights are a plain file that `make proposals` makes again; from what data,
under which licence, and what it reaches, is told in docs/proposals.md.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from analysis.passages import sentences
from analysis.proposal_features import Traits, traits_of

WEIGHTS_PATH = Path(__file__).parents[1] / "data" / "proposals" / "weights.json"
FRAME_SHARE = 2.5
"""What the frame weighs as a whole, however many places a sentence has."""
PROPOSES_FROM = 0.5
LIKELY_FROM, CLEAR_FROM = 0.65, 0.8
FEWEST_WORDS = 3
"""Fewer words hold nothing that could become a recommendation."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Proposal:
    """A stretch of a text that proposes something; strength is a probability, 0.5 to 1."""

    start: int
    end: int
    strength: float


@dataclass(frozen=True)
class Weights:
    """A linear model: what it adds up for each trait, and from where."""

    intercept: float
    of: Mapping[str, float]


def find_proposals(text: str) -> list[Proposal]:
    """The sentences of a turn that propose something, in order.

    Parameters
    ----------
    text
        A turn as it is stored; offsets of the result point into it.

    Examples
    --------
    >>> said = "It rained. We should lend the devices early."
    >>> [said[p.start : p.end] for p in find_proposals(said)]
    ['We should lend the devices early.']
    """
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        if len(_WORD.findall(sentence)) < FEWEST_WORDS:
            continue
        strength = proposal_strength(sentence)
        if strength >= PROPOSES_FROM:
            found.append(Proposal(start, end, strength))
    return found


def proposal_strength(text: str) -> float:
    """How likely it is that a sentence proposes something, 0 to 1.

    >>> proposal_strength("Please lend devices early.") > 0.8, proposal_strength("It rained.")
    (True, 0.0)
    """
    traits = traits_of(text)
    if not traits.can_propose:
        return 0.0
    weights = _weights()
    score = weights.intercept + sum(
        weights.of.get(name, 0.0) * worth for name, worth in worths(traits).items()
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def is_proposal(text: str) -> bool:
    """Whether a sentence proposes something."""
    return proposal_strength(text) >= PROPOSES_FROM


def worths(traits: Traits) -> dict[str, float]:
    """What the model reads: each form counts one, the whole frame counts the same in each."""
    each = FRAME_SHARE / math.sqrt(max(len(traits.frame), 1))
    forms = {f"form:{name}": 1.0 for name in traits.forms}
    return forms | dict.fromkeys(traits.frame, each)


@cache
def _weights() -> Weights:
    told = json.loads(WEIGHTS_PATH.read_text("utf-8"))
    return Weights(told["intercept"], MappingProxyType(told["weights"]))
