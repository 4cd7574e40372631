"""How many can stand behind each recommendation, as a picture. Start at `picture`."""

from collections.abc import Sequence

from services.priorities import Priorities, Support
from ui import charts, vote_charts
from ui.markup import shortened
from ui.words import count, listed

LEVELS = (
    (0.9, "nine of ten"),
    (0.8, "four of five"),
    (0.75, "three of four"),
    (0.7, "seven of ten"),
    (2 / 3, "two of three"),
    (0.6, "six of ten"),
    (0.5, "half"),
)
MOST_NUMBERS = 8
FIRST, PERHAPS, NOT = "surely", "perhaps", "surely not"


def picture(found: Priorities) -> None:
    """Bars of what is possible, the most support first; nothing where nothing is told."""
    if not found.support:
        return
    tier_of = tiers(found)
    charts.show(
        vote_charts.support([_row(one, tier_of[one.item.position]) for one in found.support]),
        title=finding(found),
        sentence=f"How many {found.wording.high}, of those who answered. A dot: counted. A bar: "
        "counts were put into words, and the number lies somewhere on it. "
        f"{_legend(found, set(tier_of.values()))}",
        columns=(
            "Recommendation",
            "Answered",
            "At least",
            "At most",
            f"Of the first {found.n_first}",
        ),
        rows=[
            (_name(one), one.n, one.fewest, one.most, tier_of[one.item.position])
            for one in found.support
        ],
    )


def tiers(found: Priorities) -> dict[int, str]:
    """Whether each, by position, surely is among the first, perhaps, or surely not."""
    everybody = found.orders[0]
    surely, not_among = ({i.position for i in of} for of in (everybody.surely, everybody.not_among))
    return {
        one.item.position: FIRST
        if one.item.position in surely
        else NOT
        if one.item.position in not_among
        else PERHAPS
        for one in found.support
    }


def finding(found: Priorities) -> str:
    """The first ones where they are decided; else how much support some have at the least."""
    everybody = found.orders[0]
    if everybody.surely and not everybody.perhaps:
        verb = "comes" if len(everybody.surely) == 1 else "come"
        return f"{_numbers([i.position for i in everybody.surely])} {verb} first"
    if reached := _reached(found):
        words, reach = reached
        return f"At least {words} {found.wording.high}: {_numbers(sorted(reach))}"
    if everybody.surely:
        return f"{_numbers([i.position for i in everybody.surely])} surely among the first"
    return f"No {count(found.n_first, 'recommendation')} with half of everybody behind them"


def _reached(found: Priorities) -> tuple[str, list[int]] | None:
    """A level that enough surely reach; if there is one, such that none above them misses it."""
    reached = [
        (words, [one.item.position for one in found.support if one.share[0] >= level - 1e-9])
        for level, words in LEVELS
    ]
    enough = [(words, reach) for words, reach in reached if len(reach) >= found.n_first]
    order = [one.item.position for one in found.support]
    whole = [(words, reach) for words, reach in enough if reach == order[: len(reach)]]
    return next(iter(whole + enough), None)


def _numbers(positions: Sequence[int]) -> str:
    if len(positions) > MOST_NUMBERS:
        return f"{len(positions)} recommendations"
    return f"No. {listed([str(position) for position in positions])}"


def _legend(found: Priorities, tiers_there: set[str]) -> str:
    told = {
        FIRST: "filled: surely among them",
        PERHAPS: "outlined: perhaps",
        NOT: "thin: surely not, whatever is withheld",
    }
    return (
        f"Of the first {found.n_first}, "
        + "; ".join(words for tier, words in told.items() if tier in tiers_there)
        + "."
    )


def _row(one: Support, tier: str) -> dict[str, object]:
    low, high = one.share
    told = f"{one.fewest} of {one.n}" if low == high else f"{one.fewest} to {one.most} of {one.n}"
    return {
        "row": _name(one),
        "low": low,
        "high": high,
        "told": told,
        "spoken": f"{_name(one)}: {told}, {tier} among the first",
        "tier": tier,
    }


def _name(one: Support) -> str:
    return f"{one.item.position}. {shortened(one.item.text, 38)}"
