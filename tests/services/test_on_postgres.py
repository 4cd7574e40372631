"""The main job once more, on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError

from domain.ballots import Secrecy
from domain.errors import NotAllowedNow
from domain.guided import Round
from domain.initiatives import InitiativeKind
from domain.votes import Answer, Asks
from services import (
    ballots,
    erasure,
    exports,
    group_orders,
    guided_sessions,
    initiatives,
    links,
    live,
    panels,
    recommendations,
    story,
    themes,
    transcripts,
    translations,
    voting,
    what_happened,
    worker,
)
from services.access import COMMAND_LINE, acting_as
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store import audit, show_of_hands
from tests import made_session
from tests.fakes import WordEmbedder
from tests.made_translation import CHAIR, PHONE, say_in_spanish, waiting
from tests.made_vote import make_vote
from tests.postgres import empty_database
from tests.services.conftest import AGREED, agree

LINES = [
    text.format(place)
    for place in ("Monday", "upstairs", "outside", "twice", "slowly", "again")
    for text in (
        "Ann Lee: The breathing mask leaks around the breathing mask straps {}.",
        "Cyrus Ode: Insurance denial letters and insurance appeals took months {}.",
        "Dr. Bo Diaz: The wheelchair ramp and the wheelchair doorway were measured {}.",
    )
]


@pytest.fixture
def app_runtime(postgres, tmp_path):
    """A whole runtime over an empty PostgreSQL; only the model is faked."""
    settings = read_settings({"ROUNDTABLE_FOLDER": str(tmp_path), "ROUNDTABLE_WORKER": "0"})
    made = Runtime(replace(settings, database_url=empty_database(postgres), dwell_guard_ms=0))
    made.__dict__["_embedder"] = WordEmbedder()
    use_runtime(made)
    yield made
    use_runtime(None)
    made.store.close()


def bring_in(meeting_id, lines):
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    people = {match.label: match.attendance_id for match in understood.matches}
    return transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)


def test_the_main_job_goes_from_words_to_an_initiative(programme_id, meeting_id, store):
    bring_in(meeting_id, LINES)
    themes.request_themes(meeting_id)
    assert worker.work_once()
    recommendation_id = recommendations.write(meeting_id, "Fit the mask at home.", author="f")
    quote = recommendations.suggest_evidence(recommendation_id)[0].quote
    recommendations.attach(recommendation_id, quote, author="f")
    ballot_id = ballots.open_ballot(meeting_id)
    for _, secret in links.secrets_for(meeting_id):
        voting.lay_answer(secret, ballot_id, recommendation_id, Answer.AGREE)
    ballots.close_ballot(ballot_id)
    recommendations.choose([recommendation_id])

    initiatives.create(
        programme_id,
        title="Mask visits",
        kind=InitiativeKind.PROGRAMME,
        owner="Jo",
        summary="",
        answers=[recommendation_id],
        proposed_on=date(2025, 1, 10),
    )

    told = story.chain_story(programme_id)
    assert len(themes.theme_report(meeting_id).themes) == 3
    assert told.evidence.quote == quote
    assert what_happened.what_happened(meeting_id).asked[0].answers[0].title == "Mask visits"
    assert exports.export_meeting(meeting_id)[1]
    with store.read() as tx:
        assert audit.first_broken(tx) is None


def test_many_hands_at_once_number_their_lines_without_a_gap(meeting_id):
    agree(meeting_id)

    def propose(n):
        with acting_as(COMMAND_LINE):
            live.scribe(meeting_id, f"Line {n}", stakeholder_group=None, is_proposal=True)

    hands = [threading.Thread(target=propose, args=(n,)) for n in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    found = recommendations.recommendations(meeting_id)
    assert [view.recommendation.number for view in found] == list(range(1, 9))
    assert len({u.position for u in transcripts.utterances(meeting_id)}) == 8
    assert len({u.transcript_id for u in transcripts.utterances(meeting_id)}) == 1


def test_what_no_database_can_hold_is_shown_as_unreadable(meeting_id):
    agree(meeting_id)
    live.scribe(meeting_id, "a\x00b\ud800", stakeholder_group=None)

    assert transcripts.utterances(meeting_id)[0].text == "a�b�"


def test_a_panel_rates_in_two_rounds(app_runtime):
    made = made_session.make(n_options=1)
    panel_id = panels.start(made.meeting_id, made.options, made.people)
    panels.close_round(panel_id)
    panels.open_second(panel_id)
    asked = panels.open_panel(panel_id).panel.ballots[2, Asks.IMPORTANCE]
    for _, secret in links.secrets_for(made.meeting_id):
        voting.lay_answer(secret, asked, made.options[0], 8)
    panels.close_round(panel_id)

    (row,) = panels.result(panel_id)

    assert len(row.ratings) == 4
    assert row.ratings[2, Asks.IMPORTANCE].n == 15


def test_a_guided_session_goes_its_way(app_runtime):
    made = made_session.make()
    session_id = made_session.begin(made)
    for of in Round:
        guided_sessions.go_on(session_id)
        for number in (1, 2, 3):
            group_orders.save_order(session_id, of, number, made.options)
        guided_sessions.go_on(session_id)
    erasure.erase_person(made.people[0], reason="asked")

    found = group_orders.added_up(session_id)

    assert [row.now.total for row in found.rows if row.now] == [3, 6, 9, 12, 15]
    # One group of the round has four people now, so that others are told nothing.
    assert group_orders.result(session_id).second.is_withheld


@pytest.fixture
def hands(app_runtime):
    """A show of hands with an answer, beside a confidential vote."""
    vote = make_vote()
    ballot_id = ballots.open_ballot(vote.meeting_id, title="Hands", secrecy=Secrecy.NAMED)
    item = voting.ballot_page(vote.maria, ballot_id, 1).item
    voting.lay_answer(vote.maria, ballot_id, item.recommendation_id, Answer.AGREE)
    return vote, ballot_id


@pytest.mark.parametrize("to", list(Secrecy))
def test_a_vote_never_becomes_another_kind_here_either(hands, store, to):
    """B-7: The trigger of PostgreSQL, after an answer was given."""
    vote, named_id = hands
    ballot_id = vote.ballot_id if to is Secrecy.NAMED else named_id
    change = f"UPDATE ballot SET secrecy = '{to}' WHERE ballot_id = '{ballot_id}'"

    with pytest.raises(DatabaseError, match="chosen when it is made"), store.write() as tx:
        tx.exec_driver_sql(change)


def test_no_name_is_kept_for_a_confidential_vote_here_either(hands, store):
    """B-7: The trigger of PostgreSQL, whatever code asks it to."""
    vote, _ = hands
    who = vote.people["Tom Okafor"].attendance_id

    with pytest.raises(DatabaseError, match="only a show of hands"), store.write() as tx:
        show_of_hands.note_whose(tx, vote.ballot_id, who, "a" * 64)


def test_a_name_cannot_be_moved_to_a_confidential_vote_here_either(hands, store):
    """B-7: The trigger of PostgreSQL, for a row that is there."""
    vote, named_id = hands
    move = f"UPDATE named_ballot SET ballot_id = '{vote.ballot_id}'"

    with pytest.raises(DatabaseError, match="only a show of hands"), store.write() as tx:
        tx.exec_driver_sql(move)

    with store.read() as tx:
        kept = tx.exec_driver_sql("SELECT ballot_id FROM named_ballot").scalars().all()
    assert kept == [named_id]


def test_of_two_who_translate_at_once_one_is_told_of_the_other(meeting_id):
    say_in_spanish(meeting_id, PHONE, CHAIR, "Nobody calls us back.")
    one = waiting(meeting_id)
    outcomes = []

    def write(words):
        with acting_as(COMMAND_LINE):
            try:
                translations.write(one.utterance_id, one.original_sha256, words, seen=None)
            except NotAllowedNow as refusal:
                outcomes.append(str(refusal))

    both = [threading.Thread(target=write, args=(f"{n} of the papers.",)) for n in ("One", "Two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert len(outcomes) == 1
    assert "Somebody else wrote a translation" in outcomes[0]
