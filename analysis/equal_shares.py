"""Choose a set that leaves no group of voters with nothing. Start at `equal_shares`.

Plain majority can give every place to one side. The Method of Equal Shares gives everybody the
same budget, and what is chosen is paid for by those who want it: Peters and Skowron (2020),
"Proportionality and the Limits of Welfarism", section 4; here for approval, where all cost the
same. Whatever the shares leave unfilled goes to what most people approve. Arithmetic is in
fractions, so no rounding decides.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Chosen:
    """One place of the set: ``option`` is its number, and why it got the place.

    ``price`` is what each of its supporters paid at most, as a share of one place; None where the
    shares were used up and the place went to what most of the rest approve. ``tied_with`` names
    the options that had the same claim and lost by the tie rule alone.
    """

    option: int
    n_approve: int
    price: Fraction | None
    tied_with: tuple[int, ...] = ()


def equal_shares(
    approvals: Iterable[frozenset[int]], n_options: int, n_places: int
) -> tuple[Chosen, ...]:
    """Choose ``n_places`` of the options so that groups get places in proportion to their size.

    Parameters
    ----------
    approvals
        What each voter approves, as numbers from 0 to ``n_options`` - 1; an empty set counts as
        a voter who wants none of them.
    n_options
        How many there are to choose from.
    n_places
        How many to choose, 0 to ``n_options``.

    Returns
    -------
    The chosen ones in the order in which they were chosen. Ties go to what more people approve,
    then to the lower number; both are told.

    Raises
    ------
    ValueError
        If there are fewer options than places, or a voter approves of what is not there.
    """
    ballots = Counter(approvals)
    if not 0 <= n_places <= n_options:
        raise ValueError(f"{n_places} of {n_options} cannot be chosen")
    if any(not 0 <= option < n_options for ballot in ballots for option in ballot):
        raise ValueError(f"somebody approves of what is not among the {n_options} options")
    n_approve = [sum(n for b, n in ballots.items() if o in b) for o in range(n_options)]
    shares = {b: Fraction(n_places, ballots.total()) for b in ballots}
    chosen: list[Chosen] = []
    while len(chosen) < n_places:
        bought = _cheapest(ballots, shares, n_approve, {c.option for c in chosen})
        if bought is None:
            break
        chosen.append(bought)
        for ballot in ballots:
            if bought.option in ballot and bought.price is not None:
                shares[ballot] -= min(shares[ballot], bought.price)
    return (*chosen, *_most_approved(n_approve, chosen, n_places - len(chosen)))


def most_approved(
    approvals: Iterable[frozenset[int]], n_options: int, n_places: int
) -> tuple[Chosen, ...]:
    """Plain majority: the options that most people approve, ties to the lower number."""
    ballots = Counter(approvals)
    n_approve = [sum(n for b, n in ballots.items() if o in b) for o in range(n_options)]
    return tuple(_most_approved(n_approve, (), n_places))


def n_with_something(approvals: Iterable[frozenset[int]], chosen: Iterable[Chosen]) -> int:
    """How many of these voters find at least one thing they approve in a set."""
    options = {c.option for c in chosen}
    return sum(not options.isdisjoint(ballot) for ballot in approvals)


def _cheapest(
    ballots: Counter[frozenset[int]],
    shares: dict[frozenset[int], Fraction],
    n_approve: Sequence[int],
    taken: set[int],
) -> Chosen | None:
    """The option whose supporters can pay for it at the lowest price each; None if none can."""
    prices = {
        option: price
        for option in range(len(n_approve))
        if option not in taken
        and (price := _price([(shares[b], n) for b, n in ballots.items() if option in b]))
        is not None
    }
    if not prices:
        return None
    best = min(prices.values())
    equal = sorted((o for o in prices if prices[o] == best), key=lambda o: (-n_approve[o], o))
    return Chosen(equal[0], n_approve[equal[0]], best, tuple(equal[1:]))


def _price(purses: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    """The least that each must pay at most so that all pay 1 together, poor ones what they have.

    Parameters
    ----------
    purses
        What is left to a supporter, and how many have just that.
    """
    still_to_pay, n_left = Fraction(1), sum(n for _, n in purses)
    for purse, n in sorted(purses):
        if purse * n_left >= still_to_pay:
            return still_to_pay / n_left
        still_to_pay -= purse * n
        n_left -= n
    return None


def _most_approved(
    n_approve: Sequence[int], chosen: Sequence[Chosen], n_places: int
) -> list[Chosen]:
    taken = {c.option for c in chosen}
    order = sorted(
        (o for o in range(len(n_approve)) if o not in taken), key=lambda o: (-n_approve[o], o)
    )
    last = n_approve[order[n_places - 1]] if n_places else None
    out = [o for o in order[n_places:] if n_approve[o] == last]
    return [
        Chosen(o, n_approve[o], None, tuple(out) if n_approve[o] == last else ())
        for o in order[:n_places]
    ]
