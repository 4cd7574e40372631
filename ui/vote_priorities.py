"""Who comes first when others are counted, and a set for everybody. See `in_other_ways`."""

from collections.abc import Sequence

import streamlit as st

from domain.ballots import BallotItem
from domain.ids import BallotId
from services import ballots, priorities
from services.priorities import Order, Priorities, SetChoice
from ui import markup, page
from ui.markup import shortened
from ui.tables import table
from ui.words import listed, sentence_case


def in_other_ways(found: Priorities) -> None:
    """Whether the first ones stay the first when others are counted, and how sure they are."""
    page.section(
        f"The first {found.n_first}, by who is counted",
        "Counted anew without industry, with every group weighing the same, and for people with "
        "lived experience alone.",
    )
    everybody = found.orders[0]
    if everybody.why_not and all(o.why_not for o in found.orders):
        markup.sentence(f"{everybody.why_not}.")
        return
    table(
        ("Who counts", "People", "Surely among them", "Perhaps", "Surely not"),
        [_row(order) for order in found.orders],
    )
    for told in (_other_firsts(found.orders), _how_sure(found)):
        if told:
            markup.sentence(told)
    markup.sentence(
        "Numbers are those of the recommendations. All of it is worked out of what is shown, so "
        "that it tells nothing more of single people; where counts were put into words, some "
        "places stay open."
    )


def _other_firsts(orders: Sequence[Order]) -> str:
    """Where the first ones are others than everybody's; where they surely are the same."""
    others = [o.who_counts for o in orders if o.differs]
    alike = [o.who_counts for o in orders if o.differs is False and not o.is_everybody]
    told = [f"Others come first {_when(others)}."] if others else []
    told += [f"The same ones come first {_when(alike)}."] if alike else []
    return " ".join(told)


def _when(ways: Sequence[str]) -> str:
    return listed([f"“{way}”" for way in ways])


def _how_sure(found: Priorities) -> str:
    if not found.sureness:
        return ""
    sure = [f"{position} {word}" for position, word in found.sureness.items()]
    return (
        f"How sure a place among the first {found.n_first} is, if the same kind of people had "
        f"been asked again: {listed(sure)}."
    )


def a_fair_set(ballot_id: BallotId) -> None:
    """A set by equal shares beside plain majority, with what each holds for whom."""
    n_options = len(ballots.results(ballot_id).results)
    page.section(
        "Choose a set",
        "Equal shares give everybody the same say over the places, so that no group goes without; "
        "plain majority can give every place to one side.",
    )
    n_places = st.number_input(
        "How many to choose", 1, n_options, min(priorities.FIRST, n_options), key="n_places"
    )
    found = priorities.choose_set(ballot_id, int(n_places))
    if found is None:
        markup.sentence(
            "No set is shown: the vote asked for an order, or too much of it is withheld."
        )
        return
    for title, one in (("By equal shares", found.by_shares), ("By majority", found.by_majority)):
        table(
            (title, ""),
            [
                ("Chosen", "; ".join(_named(i, 60) for i in one.chosen)),
                *(
                    (f"{sentence_case(h.label)}, {h.n}", sentence_case(h.told))
                    for h in one.for_whom
                ),
            ],
        )
        if one.tied:
            markup.sentence(
                "Equally supported, and left out by the order of the ballot alone: "
                + listed([str(i.position) for i in one.tied])
                + "."
            )
    markup.sentence(_how(found))


def _how(found: SetChoice) -> str:
    same = "Both ways choose the same set. " if found.is_same else ""
    if not found.by_group:
        return (
            f"{same}Groups are too small to be shown apart, so equal shares have none to protect."
        )
    return (
        f"{same}Worked out of what is shown above: everybody counts as their group does, and a "
        "group in words with the middle of what its words allow."
    )


def _row(order: Order) -> tuple[str, int, str, str, str]:
    who = sentence_case(order.who_counts)
    if order.why_not:
        return who, order.n_counted, order.why_not, "", ""
    surely = "; ".join(_named(i, 50) for i in order.surely) or "None"
    return who, order.n_counted, surely, _open(order), _numbers(order.not_among) or "None"


def _open(order: Order) -> str:
    """ "2 of 1, 4, 7": which of them is open."""
    return f"{order.n_left} of {_numbers(order.perhaps)}" if order.perhaps else "None"


def _numbers(items: Sequence[BallotItem]) -> str:
    return ", ".join(str(item.position) for item in items)


def _named(item: BallotItem, width: int) -> str:
    return f"{item.position}. {shortened(item.text, width)}"
