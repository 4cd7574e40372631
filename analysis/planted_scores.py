"""How much of what was planted came out again. Start at `score`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, log

from analysis.planted_truth import NO_THEME, PlantedMeeting
from analysis.small_cells import Phrase, is_small
from analysis.suppression import Released, ReleasedVote
from domain.people import StakeholderGroup
from domain.self_test import BOUNDS, Finding, Measure
from domain.votes import Answer

Cells = tuple[int, int, int]
"""Agree, pass, disagree."""


@dataclass(frozen=True)
class Shown:
    """Words that a surface shows, with the turn they are said to be of, or -1 if it names none."""

    turn: int
    text: str


@dataclass(frozen=True)
class ShownVote:
    """What may be shown of one recommendation, under which text, at its place in the ballot."""

    position: int
    text: str
    vote: ReleasedVote


@dataclass(frozen=True)
class Seen:
    """Everything that came out of the installed system.

    `themes` and `turns` have one entry for each planted turn: its theme's id, or None, and its
    text. `evidence` are the turns suggested for each recommendation. `altered` are attempts to
    pass changed words off as a quote, and `n_let_through` those that succeeded.
    """

    turns: Sequence[str]
    themes: Sequence[str | None]
    evidence: Sequence[Sequence[int]]
    shown: Sequence[Shown]
    n_altered: int
    n_let_through: int
    read_back: Mapping[str, Sequence[Answer | None]]
    votes: Sequence[ShownVote]


def score(planted: PlantedMeeting, seen: Seen) -> tuple[Finding, ...]:
    """Compare what came out with what was planted, measure by measure."""
    on_topic = [n for n, turn in enumerate(planted.turns) if turn.theme != NO_THEME]
    true = [planted.turns[n].theme for n in on_topic]
    found = [seen.themes[n] or "" for n in on_topic]
    suggested = [(n, turn) for n, turns in enumerate(seen.evidence) for turn in turns]
    n_right = sum(_speaks_of(planted, turn, n) for n, turn in suggested)
    n_shown = len(seen.shown) + seen.n_altered
    n_wrong = sum(not _is_exact(planted, one) for one in seen.shown) + seen.n_let_through
    n_parts = sum(1 + len(one.vote.groups) for one in seen.votes)
    n_leaks = sum(leaks(one.vote) for one in seen.votes)
    signs, tallies = vote_errors(planted, seen)
    n_answers = sum(len(column) for column in planted.votes.values())
    return (
        _finding(Measure.THEME_ARI, adjusted_rand(true, found), len(on_topic)),
        _finding(Measure.THEME_V, v_measure(true, found), len(on_topic)),
        _finding(Measure.EVIDENCE, n_right / max(1, len(suggested)), len(suggested)),
        _finding(Measure.CHANGED_TURNS, _n_changed(planted, seen), len(planted.turns)),
        _finding(Measure.QUOTE_ERRORS, n_wrong, n_shown),
        _finding(Measure.UNRELEASED, _n_unreleased(planted, seen.shown), len(seen.shown)),
        _finding(Measure.SIGN_ERRORS, signs, n_answers + n_parts),
        _finding(Measure.TALLY_ERRORS, tallies, n_parts),
        _finding(Measure.LEAKS, n_leaks, n_parts),
    )


def adjusted_rand(true: Sequence[object], found: Sequence[object]) -> float:
    """Agreement of two groupings beyond chance, at most 1: Hubert and Arabie (1985), equation 5.

    >>> adjusted_rand([0, 0, 1, 1], ["b", "b", "a", "a"])
    1.0
    """
    pairs = sum(comb(n, 2) for n in Counter(zip(true, found, strict=True)).values())
    in_true = sum(comb(n, 2) for n in Counter(true).values())
    in_found = sum(comb(n, 2) for n in Counter(found).values())
    expected = in_true * in_found / max(1, comb(len(true), 2))
    most = (in_true + in_found) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def v_measure(true: Sequence[object], found: Sequence[object]) -> float:
    """Harmonic mean of homogeneity and completeness, 0 to 1: Rosenberg and Hirschberg (2007)."""
    both = Counter(zip(true, found, strict=True))
    h_true, h_found, h_both = (_entropy(c.values()) for c in (Counter(true), Counter(found), both))
    if not h_true or not h_found:
        return float(h_true == h_found)
    shared = h_true + h_found - h_both
    return 2 * shared / (h_true + h_found)


def vote_errors(planted: PlantedMeeting, seen: Seen) -> tuple[int, int]:
    """How often agree and disagree are mixed up, or an answer stands under another text; and how
    often a number or a phrase is wrong otherwise."""
    signs = sum(
        answer is not given
        for name, column in planted.votes.items()
        for answer, given in zip(column, seen.read_back.get(name, column[:0]), strict=False)
    )
    signs += sum(len(seen.read_back.get(name, ())) != len(c) for name, c in planted.votes.items())
    tallies = abs(len({one.position for one in seen.votes}) - len(planted.themes))
    for one in seen.votes:
        if one.text != planted.themes[one.position].recommendation:
            signs += 1
        for part in (one.vote.whole, *one.vote.groups):
            # The whole is everybody, also a group whose only answer got lost on the way.
            groups = StakeholderGroup if part is one.vote.whole else part.groups
            true = cells_of(planted, one.position, groups)
            if _is_true(part, true):
                continue
            if _is_true(part, (true[2], true[1], true[0])):
                signs += 1
            else:
                tallies += 1
    return signs, tallies


def cells_of(planted: PlantedMeeting, position: int, groups: Iterable[StakeholderGroup]) -> Cells:
    """What these groups answered to one recommendation, counted from the people themselves."""
    inside = set(groups)
    given = Counter(
        column[position] for name, column in planted.votes.items() if planted.groups[name] in inside
    )
    return given[Answer.AGREE], given[Answer.PASS], given[Answer.DISAGREE]


def leaks(vote: ReleasedVote) -> int:
    """Numbers that tell what a few people answered, alone or by subtracting from the whole."""
    parts = (vote.whole, *vote.groups)
    found = sum(_tells(part, vote.k) for part in parts)
    counted = [part.counts for part in vote.groups if part.counts]
    if vote.whole.counts and len(counted) == len(vote.groups) - 1:
        left = [
            whole - sum(part.cells[n] for part in counted)
            for n, whole in enumerate(vote.whole.counts.cells)
        ]
        found += any(0 < cell < vote.k for cell in left)
    return found


def _tells(part: Released, k: int) -> bool:
    if part.counts and any(0 < cell < k for cell in part.counts.cells):
        return True
    is_told = part.counts is not None or part.n_agree is not None
    if is_told and part.n < k:
        return True
    return part.n_agree is not None and not part.counts and is_small(part.n_agree, part.n, k)


def _is_true(part: Released, true: Cells) -> bool:
    n = sum(true)
    if part.n != n or (part.counts and part.counts.cells != true):
        return False
    if part.n_agree is not None and part.n_agree != true[0]:
        return False
    phrase = {
        None: True,
        Phrase.AGREE: 3 * true[0] >= 2 * n,
        Phrase.DISAGREE: 3 * true[2] >= 2 * n,
        Phrase.DIVIDED: 3 * true[0] < 2 * n and 3 * true[2] < 2 * n,
    }
    return phrase[part.phrase]


def _speaks_of(planted: PlantedMeeting, turn: int, theme: int) -> bool:
    return turn < len(planted.turns) and planted.turns[turn].theme == theme


def _is_exact(planted: PlantedMeeting, shown: Shown) -> bool:
    if shown.turn >= len(planted.turns):
        return False
    if shown.turn >= 0:
        return bool(shown.text) and shown.text in planted.turns[shown.turn].text
    return any(shown.text in turn.text for turn in planted.turns)


def _n_changed(planted: PlantedMeeting, seen: Seen) -> int:
    pairs = zip(planted.turns, seen.turns, strict=False)
    return abs(len(planted.turns) - len(seen.turns)) + sum(p.text != t for p, t in pairs)


def _n_unreleased(planted: PlantedMeeting, shown: Sequence[Shown]) -> int:
    return sum(one.text in turn.text for turn in planted.unreleased for one in shown)


def _entropy(sizes: Iterable[int]) -> float:
    counted = list(sizes)
    n = sum(counted)
    return -sum(size / n * log(size / n) for size in counted)


def _finding(measure: Measure, value: float, n: int) -> Finding:
    return Finding(measure, float(value), BOUNDS[measure], n)
