"""Let others see a turn, keep it from them, or take it back. Start at `release`.

Each is one transaction: the text, what points at it, and the log change together or not at all.
"""

from collections.abc import Iterable

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.identifiers import Suggestion, hide
from domain.ids import RevisionId, UtteranceId
from domain.recommendations import LossReason
from domain.review import ReviewState
from domain.talk import RevisionKind
from services import hide_suggestions, whose
from services.access import require
from services.reanchoring import Reanchored, reanchor_all
from services.review import given
from services.review_turns import Turn, the_turn
from services.runtime import runtime
from services.themes import THEMES
from store import audit, jobs
from store import review as kept
from store.engine import Connection


def release(
    utterance_id: UtteranceId, revision_id: RevisionId, hides: Iterable[Suggestion] = ()
) -> Reanchored:
    """Let others see a turn, without the stretches to be hidden; what became of its quotes.

    Raises
    ------
    NotAllowedNow
        If its words are others than those that were read, or its speaker did not agree.
    """
    meeting_id = whose.utterance(utterance_id)
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    stretches = tuple(hides)
    with runtime().store.write() as tx:
        found = _as_read(tx, utterance_id, revision_id)
        if not found.is_agreed or found.is_withdrawn:
            raise NotAllowedNow(
                reason="Whoever said this did not agree that it is shared, or took it back. "
                "It was not released."
            )
        words = hide(found.said.text, stretches)
        if not words.strip():
            raise NotAllowedNow(reason="Nothing would be left of these words. Hold them back.")
        _add(tx, found, RevisionKind.RELEASED, words, author=actor.name)
        kept.let_go(tx, utterance_id)
        done = reanchor_all(tx, [utterance_id], reason=LossReason.TEXT_CHANGED)
        _find_themes_again(tx, found, done)
        told = f"{len(stretches)} stretches hidden" if stretches else ""
        audit.record(tx, actor.name, "words released", "utterance", utterance_id, reason=told)
    return done


def correct(utterance_id: UtteranceId, revision_id: RevisionId, text: str) -> None:
    """Word a turn otherwise before others see it; what was heard stays, and so does a release."""
    meeting_id = whose.utterance(utterance_id)
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    wanted = text.strip()
    if not wanted:
        raise NotAllowedNow(reason="Nothing would be left of these words. Hold them back.")
    with runtime().store.write() as tx:
        found = _as_read(tx, utterance_id, revision_id)
        if found.said.text == wanted:
            return
        _add(tx, found, RevisionKind.CORRECTED, wanted, author=actor.name)
        audit.record(tx, actor.name, "words corrected", "utterance", utterance_id)
    hide_suggestions.request_suggestions(meeting_id)


def hold_back(utterance_id: UtteranceId, reason: str) -> None:
    """Keep a turn from others, also one that they see now; a reason is needed."""
    meeting_id = whose.utterance(utterance_id)
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    told = given(reason, "why these words are held back")
    with runtime().store.write() as tx:
        _withhold(tx, the_turn(tx, utterance_id), author=actor.name)
        kept.hold(tx, utterance_id, by=actor.name, reason=told)
        audit.record(tx, actor.name, "words held back", "utterance", utterance_id, reason=told)


def let_go(utterance_id: UtteranceId) -> None:
    """Hold a turn back no more: it waits again."""
    meeting_id = whose.utterance(utterance_id)
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        if kept.let_go(tx, utterance_id):
            audit.record(tx, actor.name, "words held back no more", "utterance", utterance_id)


def take_back(utterance_id: UtteranceId) -> None:
    """Show a released turn to others no more; it waits to be read again."""
    meeting_id = whose.utterance(utterance_id)
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        if _withhold(tx, the_turn(tx, utterance_id), author=actor.name):
            audit.record(tx, actor.name, "release taken back", "utterance", utterance_id)


def _withhold(tx: Connection, found: Turn, *, author: str) -> bool:
    if found.state is not ReviewState.RELEASED:
        return False
    _add(tx, found, RevisionKind.WITHHELD, "", author=author)
    done = reanchor_all(tx, [found.utterance_id], reason=LossReason.WITHDRAWN)
    _find_themes_again(tx, found, done)
    return True


def _find_themes_again(tx: Connection, found: Turn, done: Reanchored) -> None:
    """Where themes were read from words that are gone, have them read again by the worker."""
    if done.n_passages:
        jobs.add_job(tx, THEMES, found.said.meeting_id)


def _add(tx: Connection, found: Turn, kind: RevisionKind, text: str, *, author: str) -> None:
    number = found.texts.newest_number + 1
    kept.add_texts(tx, [kept.NewText(found.utterance_id, number, kind, text)], author=author)


def _as_read(tx: Connection, utterance_id: UtteranceId, revision_id: RevisionId) -> Turn:
    found = the_turn(tx, utterance_id)
    if found.texts.source != revision_id:
        raise NotAllowedNow(
            reason="These words were changed by somebody else meanwhile. Nothing was released; "
            "read them again."
        )
    return found
