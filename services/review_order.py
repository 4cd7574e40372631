"""Which turns a reviewer reads first, and why. Start at `in_order`.

First what others are about to see as quotations, then what the machine is unsure about, then
the rest as it was said.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.errors import RoundtableError
from domain.identifiers import Suggestion
from domain.ids import MeetingId, RevisionId, UtteranceId
from domain.review import ReviewState, Why
from domain.talk import Zone
from domain.themes import Passage
from services.hide_suggestions import prompts_for
from services.passages import sha256_of
from services.review_turns import Turn
from services.runtime import runtime
from store import recommendations, themes
from store.embeddings import embeddings_of
from store.engine import Connection
from store.passages import passages_of

Vector = NDArray[np.float32]
UNSURE_BELOW = 0.6
"""A stretch that the machine is less sure about is looked at by a person."""
QUOTED = frozenset({Why.PROPOSES, Why.SUPPORTS, Why.TYPICAL, Why.LONGEST})
"""Reasons that say: this may soon be a quotation."""
N_TYPICAL = 3
N_LONGEST = 2
N_NEAR = 4
FEWEST_WORDS = 8
"""A turn of fewer words is hardly ever quoted."""


@dataclass(frozen=True)
class Ordered:
    """A turn with every reason to read it before others, the strongest first."""

    turn: Turn
    whys: tuple[Why, ...]

    @property
    def is_first(self) -> bool:
        return self.whys[0] is not Why.REST


def in_order(
    tx: Connection,
    meeting_id: MeetingId,
    turns: Sequence[Turn],
    suggested: Mapping[RevisionId, Sequence[Suggestion]],
) -> list[Ordered]:
    """These turns, the ones to read first at the beginning."""
    quoted = _likely_quoted(tx, meeting_id, turns)
    found = [
        Ordered(turn, tuple(sorted(_whys(turn, quoted, suggested.get(turn.texts.source, ())))))
        for turn in turns
    ]
    return sorted(found, key=lambda one: (one.whys[0], one.turn.said.position))


def needs_a_person(turn: Turn, suggested: Iterable[Suggestion]) -> frozenset[Why]:
    """What about these words no machine decides: a stretch it is unsure of, a rule beyond names."""
    found = set()
    if any(one.sureness < UNSURE_BELOW for one in suggested):
        found.add(Why.UNSURE)
    if prompts_for(turn.said.text):
        found.add(Why.ASKS)
    return frozenset(found)


def _whys(
    turn: Turn, quoted: Mapping[UtteranceId, Collection[Why]], suggested: Iterable[Suggestion]
) -> set[Why]:
    found = {*quoted.get(turn.utterance_id, ()), *needs_a_person(turn, suggested)}
    if turn.said.is_proposal:
        found.add(Why.PROPOSES)
    if turn.state is ReviewState.TAKEN_BACK:
        found.add(Why.TAKEN_BACK)
    return found or {Why.REST}


def _likely_quoted(
    tx: Connection, meeting_id: MeetingId, turns: Sequence[Turn]
) -> dict[UtteranceId, set[Why]]:
    found: dict[UtteranceId, set[Why]] = defaultdict(set)
    for utterance_id in _near_recommendations(tx, meeting_id, turns):
        found[utterance_id].add(Why.SUPPORTS)
    typical = _typical(tx, meeting_id, turns)
    why = Why.LONGEST if typical is None else Why.TYPICAL
    for utterance_id in _longest(turns) if typical is None else typical:
        found[utterance_id].add(why)
    return found


def _typical(
    tx: Connection, meeting_id: MeetingId, turns: Sequence[Turn]
) -> set[UtteranceId] | None:
    """The most typical turns of each theme, as far as they are here; None before any themes."""
    run = themes.current_run(tx, meeting_id, Zone.RESTRICTED) or themes.current_run(
        tx, meeting_id, Zone.SHARED
    )
    if run is None:
        return None
    turn_of = {turn.texts.source: turn.utterance_id for turn in turns}
    turn_of |= {turn.texts.release: turn.utterance_id for turn in turns if turn.texts.release}
    inside: dict[str, list[tuple[int, UtteranceId]]] = defaultdict(list)
    for member, revision_id, *_ in themes.memberships_of_run(tx, run.run_id):
        if member.theme_id and revision_id in turn_of:
            inside[member.theme_id].append((member.typical, turn_of[revision_id]))
    return {turn for members in inside.values() for _, turn in sorted(members)[:N_TYPICAL]}


def _longest(turns: Sequence[Turn]) -> set[UtteranceId]:
    """The longest turns of each speaker, who will be quoted with them if with anything."""
    spoken: dict[str, list[tuple[int, int, UtteranceId]]] = defaultdict(list)
    for turn in turns:
        n_words = len(turn.said.text.split())
        if n_words >= FEWEST_WORDS:
            who = turn.said.attendance_id or turn.said.speaker
            spoken[who].append((-n_words, turn.said.position, turn.utterance_id))
    return {turn for said in spoken.values() for _, _, turn in sorted(said)[:N_LONGEST]}


def _near_recommendations(
    tx: Connection, meeting_id: MeetingId, turns: Sequence[Turn]
) -> set[UtteranceId]:
    """Turns nearest to a recommendation: in meaning where that is known, else by their words.

    Nothing is embedded for it: opening the queue must not wait for the model.
    """
    from analysis.shared_words import rank_by_shared_words

    asked = [r.text for r in recommendations.recommendations_of(tx, meeting_id)]
    if not asked:
        return set()
    passages = passages_of(tx, [turn.texts.source for turn in turns])
    vectors = _known_vectors(tx, [*asked, *(p.text for p in passages)])
    known = [p for p in passages if p.text in vectors]
    texts = [turn.said.text for turn in turns]
    found: set[UtteranceId] = set()
    for text in asked:
        if text in vectors and known:
            found |= _nearest(text, known, vectors, turns)
        else:
            near = rank_by_shared_words(text, texts, n_most=N_NEAR)
            found |= {turns[n].utterance_id for n in near}
    return found


def _nearest(
    text: str, passages: Sequence[Passage], vectors: Mapping[str, Vector], turns: Sequence[Turn]
) -> set[UtteranceId]:
    from analysis.evidence import Said, Text, rank_evidence

    turn_of = {turn.texts.source: turn for turn in turns}
    rows = np.stack([vectors[p.text] for p in passages])
    speakers = [turn_of[p.revision_id].said.speaker for p in passages]
    said = Said([p.text for p in passages], rows, speakers)
    ranked = rank_evidence(Text(text, vectors[text]), said, n_most=N_NEAR)
    return {turn_of[passages[n].revision_id].utterance_id for n in ranked.passages}


def _known_vectors(tx: Connection, texts: Sequence[str]) -> dict[str, Vector]:
    try:
        model, path_name = runtime().model_name
    except RoundtableError:
        return {}
    keys = {text: sha256_of(text) for text in texts}
    stored = embeddings_of(tx, model, path_name, list(dict.fromkeys(keys.values())))
    return {
        text: np.frombuffer(stored[key], dtype=np.float16).astype(np.float32)
        for text, key in keys.items()
        if key in stored
    }
