"""One turn read by itself is the one that stands among all turns of its meeting."""

import pytest

from domain.errors import NotFound
from domain.ids import UtteranceId
from domain.talk import ConsentUse, Wish, WishMadeBy
from services import releasing, transcripts
from services.review_turns import the_turn, turns_in
from services.transcripts import ConsentGiven
from store import wishes
from tests.services.conftest import TALK


@pytest.fixture
def in_every_state(meeting_id, store):
    """Turns released, corrected since, held back, taken back, withdrawn, and new ones."""
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    people = {match.label: match.attendance_id for match in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=False)
    with store.read() as tx:
        released, corrected, held, _, taken_back, withdrawn, _ = turns_in(tx, meeting_id)
    for turn in (released, corrected, taken_back):
        releasing.release(turn.utterance_id, turn.texts.source)
    releasing.correct(corrected.utterance_id, corrected.texts.source, "What was truly said.")
    releasing.hold_back(held.utterance_id, "somebody is named")
    releasing.take_back(taken_back.utterance_id)
    with store.write() as tx:
        wishes.add_wish(tx, withdrawn.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
    return meeting_id


def test_a_turn_read_alone_is_the_same_as_among_all(in_every_state, store):
    with store.read() as tx:
        together = turns_in(tx, in_every_state)

        alone = [the_turn(tx, turn.utterance_id) for turn in together]

    assert alone == together
    assert len({(turn.state, turn.is_withdrawn) for turn in together}) >= 5


def test_a_turn_that_is_gone_is_named(store):
    with store.read() as tx, pytest.raises(NotFound, match="gone"):
        the_turn(tx, UtteranceId("gone"))
