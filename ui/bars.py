"""Thin bars inside lists: who spoke, how people voted. Start at `group_mix`."""

from collections.abc import Mapping

from domain.people import Family, StakeholderGroup
from ui.markup import FAMILY_CLASS, draw, safe
from ui.words import listed, sentence_case


def group_mix(groups: Mapping[StakeholderGroup, int]) -> None:
    """How many of each stakeholder group, as a bar by family and in words by group."""
    draw(group_mix_html(groups))


def group_mix_html(groups: Mapping[StakeholderGroup, int]) -> str:
    """The same as HTML, for a place inside a list."""
    words = listed([f"{g.value} {n}" for g in StakeholderGroup if (n := groups.get(g, 0))])
    return _families_html(groups, sentence_case(words))


def family_mix_html(groups: Mapping[StakeholderGroup, int]) -> str:
    """The same bar with few words: the family that said most, and how often."""
    return _families_html(groups, most(groups) if groups else "Nobody's group is known yet")


def most(groups: Mapping[StakeholderGroup, int]) -> str:
    """The family that said most, and how often: "20 from lived experience"."""
    families = _families(groups)
    first = max(families, key=lambda family: families[family])
    return f"{families[first]} from {first.value}"


def votes(n_agree: int, n_pass: int, n_disagree: int) -> None:
    """Votes by position, word and fill: agree solid, pass hatched, disagree hollow."""
    draw(votes_html(n_agree, n_pass, n_disagree))


def votes_html(n_agree: int, n_pass: int, n_disagree: int) -> str:
    """The same as HTML, for a place inside a list."""
    parts = [("rt-agree", n_agree), ("rt-pass", n_pass), ("rt-disagree", n_disagree)]
    words = f"{n_agree} agree, {n_pass} pass, {n_disagree} disagree"
    shown = _bar([(name, n) for name, n in parts if n])
    return f'{shown}<div class="rt-bar-words">{words}</div>'


def _families(groups: Mapping[StakeholderGroup, int]) -> dict[Family, int]:
    families = dict.fromkeys(Family, 0)
    for group, n in groups.items():
        families[group.family] += n
    return families


def families_html(groups: Mapping[StakeholderGroup, int]) -> str:
    """The bar alone, for a place where its words stand beside it."""
    return _bar([(FAMILY_CLASS[f], n) for f, n in _families(groups).items() if n])


def _families_html(groups: Mapping[StakeholderGroup, int], words: str) -> str:
    return f'{families_html(groups)}<div class="rt-bar-words">{safe(words)}</div>'


def _bar(parts: list[tuple[str, int]]) -> str:
    spans = "".join(f'<span class="{name}" style="flex-grow:{n}"></span>' for name, n in parts)
    return f'<div class="rt-bar" aria-hidden="true">{spans}</div>'
