"""Every turn of a meeting with what its review needs to know. Start at `turns_in`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.errors import NotFound
from domain.ids import MeetingId, UtteranceId
from domain.review import HeldBack, ReviewState, TurnTexts
from domain.talk import ConsentUse, Utterance, Wish, Zone
from store import consent, review, talk, wishes
from store.engine import Connection


@dataclass(frozen=True)
class Turn:
    """A turn with its words as they were heard or corrected, not as others see them."""

    said: Utterance
    texts: TurnTexts
    held: HeldBack | None
    agreed: frozenset[ConsentUse]
    wishes: frozenset[Wish]

    @property
    def utterance_id(self) -> UtteranceId:
        return self.said.utterance_id

    @property
    def state(self) -> ReviewState:
        if self.held:
            return ReviewState.HELD_BACK
        if self.texts.is_withheld:
            return ReviewState.TAKEN_BACK
        return ReviewState.RELEASED if self.texts.release else ReviewState.WAITING

    @property
    def is_agreed(self) -> bool:
        """Whether the speaker agreed that others are shown anything made of these words."""
        return ConsentUse.GROUPED in self.agreed

    @property
    def is_withdrawn(self) -> bool:
        return Wish.WITHDRAWN in self.wishes

    @property
    def is_in_queue(self) -> bool:
        """Whether a reviewer still has to decide about it."""
        waits = self.state in (ReviewState.WAITING, ReviewState.TAKEN_BACK)
        return waits and self.is_agreed and not self.is_withdrawn


def turns_in(tx: Connection, meeting_id: MeetingId) -> list[Turn]:
    """The turns of a meeting in order; without those of people who are not to be recorded."""
    return _turns(tx, meeting_id, None)


def the_turn(tx: Connection, utterance_id: UtteranceId) -> Turn:
    """One turn, at what one turn costs to read.

    Raises
    ------
    NotFound
        If it is gone, or its speaker is not to be recorded.
    """
    found = _turns(tx, talk.meeting_of_utterance(tx, utterance_id), utterance_id)
    if not found:
        raise NotFound(kind="turn to review", id=utterance_id)
    return found[0]


def _turns(tx: Connection, meeting_id: MeetingId, only: UtteranceId | None) -> list[Turn]:
    texts = review.texts_of(tx, meeting_id, only=only)
    held = review.held_of(tx, meeting_id, only=only)
    agreed = consent.read_agreements(tx, meeting_id)
    heard = talk.utterances_of(tx, meeting_id, Zone.RESTRICTED, only=only)
    said = _as_heard(tx, heard, texts)
    asked = wishes.wishes_of(tx, [one.utterance_id for one in said])
    return [
        Turn(
            one,
            texts[one.utterance_id],
            held.get(one.utterance_id),
            frozenset(use for use in ConsentUse if agreed.allows(one, use)),
            asked.get(one.utterance_id, frozenset()),
        )
        for one in said
    ]


def _as_heard(
    tx: Connection, newest: Iterable[Utterance], texts: dict[UtteranceId, TurnTexts]
) -> list[Utterance]:
    """The newest text may be the one that others see, with stretches hidden: go behind it."""
    newest = list(newest)
    wanted = [
        source for one in newest if (source := texts[one.utterance_id].source) != one.revision_id
    ]
    words = review.words_of(tx, wanted)
    return [
        replace(one, revision_id=source, text=words[source])
        if (source := texts[one.utterance_id].source) in words
        else one
        for one in newest
    ]
