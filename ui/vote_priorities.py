"""Who comes first when others are counted, and a set for everybody. See `in_other_ways`."""

import streamlit as st

from domain.ids import BallotId
from services import ballots, priorities
from services.priorities import Order
from services.vote_parts import part_of
from ui import markup, page
from ui.ballot_results import told_of_part
from ui.markup import shortened
from ui.tables import table
from ui.words import listed, sentence_case


def in_other_ways(ballot_id: BallotId) -> None:
    """Whether the first ones stay the first when others are counted, and how sure they are."""
    found = priorities.priorities(ballot_id)
    shown = [o for o in found.orders if o.order]
    page.section(
        f"The first {found.n_first}, by who is counted",
        "Counted anew without industry, with every group weighing the same, and for people with "
        "lived experience alone.",
    )
    if not shown:
        markup.sentence("Too few people answered: an order would tell what single people said.")
        return
    table(
        ("Who counts", "People", "The first", "Compared with the first line"),
        [_row(order, found.n_first) for order in found.orders],
    )
    if found.sureness:
        sure = [f"{position} {word}" for position, word in found.sureness.items()]
        markup.sentence(
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
        markup.sentence("Too few people answered, or the vote asked for an order.")
        return
    for title, one in (("By equal shares", found.by_shares), ("By majority", found.by_majority)):
        parts = (one.for_whom.whole, *one.for_whom.groups)
        told = [part_of(part, priorities.FINDS_SOMETHING) for part in parts]
        table(
            (title, ""),
            [
                ("Chosen", "; ".join(f"{i.position}. {shortened(i.text, 60)}" for i in one.chosen)),
                *((sentence_case(part.label), told_of_part(part)) for part in told),
            ],
        )
        if one.tied:
            markup.sentence(
                "Equally supported, and left out by the order of the ballot alone: "
                + listed([str(i.position) for i in one.tied])
                + "."
            )
    if found.is_same:
        markup.sentence("Both ways choose the same set.")


def _row(order: Order, n_first: int) -> tuple[str, int, str, str]:
    who = sentence_case(order.who_counts)
    if not order.order:
        return who, order.n_counted, "Not shown: too few people behind it, or left out of it", ""
    first = "; ".join(f"{i.position}. {shortened(i.text, 50)}" for i in order.order[:n_first])
    beside = "Others come first" if order.differs else "The same ones come first"
    if order.is_everybody:
        beside = ""
    return who, order.n_counted, first, beside
