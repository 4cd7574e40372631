"""Find by meaning and by the words what was said, recommended and done. Start at `search`.

What is shown is read anew: each passage is verified against the release that stands now, and so
are the sentences around it, each by what its own speaker agreed to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.grouping import Groups, by_role, label_of
from analysis.passages import sentences
from analysis.search_ranking import NEAR_ENOUGH, Question, marks, rank, read_question
from analysis.suppression import ROOM_K
from domain.access import Act
from domain.errors import ModelBroken, ModelMissing, QuoteNotInSource
from domain.ids import (
    InitiativeId,
    MeetingId,
    ProgrammeId,
    RecommendationId,
    RevisionId,
    UtteranceId,
)
from domain.meetings import Meeting
from domain.people import StakeholderGroup
from domain.search import Kind
from domain.talk import Quote, Utterance, verify_passage, verify_quote
from services import whose, words_to_read
from services.access import require
from services.recommendation_reading import shown_of
from services.runtime import runtime
from services.search_index import Index, Place, index_of
from store import initiatives, meetings, talk
from store.engine import Connection

LONGEST = 300
"""Letters of a question that are read."""
N_RANKED = 200
AROUND = 6
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Hit:
    """One result with its kind. Of what was said: a verified quote and the sentences around it.

    `words` are those of a recommendation or an outcome, `told` is how far it came; `marks` are
    where words of the question stand. `is_exact` tells that the question stands there as asked.
    """

    kind: Kind
    meeting: Meeting | None
    is_exact: bool
    has_words: bool
    marks: tuple[tuple[int, int], ...]
    quote: Quote | None = None
    before: Quote | None = None
    after: Quote | None = None
    utterance_id: UtteranceId | None = None
    stakeholder_group: StakeholderGroup | None = None
    start_s: float | None = None
    place: str = ""
    words: str = ""
    told: str = ""
    recommendation_id: RecommendationId | None = None
    initiative_id: InitiativeId | None = None


@dataclass(frozen=True)
class Filters:
    """What can be chosen: years, and groups of at least five people as (label, groups)."""

    years: tuple[int, ...]
    groups: tuple[tuple[str, Groups], ...]


@dataclass(frozen=True)
class Found:
    """The answer: what holds the words or says the same, and else only what is nearest.

    `n_words_only` counts passages that could be found by their words alone, since no themes were
    found in them yet; `is_by_meaning` is False where the language model cannot be used.
    """

    hits: tuple[Hit, ...]
    n_more: int
    is_only_near: bool
    is_by_meaning: bool
    n_words_only: int
    n_searched: int


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
    cosine = _cosines(question, index)
    ranked = rank(question, index.words, cosine, wanted=wanted, n_most=N_RANKED)
    rows = zip(ranked.texts, ranked.is_exact, ranked.has_words, strict=True)
    with runtime().store.read() as tx:
        found = _Reading(tx, programme_id, question)
        hits = found.shown([(index.places[n], e, w) for n, e, w in rows], n_most)
    is_answer = ranked.is_exact | ranked.has_words | (ranked.cosine >= NEAR_ENOUGH)
    return Found(
        hits,
        max(0, len(ranked.texts) - len(hits)),
        bool(hits) and not is_answer.any(),
        cosine is not None,
        int((wanted & ~index.vectors.any(axis=1)).sum()) if cosine is not None else 0,
        n_searched,
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


class _Reading:
    """Reads anew what is about to be shown, within one transaction."""

    def __init__(self, tx: Connection, programme_id: ProgrammeId, question: Question) -> None:
        self._tx = tx
        self._asked = frozenset(question.telling)
        self._meetings = {m.meeting_id: m for m in meetings.meetings_of(tx, programme_id)}
        self._programme_id = programme_id
        self._reviewed = words_to_read.Reviewed({})
        self._shown: dict[MeetingId, Mapping[RecommendationId, tuple[str, str]]] = {}

    def shown(self, rows: Sequence[tuple[Place, bool, bool]], n_most: int) -> tuple[Hit, ...]:
        revisions = [place.revision_id for place, *_ in rows if place.revision_id]
        said = talk.shared_revisions(self._tx, revisions[: n_most * 4])
        turns = [one.utterance_id for one in said.values()]
        self._reviewed = words_to_read.of_turns(self._tx, turns)
        hits: list[Hit] = []
        for place, is_exact, has_words in rows:
            found = self._hit(place, said, is_exact=bool(is_exact), has_words=bool(has_words))
            if found:
                hits.append(found)
            if len(hits) == n_most:
                break
        return tuple(hits)

    def _hit(
        self, place: Place, said: Mapping[RevisionId, Utterance], *, is_exact: bool, has_words: bool
    ) -> Hit | None:
        meeting = self._meetings.get(place.meeting_id) if place.meeting_id else None
        if place.kind is Kind.SAID:
            one = said.get(place.revision_id) if place.revision_id else None
            return self._said(place, one, meeting, is_exact, has_words) if one else None
        told = self._written(place)
        if told is None:
            return None
        words, how_far = told
        return Hit(
            place.kind,
            meeting,
            is_exact,
            has_words,
            tuple(marks(words, self._asked)),
            words=words,
            told=how_far,
            recommendation_id=place.recommendation_id,
            initiative_id=place.initiative_id,
        )

    def _said(
        self, place: Place, said: Utterance, meeting: Meeting | None, is_exact: bool, has: bool
    ) -> Hit | None:
        try:
            quote = verify_passage(
                said.revision_id, said.text, place.start, place.end, place.text_sha256
            )
        except QuoteNotInSource:
            return None
        quote = self._reviewed.beside(said.utterance_id, quote)
        before, after = self._around(said, quote)
        return Hit(
            Kind.SAID,
            meeting,
            is_exact,
            has,
            tuple(marks(quote.text, self._asked)),
            quote,
            before,
            after,
            said.utterance_id,
            said.stakeholder_group,
            said.start_s,
            said.place,
        )

    def _around(self, said: Utterance, quote: Quote) -> tuple[Quote | None, Quote | None]:
        """The sentence before and after: of the same turn, else of the turn beside it if shared."""
        own = sentences(said.text)
        beside = talk.shared_beside(
            self._tx, said.meeting_id, (said.position - 1, said.position + 1)
        )
        before = [span for span in own if span[1] <= quote.start]
        after = [span for span in own if span[0] >= quote.end]
        return (
            _sentence(said, before, -1) or _sentence(beside.get(said.position - 1), None, -1),
            _sentence(said, after, 0) or _sentence(beside.get(said.position + 1), None, 0),
        )

    def _written(self, place: Place) -> tuple[str, str] | None:
        """Words of a recommendation or an outcome, and how far it came."""
        if place.recommendation_id and place.meeting_id:
            if place.meeting_id not in self._shown:
                self._shown[place.meeting_id] = {
                    r.recommendation_id: (r.text, f"number {r.number}, {r.state.value}")
                    for r in shown_of(self._tx, place.meeting_id)
                }
            return self._shown[place.meeting_id].get(place.recommendation_id)
        for one in initiatives.initiatives_of(self._tx, self._programme_id):
            if one.initiative_id == place.initiative_id:
                kind = "documented, with its source" if one.is_documented else one.stage.value
                return "\n".join(filter(None, (one.title, one.summary))), kind
        return None


def _sentence(
    said: Utterance | None, spans: Iterable[tuple[int, int]] | None, which: int
) -> Quote | None:
    if said is None:
        return None
    own = list(sentences(said.text) if spans is None else spans)
    if not own:
        return None
    start, end = own[which]
    return verify_quote(said.revision_id, said.text, start, end, said.text[start:end])
