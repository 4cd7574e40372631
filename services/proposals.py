"""Sentences in which people proposed something, and what is made of them. Start at `proposed`."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.proposals import CLEAR_FROM, LIKELY_FROM, Proposal, find_proposals
from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId, RevisionId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import Clearness, RecommendationState
from domain.talk import Quote, Utterance, Zone, digest_of, verify_quote
from services import whose, words_to_read
from services.access import require
from services.recommendation_reading import shown_of
from services.runtime import runtime
from store import audit, recommendations, talk
from store import proposals as kept
from store.engine import Connection

MOST_REMEMBERED = 50_000
"""Texts whose proposals are remembered, by their place in exactly these words."""
_places: dict[tuple[RevisionId, str], tuple[Proposal, ...]] = {}


@dataclass(frozen=True)
class ProposedSentence:
    """A sentence as it stands in a released text; strength is a probability, 0.5 to 1.

    ``number`` is that of the recommendation with the same words, if there is one.
    """

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    strength: float
    clearness: Clearness
    number: int | None


@dataclass(frozen=True)
class Proposed:
    """What people proposed, the clearest first, and what a person said is no proposal."""

    sentences: tuple[ProposedSentence, ...]
    dismissed: tuple[ProposedSentence, ...]


def proposed(meeting_id: MeetingId) -> Proposed:
    """Every released sentence that proposes something, of people who agreed to be quoted.

    Of words in another language the whole passage, where its translation proposes something.
    """
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        said = talk.utterances_of(tx, meeting_id, Zone.SHARED)
        numbers = {r.text: r.number for r in shown_of(tx, meeting_id)}
        gone = kept.dismissed(tx, [one.utterance_id for one in said])
        translated = words_to_read.translated_passages(tx, said)
    found = [_sentence(one, p, numbers) for one in said for p in _proposals_of(one)]
    for one, quote in translated:
        proposes = find_proposals(quote.translation)
        if proposes:
            found.append(_told(one, quote, max(p.strength for p in proposes), numbers))
    found.sort(key=lambda one: -one.strength)
    taken = [(one.utterance_id, one.quote.text) in gone for one in found]
    pairs = list(zip(found, taken, strict=True))
    return Proposed(
        tuple(one for one, is_gone in pairs if not is_gone),
        tuple(one for one, is_gone in pairs if is_gone),
    )


def make_draft(quote: Quote, *, author: str) -> RecommendationId:
    """A draft recommendation in these words, with themselves as its first evidence.

    One from words in another language says what they say in English; they are its evidence.

    Raises
    ------
    NotAllowedNow
        If the meeting has a recommendation in these words.
    QuoteNotInSource
        If the words are not, character for character, at their place in the store.
    NotFound
        If that text was not released, or its speaker did not agree to be quoted.
    """
    require(Act.RUN_MEETING, meeting_id=whose.revision(quote.revision_id))
    with runtime().store.write() as tx:
        said, verified = _checked(tx, quote)
        meeting_id = said.meeting_id
        reviewed = words_to_read.of_turns(tx, [said.utterance_id])
        wording = reviewed.beside(said.utterance_id, verified).read_by
        for one in recommendations.recommendations_of(tx, meeting_id):
            if one.text == wording:
                raise NotAllowedNow(
                    reason=f"Recommendation {one.number} has exactly these words already."
                )
        # So that the draft is known as a copy, and goes when the words are taken back.
        talk.mark_proposal(tx, said.utterance_id, is_proposal=True)
        draft = recommendations.add_recommendation(
            tx, meeting_id, wording, RecommendationState.DRAFT, author=author
        )
        recommendations.add_evidence(tx, draft, verified)
        audit.record(tx, author, "draft from a sentence", "recommendation", draft)
    return draft


def dismiss(quote: Quote, *, author: str) -> None:
    """Say that a sentence is no proposal: it is listed apart from then on."""
    require(Act.RUN_MEETING, meeting_id=whose.revision(quote.revision_id))
    with runtime().store.write() as tx:
        said, verified = _checked(tx, quote)
        kept.dismiss(tx, verified, author=author)
        audit.record(tx, author, "not a proposal", "utterance", said.utterance_id)


def bring_back(quote: Quote, *, author: str) -> None:
    """Take that back."""
    require(Act.RUN_MEETING, meeting_id=whose.revision(quote.revision_id))
    with runtime().store.write() as tx:
        said, verified = _checked(tx, quote)
        kept.bring_back(tx, said.utterance_id, verified)
        audit.record(tx, author, "a proposal after all", "utterance", said.utterance_id)


def _checked(tx: Connection, quote: Quote) -> tuple[Utterance, Quote]:
    said = talk.shared_revision(tx, quote.revision_id)
    return said, verify_quote(quote.revision_id, said.text, quote.start, quote.end, quote.text)


def _proposals_of(said: Utterance) -> Sequence[Proposal]:
    """Places only are remembered, never words."""
    key = said.revision_id, digest_of(said.text)
    found = _places.get(key)
    if found is None:
        if len(_places) >= MOST_REMEMBERED:
            _places.clear()
        found = _places[key] = tuple(find_proposals(said.text))
    return found


def _sentence(said: Utterance, place: Proposal, numbers: dict[str, int]) -> ProposedSentence:
    words = said.text[place.start : place.end]
    quote = verify_quote(said.revision_id, said.text, place.start, place.end, words)
    return _told(said, quote, place.strength, numbers)


def _told(
    said: Utterance, quote: Quote, strength: float, numbers: dict[str, int]
) -> ProposedSentence:
    return ProposedSentence(
        quote,
        said.utterance_id,
        said.stakeholder_group,
        said.start_s,
        strength,
        _clearness(strength),
        numbers.get(quote.read_by),
    )


def _clearness(strength: float) -> Clearness:
    if strength >= CLEAR_FROM:
        return Clearness.CLEAR
    return Clearness.LIKELY if strength >= LIKELY_FROM else Clearness.PERHAPS
