"""Who comes first when others are counted, and a set for everybody. See `in_other_ways`."""

import streamlit as st

from domain.ballots import BallotItem
from domain.ids import BallotId
from services import ballots, priorities
from services.priorities import Order, SetChoice
from ui import markup, page
from ui.markup import shortened
from ui.tables import table
from ui.words import listed, sentence_case

MOST_NAMED = 5
"""Of recommendations between which a place stays open: a longer list tells nobody anything."""


def in_other_ways(ballot_id: BallotId) -> None:
    """Whether the first ones stay the first when others are counted, and how sure they are."""
    found = priorities.priorities(ballot_id)
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
        ("Who counts", "People", "The first", "Compared with the first line"),
        [_row(order) for order in found.orders],
    )
    if found.sureness:
        sure = [f"{position} {word}" for position, word in found.sureness.items()]
        markup.sentence(
            f"How sure a place among the first {found.n_first} is, if the same kind of people had "
            f"been asked again: {listed(sure)}."
        )
    markup.sentence(
        "Worked out of what is shown above and of nothing else, so that it tells nothing more of "
        "single people. Where counts were put into words, some places stay open."
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


def _row(order: Order) -> tuple[str, int, str, str]:
    who = sentence_case(order.who_counts)
    if order.why_not:
        return who, order.n_counted, order.why_not, ""
    return who, order.n_counted, _first(order), "" if order.is_everybody else _beside(order)


def _first(order: Order) -> str:
    told = "; ".join(_named(i, 50) for i in order.surely)
    if not order.perhaps:
        return told
    if len(order.perhaps) > MOST_NAMED:
        left = f"{order.n_left} of {len(order.perhaps)} that cannot be told apart"
    else:
        left = f"{order.n_left} of {' or '.join(str(i.position) for i in order.perhaps)}"
    return f"{told}; and {left}" if told else sentence_case(left)


def _beside(order: Order) -> str:
    if order.differs is None:
        return "Cannot be told"
    return "Others come first" if order.differs else "The same ones come first"


def _named(item: BallotItem, width: int) -> str:
    return f"{item.position}. {shortened(item.text, width)}"
