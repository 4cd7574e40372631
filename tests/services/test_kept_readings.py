"""What was read is kept until anything is committed, by whichever process, and no longer."""

import sqlite3

import pytest

from domain.talk import ConsentUse
from services import erasure, kept_readings, meetings, theme_desk, theme_edits
from services.kept_readings import kept
from store import audit, consent
from tests.made_years import CARERS, CHAIR, NIGHT, make_years, said

YEARS = {2022: {CHAIR: {CARERS: 7}, NIGHT: {CARERS: 5}}}


@pytest.fixture
def made(app_runtime):
    return make_years(YEARS)


def desk(made, breadth=None):
    return theme_desk.open_themes(made.meetings[2022], breadth)


def words(made):
    return {q.quote.text for t in desk(made).shown for q in t.quotes}


def carer(made):
    return next(a for a in meetings.roster(made.meetings[2022]) if a.name == f"{CARERS} 0")


def test_a_second_press_reads_nothing_anew(made):
    assert desk(made) is desk(made)


def test_another_breadth_is_another_view(made):
    assert desk(made, 1) is not desk(made)


def test_whoever_takes_their_agreement_back_is_in_no_words_on_the_next_request(made, store):
    """B-4: What is kept is never older than the last commit."""
    assert said(CHAIR, CARERS, 0, 2022) in words(made)

    with store.write() as tx:
        consent.add_consent(
            tx,
            made.meetings[2022],
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="participant",
            attendance_id=carer(made).attendance_id,
        )

    assert said(CHAIR, CARERS, 0, 2022) not in words(made)


def test_a_correction_shows_on_the_next_request(made):
    desk(made)

    theme_edits.rename(made.meetings[2022], made.themes[CHAIR], "Waiting")

    assert "Waiting" in {t.name for t in desk(made).shown}


def test_what_another_process_commits_shows_on_the_next_request(made, store):
    before = desk(made)

    other = sqlite3.connect(store.path)
    other.execute("DELETE FROM consent_event")
    other.commit()
    other.close()

    assert desk(made) is not before
    assert words(made) == set()


def test_what_a_writer_sees_before_its_end_is_not_kept(store):
    with store.write() as tx:
        assert store.mark(tx) is None
        assert kept(tx, ("key", 1), object) is not kept(tx, ("key", 1), object)


def test_a_write_that_failed_leaves_nothing_kept_from_within_it(made, store):
    def fail():
        with store.write() as tx:
            audit.record(tx, "Ann", "tried", "meeting", made.meetings[2022])
            kept(tx, ("words", 1), lambda: "from within")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with store.read() as tx:
        assert kept(tx, ("words", 1), lambda: "from outside") == "from outside"


def test_an_erasure_empties_the_memory(made):
    desk(made)

    erasure.erase_person(carer(made).attendance_id, reason="They asked.", everywhere=True)

    assert not [held for held in kept_readings._held.values() if held]


def test_no_more_than_a_few_readings_are_kept(store):
    for n in range(2 * kept_readings.MOST_KEPT):
        with store.read() as tx:
            kept(tx, ("run", n), object)

    assert len(kept_readings._held[store]) == kept_readings.MOST_KEPT


def test_many_readings_of_one_kind_push_none_of_another_out(store):
    with store.read() as tx:
        years = kept(tx, ("years", "all"), object)
        for n in range(2 * kept_readings.MOST_KEPT):
            kept(tx, ("run", n), object)

        assert kept(tx, ("years", "all"), object) is years
