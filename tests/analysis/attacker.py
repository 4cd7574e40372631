"""Somebody who knows the roll and every rule, and works out small cells from what is shown."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from analysis.score_spread import Spread
from analysis.small_cells import is_telling, phrase_of
from analysis.suppression import Released, ReleasedVote
from analysis.tallies import Counts
from domain.people import StakeholderGroup

Vector = tuple[int, int, int]
ByGroup = Mapping[StakeholderGroup, Counts]


def solved_cells(
    shown: ReleasedVote, truth: ByGroup, room_k: int
) -> list[tuple[StakeholderGroup, int]]:
    """Cells of 1 to k-1 people that every integer solution of what is shown fills alike.

    Found for each group of the roll, also where it was joined with others. How many agree is told
    alone where counts of that many people would tell; beyond the room also where the room was
    shown groups in words, which cannot be seen from there.
    """
    solved = []
    for part, vectors in _solutions(shown, in_the_room=shown.k == room_k):
        assert vectors, "the truth is a solution"
        for group, answer in product(part.groups, range(3)):
            n, true_cell = truth[group].n, truth[group].cells[answer]
            possible = {c for v in vectors for c in _inside(v, answer, n)}
            assert true_cell in possible, "the truth is a solution"
            if len(possible) == 1 and (0 < true_cell < shown.k or true_cell == n):
                solved.append((group, answer))
    return solved


def cells_solved_by_knowing_the_program(
    sizes: Mapping[StakeholderGroup, int], release: Callable[[ByGroup], object]
) -> Iterator[tuple[int, int]]:
    """Run every vote of this size through the program and keep those that come out alike.

    Yields the value and the group's size of each cell that is the same in all of them.
    """
    alike = defaultdict(list)
    for tables in product(*(_tables(n) for n in sizes.values())):
        alike[release(dict(zip(sizes, tables, strict=True)))].append(tables)
    for votes in alike.values():
        for i, n in enumerate(sizes.values()):
            for answer in range(3):
                cells = {tables[i].cells[answer] for tables in votes}
                if len(cells) == 1:
                    yield cells.pop(), n


def scores_known(part: Released, spread: Spread, k: int) -> list[tuple[int, int]]:
    """Exact scores that are certain to be given by 1 to k-1 people of a counted part.

    Every rank lies between the lowest and the highest score that its standing and the ranks told
    beside it leave; all ranks can take their lowest at once, or their highest.
    """
    assert part.counts is not None
    n_agree, n_middle, n_low = part.counts.cells
    lows = [1] * n_low + [4] * n_middle + [7] * n_agree
    highs = [3] * n_low + [6] * n_middle + [9] * n_agree
    for quarter, score in ((1, spread.low), (2, spread.median), (3, spread.high)):
        if score is not None:
            rank = -(-part.n * quarter // 4)
            assert lows[rank - 1] <= score <= highs[rank - 1]
            lows[rank - 1 :] = [max(low, score) for low in lows[rank - 1 :]]
            highs[:rank] = [min(high, score) for high in highs[:rank]]
    known = {}
    for score in range(1, 10):
        least = sum(low == score == high for low, high in zip(lows, highs, strict=True))
        most = sum(low <= score <= high for low, high in zip(lows, highs, strict=True))
        known[score] = (least, most)
    return [(s, n) for s, (n, most) in known.items() if n == most and 0 < n < k]


def _solutions(shown: ReleasedVote, *, in_the_room: bool) -> list[tuple[Released, set[Vector]]]:
    """For each part that is shown, every way to fill it that fits all the rest."""
    if not shown.groups:
        return [(shown.whole, _fillings(shown.whole, shown.k, in_the_room=in_the_room))]
    fillings = [_fillings(part, shown.k, in_the_room=in_the_room) for part in shown.groups]
    found = []
    for i, part in enumerate(shown.groups):
        others = _sums(fillings[:i] + fillings[i + 1 :])
        fits = {v for v in fillings[i] if any(_is_whole(shown.whole, _add(v, o)) for o in others)}
        found.append((part, fits))
    return found


def _fillings(part: Released, k: int, *, in_the_room: bool) -> set[Vector]:
    if part.counts:
        return {part.counts.cells}
    every = {c.cells for c in _tables(part.n)}
    if part.n_agree is not None:
        alike = {v for v in every if v[0] == part.n_agree}
        return {v for v in alike if is_telling(Counts(*v), k)} if in_the_room else alike
    if part.phrase is None:
        return every
    return {v for v in every if phrase_of(Counts(*v)) is part.phrase and is_telling(Counts(*v), k)}


def _is_whole(whole: Released, vector: Vector) -> bool:
    if whole.counts:
        return vector == whole.counts.cells
    if whole.n_agree is not None:
        return vector[0] == whole.n_agree
    return whole.phrase is None or phrase_of(Counts(*vector)) is whole.phrase


def _tables(n: int) -> list[Counts]:
    return [Counts(a, p, n - a - p) for a in range(n + 1) for p in range(n + 1 - a)]


def _sums(sets: Sequence[set[Vector]]) -> set[Vector]:
    sums = {(0, 0, 0)}
    for vectors in sets:
        sums = {_add(a, b) for a, b in product(sums, vectors)}
    return sums


def _add(a: Vector, b: Vector) -> Vector:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def _inside(vector: Vector, answer: int, n: int) -> range:
    """How many of n people of a part may have given an answer that so many of the part gave."""
    others = sum(vector) - vector[answer]
    return range(max(0, n - others), min(n, vector[answer]) + 1)
