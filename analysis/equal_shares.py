"""Choose a set that leaves no group of voters with nothing. Start at `equal_shares`.

Plain majority can give every place to one side. The Method of Equal Shares gives everybody the
same budget, and what is chosen is paid for by those who want it: Peters and Skowron (2020),
"Proportionality and the Limits of Welfarism", section 4; in the form for how much somebody wants
something, Peters, Pierczyński and Skowron (2021), "Proportional Participatory Budgeting with
Additive Utilities", section 3; here all cost the same. Where everybody wants something wholly or
not at all, the second is the first. Whatever the shares leave unfilled goes to what has the most
support. Arithmetic is in fractions, so no rounding decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Bloc:
    """``n`` people, each of whom wants each option as much as ``support`` says, 0 to 1."""

    n: int
    support: tuple[Fraction, ...]


@dataclass(frozen=True)
class Chosen:
    """One place of the set: ``option`` is its number, and why it got the place.

    ``n_support`` is the sum of what people want it. ``price`` is what each of its supporters paid
    at most for wanting it wholly, as a share of one place; None where the shares were used up and
    the place went to what has the most support of the rest. ``tied_with`` names the options that
    had the same claim and lost by the tie rule alone.
    """

    option: int
    n_support: Fraction
    price: Fraction | None
    tied_with: tuple[int, ...] = ()


def equal_shares(blocs: Sequence[Bloc], n_options: int, n_places: int) -> tuple[Chosen, ...]:
    """Choose ``n_places`` of the options so that groups get places in proportion to their size.

    Parameters
    ----------
    blocs
        Everybody, each person once; what they want is 0 (not) to 1 (wholly) for each option.
    n_options
        How many there are to choose from.
    n_places
        How many to choose, 0 to ``n_options``.

    Returns
    -------
    The chosen ones in the order in which they were chosen. Ties go to what has more support, then
    to the lower number; both are told.

    Raises
    ------
    ValueError
        If there are fewer options than places, or a bloc speaks of more or fewer options.
    """
    if not 0 <= n_places <= n_options:
        raise ValueError(f"{n_places} of {n_options} cannot be chosen")
    if any(len(bloc.support) != n_options for bloc in blocs):
        raise ValueError(f"a bloc does not speak of all {n_options} options")
    n_people = sum(bloc.n for bloc in blocs)
    shares = [Fraction(n_places, n_people) if n_people else Fraction(0) for _ in blocs]
    n_support = support_of(blocs, n_options)
    chosen: list[Chosen] = []
    while len(chosen) < n_places:
        bought = _cheapest(blocs, shares, n_support, {c.option for c in chosen})
        if bought is None or bought.price is None:
            break
        chosen.append(bought)
        for number, bloc in enumerate(blocs):
            wanted = bloc.support[bought.option]
            shares[number] -= min(shares[number], bought.price * wanted)
    return (*chosen, *_most_supported(n_support, chosen, n_places - len(chosen)))


def most_supported(blocs: Sequence[Bloc], n_options: int, n_places: int) -> tuple[Chosen, ...]:
    """Plain majority: the options with the most support, ties to the lower number."""
    return tuple(_most_supported(support_of(blocs, n_options), (), n_places))


def support_of(blocs: Sequence[Bloc], n_options: int) -> list[Fraction]:
    """How many people want each option, added up."""
    return [sum((b.n * b.support[o] for b in blocs), Fraction(0)) for o in range(n_options)]


def _cheapest(
    blocs: Sequence[Bloc],
    shares: Sequence[Fraction],
    n_support: Sequence[Fraction],
    taken: set[int],
) -> Chosen | None:
    """The option whose supporters can pay for it at the lowest price each; None if none can."""
    prices = {}
    for option in range(len(n_support)):
        purses = [
            (share, bloc.support[option], bloc.n)
            for share, bloc in zip(shares, blocs, strict=True)
            if bloc.support[option]
        ]
        if option not in taken and (price := _price(purses)) is not None:
            prices[option] = price
    if not prices:
        return None
    best = min(prices.values())
    equal = sorted((o for o in prices if prices[o] == best), key=lambda o: (-n_support[o], o))
    return Chosen(equal[0], n_support[equal[0]], best, tuple(equal[1:]))


def _price(purses: Sequence[tuple[Fraction, Fraction, int]]) -> Fraction | None:
    """What wanting it wholly costs at least, so that all pay 1 together, poor ones what is left.

    Parameters
    ----------
    purses
        What is left to a supporter, how much they want it, and how many are just so.
    """
    still_to_pay = Fraction(1)
    n_wanting = sum((wanted * n for _, wanted, n in purses), Fraction(0))
    for purse, wanted, n in sorted(purses, key=lambda p: p[0] / p[1]):
        if purse / wanted * n_wanting >= still_to_pay:
            return still_to_pay / n_wanting
        still_to_pay -= purse * n
        n_wanting -= wanted * n
    return None


def _most_supported(
    n_support: Sequence[Fraction], chosen: Sequence[Chosen], n_places: int
) -> list[Chosen]:
    taken = {c.option for c in chosen}
    order = sorted(
        (o for o in range(len(n_support)) if o not in taken), key=lambda o: (-n_support[o], o)
    )
    last = n_support[order[n_places - 1]] if n_places else None
    out = [o for o in order[n_places:] if n_support[o] == last]
    return [
        Chosen(o, n_support[o], None, tuple(out) if n_support[o] == last else ())
        for o in order[:n_places]
    ]
