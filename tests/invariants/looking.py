"""What roll, box, result and sources say just now. Start at `look`."""

import csv
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from analysis.suppression import PUBLIC_K, Released
from domain.ballots import BallotItem, BallotState
from domain.ids import BallotId
from domain.votes import Answer
from services import ballots, recount
from store import ballot_box
from store import ballots as kept
from store.engine import Store
from store.tables import (
    ballot_item,
    box,
    evidence,
    initiative_answer,
    lost_source,
    proxy_consent,
    recommendation,
    text_revision,
)
from tests.invariants.expected import Expected, Row
from tests.made_vote import MadeVote

Items = tuple[BallotItem, ...]


@dataclass(frozen=True)
class Looked:
    """The vote as the store has it."""

    box: Counter[Row]
    n_keys: int
    n_on_roll: int
    is_open: bool
    answered_for: set[str]


def look(store: Store, made: MadeVote) -> Looked:
    with store.read() as tx:
        ballot = kept.ballot_by_id(tx, made.ballot_id)
        rows = ballot_box.box_of(tx, made.ballot_id)
        n_on_roll, _ = kept.turnout(tx, made.ballot_id)
        agreed = set(tx.execute(select(proxy_consent.c.attendance_id)).scalars())
    place = {item.recommendation_id: item.position for item in ballot.items}
    return Looked(
        Counter((place[r], given, group, is_proxy) for _, r, given, group, is_proxy in rows),
        len({key for key, *_ in rows}),
        n_on_roll,
        ballot.state is BallotState.OPEN,
        agreed,
    )


def results(ballot_id: BallotId, expected: Expected) -> object:
    """What is shown and exported, after it was held against what must be in it."""
    shown = ballots.results(ballot_id)
    public = ballots.results(ballot_id, PUBLIC_K)
    exported = ballots.export_results_csv(ballot_id)
    rows = list(csv.DictReader(exported.decode("utf-8-sig").splitlines()))
    told = {(row["number"], row["group"]): row for row in rows}
    for result, for_all in zip(shown.results, public.results, strict=True):
        place = result.item.position
        own = _counted(expected, place, is_proxy=False)
        assert _is_true(result.vote.whole, own), (place, result.vote.whole, own)
        assert sum(part.n for part in result.vote.groups) in (0, own.total())
        by_proxy = _counted(expected, place, is_proxy=True)
        assert (result.by_proxy.n if result.by_proxy else 0) == by_proxy.total()
        row = told[str(place), "everyone"]
        assert int(row["answered"]) == for_all.vote.whole.n == own.total()
        if row["disagree"]:
            cells = tuple(int(row[word]) for word in ("agree", "pass", "disagree"))
            assert cells == tuple(own[answer] for answer in Answer)
    assert recount.count_again(ballot_id).is_right
    return shown, exported


def loose_ends(store: Store, made: MadeVote) -> list[str]:
    """Votes, initiatives and quotes that lead nowhere, and lost quotes that nobody noted."""
    with store.read() as tx:
        known = set(tx.execute(select(recommendation.c.recommendation_id)).scalars())
        asked = set(tx.execute(select(ballot_item.c.recommendation_id)).scalars())
        voted = set(tx.execute(select(box.c.recommendation_id).distinct()).scalars())
        answered = set(tx.execute(select(initiative_answer.c.recommendation_id)).scalars())
        texts = select(text_revision.c.text).join_from(evidence, text_revision)
        quotes = tx.execute(
            texts.add_columns(evidence.c.start, evidence.c.end, evidence.c.quote)
        ).all()
        n_noted = len(tx.execute(select(lost_source.c.lost_source_id)).all())
    ends = [f"{told} of no recommendation" for told in (asked | voted | answered) - known]
    ends += [f"{told} was not asked" for told in voted - asked]
    ends += ["a quote that differs" for text, a, b, quote in quotes if text[a:b] != quote]
    if len(quotes) + n_noted < 1:  # the one quote that there was is there, or its loss is noted
        ends.append("a quote that is gone without a word")
    return ends


def _counted(expected: Expected, place: int, *, is_proxy: bool) -> Counter[int]:
    rows = expected.box()
    found: Counter[int] = Counter()
    for (where, given, _, by_proxy), n in rows.items():
        if (where, by_proxy) == (place, is_proxy):
            found[given] += n
    return found


def _is_true(shown: Released, own: Counter[int]) -> bool:
    """Whether each number that is shown is the number that was given."""
    cells = tuple(own[answer] for answer in Answer)
    is_counted = shown.counts is None or shown.counts.cells == cells
    is_agreed = shown.n_agree is None or shown.n_agree == own[Answer.AGREE]
    return shown.n == own.total() and is_counted and is_agreed
