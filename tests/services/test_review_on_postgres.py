"""The way from waiting to released and back, on PostgreSQL."""

from domain.talk import ConsentUse, Quote
from services import bulk_release, recommendations, releasing, review, transcripts
from services.hide_suggestions import suggest
from services.review import Shelf
from tests.services.test_bulk_release import HIDDEN, TALK, FindsNoNames
from tests.services.test_on_postgres import app_runtime

__all__ = ["app_runtime"]  # a fixture


def test_a_meeting_is_released_at_once_re_released_and_taken_back(app_runtime, meeting_id):
    app_runtime.__dict__["_name_model"] = FindsNoNames()
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    transcripts.store_transcript(
        meeting_id,
        understood,
        {match.label: match.attendance_id for match in understood.matches},
        transcripts.ConsentGiven(frozenset(ConsentUse), "forms"),
        is_released=False,
    )
    suggest(meeting_id)

    made = bulk_release.release_rest(meeting_id)
    said = transcripts.utterances(meeting_id)
    assert set(HIDDEN) < {u.text for u in said}
    asked = recommendations.write(meeting_id, "Teach mask fitting.", author="f")
    recommendations.attach(asked, Quote(said[0].revision_id, 0, 8, said[0].text[:8]), author="f")
    page = review.queue(meeting_id, reason="Check a quote", shelf=Shelf.RELEASED)
    turn = review.turn(page, said[0].utterance_id).turn
    releasing.release(turn.utterance_id, turn.texts.source)

    assert len(recommendations.recommendations(meeting_id)[0].evidence) == 1
    assert bulk_release.take_back(meeting_id, made.at) == made.n_turns - 1
    assert len(transcripts.utterances(meeting_id)) == 1
