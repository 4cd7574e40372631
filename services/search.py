"""Find by meaning and by the words what was said, recommended and done. Start at `search`.

What is shown is read anew: each passage is verified against the release that stands now, and so
are the sentences around it, each by what its own speaker agreed to.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.grouping import Groups, by_role, label_of
from analysis.languages import other_language
from analysis.search_ranking import NEAR_ENOUGH, Question, rank, read_question
from analysis.suppression import ROOM_K
from domain.access import Act
from domain.errors import ModelBroken, ModelMissing
from domain.ids import (
    ProgrammeId,
    UtteranceId,
)
from domain.meetings import Meeting
from domain.people import StakeholderGroup
from domain.search import Kind
from domain.talk import Quote, verify_quote
from services import whose, words_to_read
from services.access import require
from services.runtime import runtime
from services.search_hits import Hit, Reading
from services.search_index import Index, index_of
from store import meetings, talk

LONGEST = 300
"""Letters of a question that are read."""
N_RANKED = 200
AROUND = 6
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Filters:
    """What can be chosen: years, and groups of at least five people as (label, groups)."""

    years: tuple[int, ...]
    groups: tuple[tuple[str, Groups], ...]


@dataclass(frozen=True)
class Found:
    """The answer: what holds the words or says the same, and else only what is nearest.

    `n_words_only` counts passages that could be found by their words alone, since no themes were
    found in them yet; `is_by_meaning` is False where the language model cannot be used, or where
    the question is in a `language` that it does not read.
    """

    hits: tuple[Hit, ...]
    n_more: int
    is_only_near: bool
    is_by_meaning: bool
    n_words_only: int
    n_searched: int
    language: str = ""


@dataclass(frozen=True)
class Turn:
    """A turn around a result; `is_after_gap` where turns before it are not shared."""

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    is_it: bool
    is_after_gap: bool


def filters(programme_id: ProgrammeId, years: Collection[int] = ()) -> Filters:
    """What can be chosen in these years.

    A group of fewer than five people is joined with its nearest, as wherever groups are told
    apart: what a single person said over the years is no list to ask for.
    """
    require(Act.READ, programme_id=programme_id)
    index = index_of(programme_id)
    known = {place.year for place in index.places if place.year}
    return Filters(tuple(sorted(known, reverse=True)), _groups(index, years))


def _groups(index: Index, years: Collection[int]) -> tuple[tuple[str, Groups], ...]:
    found: dict[StakeholderGroup, set[str]] = defaultdict(set)
    for part in index.parts:
        if part.places and (not years or part.places[0].year in years):
            for group, person in part.people:
                found[group].add(person)
    sizes = {group: len(found[group]) for group in StakeholderGroup if found[group]}
    way = by_role(sizes, ROOM_K) if sum(sizes.values()) >= ROOM_K else ()
    is_apart = len(way) > 1 and all(sum(sizes[g] for g in part) >= ROOM_K for part in way)
    return tuple((label_of(part, sizes), part) for part in way) if is_apart else ()


def search(
    programme_id: ProgrammeId,
    asked: str,
    *,
    kinds: Collection[Kind] = tuple(Kind),
    years: Collection[int] = (),
    group: str = "",
    n_most: int = 10,
) -> Found:
    """What answers a question best; a label of `filters` leaves only what that group said."""
    require(Act.READ, programme_id=programme_id)
    question = read_question(asked[:LONGEST])
    index = index_of(programme_id)
    wanted = _wanted(index, kinds, years, group)
    n_searched = int(wanted.sum())
    if not question.words or not n_searched:
        return Found((), 0, False, True, 0, n_searched)
    language = other_language(question.text) or ""
    # What the model makes of it would be near to anything: the very words are all that is known.
    cosine = None if language else _cosines(question, index)
    ranked = rank(question, index.words, cosine, wanted=wanted, n_most=N_RANKED)
    rows = zip(ranked.texts, ranked.is_exact, ranked.has_words, strict=True)
    with runtime().store.read() as tx:
        found = Reading(tx, programme_id, question)
        hits = found.shown([(index.places[n], e, w) for n, e, w in rows], n_most)
    is_answer = ranked.is_exact | ranked.has_words | (ranked.cosine >= NEAR_ENOUGH)
    return Found(
        hits,
        max(0, len(ranked.texts) - len(hits)),
        bool(hits) and not is_answer.any(),
        cosine is not None,
        int((wanted & ~index.vectors.any(axis=1)).sum()) if cosine is not None else 0,
        n_searched,
        language,
    )


def around(utterance_id: UtteranceId) -> tuple[Meeting, tuple[Turn, ...]]:
    """What was said around a turn, as far as it is shared; no turn of it where it is not."""
    meeting_id = whose.utterance(utterance_id)
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        meeting = meetings.meeting_by_id(tx, meeting_id)
        it = next(iter(talk.shared_turns(tx, [utterance_id])), None)
        if it is None:
            return meeting, ()
        near = range(it.position - AROUND, it.position + AROUND + 1)
        said = talk.shared_beside(tx, meeting_id, near)
        in_english = words_to_read.of_whole_turns(tx, list(said.values()))
    turns = [said[place] for place in sorted(said) if said[place].text]
    return meeting, tuple(
        Turn(
            replace(
                verify_quote(one.revision_id, one.text, 0, len(one.text), one.text),
                translation=in_english.get(one.utterance_id, ""),
            ),
            one.utterance_id,
            one.stakeholder_group,
            one.start_s,
            one.utterance_id == utterance_id,
            n > 0 and turns[n - 1].position != one.position - 1,
        )
        for n, one in enumerate(turns)
    )


def _wanted(
    index: Index,
    kinds: Collection[Kind],
    years: Collection[int],
    group: str,
) -> Mask:
    groups = dict(_groups(index, years)).get(group, ()) if group else ()
    return np.array(
        [
            place.kind in kinds
            and (not years or place.year in years)
            and (not group or (place.kind is Kind.SAID and place.group in groups))
            for place in index.places
        ],
        dtype=bool,
    )


def _cosines(question: Question, index: Index) -> NDArray[np.float32] | None:
    """How close everything is in meaning; None where there is no model to ask."""
    if not index.vectors.shape[1]:
        return None
    try:
        vector = runtime().embedder().embed([question.text])[0]
    except (ModelMissing, ModelBroken):
        return None
    near = index.vectors @ vector
    return np.where(index.vectors.any(axis=1), near, np.nan).astype(np.float32)
