"""What of recommendations and their evidence may be shown now. Start at `shown_of`."""

from collections.abc import Sequence
from dataclasses import replace

from domain.ballots import BallotState
from domain.errors import QuoteNotInSource
from domain.ids import MeetingId, RecommendationId
from domain.recommendations import Evidence, Recommendation, RecommendationState
from domain.talk import Quote, Utterance, verify_quote
from services import words_to_read
from store import ballots, copies, talk
from store import recommendations as kept
from store.engine import Connection


def shown_of(
    tx: Connection, meeting_id: MeetingId, *, with_merged: bool = False
) -> list[Recommendation]:
    """Recommendations that may be shown, as one transaction sees them.

    Those that another one stands for are left out unless asked for.

    A draft that was made of a line is a copy of it: while others may not read the line, they do
    not see the draft. Once people voted on it or it was proposed, it is the meeting's own wording
    and stays, since what was asked and answered must not change.
    """
    every = kept.recommendations_of(tx, meeting_id)
    found = [r for r in every if with_merged or r.merged_into is None]
    drafts = {r.text for r in found if r.state is RecommendationState.DRAFT}
    gone = copies.taken_back(tx, meeting_id, drafts)
    if not gone:
        return found
    asked = {
        item.recommendation_id
        for ballot in ballots.ballots_of(tx, meeting_id)
        for item in ballot.items
        if ballot.state is not BallotState.DRAFT
    }
    return [
        r
        for r in found
        if r.state is not RecommendationState.DRAFT
        or r.text not in gone
        or r.recommendation_id in asked
    ]


def joined_with(
    recommendation_id: RecommendationId, found: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Those that a recommendation stands for, and those that they stood for before, by number."""
    direct = [r for r in found if r.merged_into == recommendation_id]
    further = [one for r in direct for one in joined_with(r.recommendation_id, found)]
    return tuple(sorted((*direct, *further), key=lambda r: r.number))


def verified_evidence(
    tx: Connection, recommendation_ids: Sequence[RecommendationId]
) -> tuple[dict[RecommendationId, list[Evidence]], dict[RecommendationId, int]]:
    """Evidence whose words are exactly at their place, and how many are not, by recommendation.

    Every display goes through here, so that a quote is checked each time it is drawn.
    """
    found: dict[RecommendationId, list[Evidence]] = {}
    broken: dict[RecommendationId, int] = {}
    rows = kept.evidence_rows(tx, recommendation_ids)
    shared = talk.shared_revisions(tx, [row.revision_id for row in rows])
    reviewed = words_to_read.of_turns(tx, [said.utterance_id for said in shared.values()])
    # A turn that was cut into several passages is quoted whole: what was accepted, or scribed.
    in_english = words_to_read.of_whole_turns(tx, list(shared.values()))
    for row in rows:
        if not row.quote:
            continue  # it waits to be confirmed: `waiting_evidence`
        recommendation_id = row.recommendation_id
        utterance = shared.get(row.revision_id)
        try:
            text = utterance.text if utterance else ""
            quote = verify_quote(row.revision_id, text, row.start, row.end, row.quote)
        except QuoteNotInSource:
            quote = None
        if utterance is None or quote is None:
            broken[recommendation_id] = broken.get(recommendation_id, 0) + 1
            continue
        quote = reviewed.beside(utterance.utterance_id, quote)
        if (quote.start, quote.end) == (0, len(utterance.text)) and not quote.translation:
            quote = replace(quote, translation=in_english.get(utterance.utterance_id, ""))
        found.setdefault(recommendation_id, []).append(_evidence(row, quote, utterance))
    return found, broken


def waiting_evidence(
    tx: Connection, recommendation_ids: Sequence[RecommendationId]
) -> dict[RecommendationId, list[Evidence]]:
    """Quotes whose own words were corrected, with the words that stand at their place now.

    They support nothing until somebody confirms them.
    """
    found: dict[RecommendationId, list[Evidence]] = {}
    rows = [row for row in kept.evidence_rows(tx, recommendation_ids) if not row.quote]
    shared = talk.shared_revisions(tx, [row.revision_id for row in rows])
    for row in rows:
        said = shared.get(row.revision_id)
        if said and 0 <= row.start < row.end <= len(said.text):
            words = said.text[row.start : row.end]
            quote = verify_quote(row.revision_id, said.text, row.start, row.end, words)
            found.setdefault(row.recommendation_id, []).append(_evidence(row, quote, said))
    return found


def _evidence(row: kept.EvidenceRow, quote: Quote, said: Utterance) -> Evidence:
    return Evidence(
        row.evidence_id,
        row.recommendation_id,
        said.utterance_id,
        quote,
        said.stakeholder_group,
        said.start_s,
        said.place,
        row.direction,
    )
