"""What a search shows of a row that it found: its words as they stand now. Start at `Reading`.

Each passage is verified against the release that stands, and so are the sentences around it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.passages import sentences
from analysis.search_ranking import Question, marks
from domain.errors import QuoteNotInSource
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
from services import words_to_read
from services.recommendation_reading import shown_of
from services.search_index import Place
from store import initiatives, meetings, talk
from store.engine import Connection


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


class Reading:
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
