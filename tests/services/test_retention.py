"""What is let go of, when, and that nothing else is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from domain.talk import ConsentUse, RevisionKind, Zone, locate_quote
from services import erasure, meetings, recommendations, retention, transcripts, worker
from services.access import acting_as
from services.runtime import use_runtime
from services.settings import read_settings
from store import audit, consent, jobs, tables, talk, tombstones
from tests.pages.staged import ANN, BO, meeting_with_words, programme

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=91)
RAW = (RevisionKind.AS_HEARD, RevisionKind.CORRECTED)


@pytest.fixture
def meeting_id(app_runtime):
    return meeting_with_words(programme())


def kinds(store):
    with store.read() as tx:
        return sorted(tx.execute(select(tables.text_revision.c.kind)).scalars())


def count(store, table, *where):
    with store.read() as tx:
        return tx.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


def test_words_as_heard_go_90_days_after_their_release(meeting_id, store, record_property):
    """B-13: The released words stay."""
    before = retention.purge(now=NOW + timedelta(days=89))

    purged = retention.purge(now=LATER)

    record_property("figure", f"{purged.n_raw_texts} of 6 texts as heard gone, 6 released kept")
    assert before.is_nothing
    assert kinds(store) == [RevisionKind.RELEASED] * 6
    assert len(transcripts.utterances(meeting_id)) == 6


def test_no_byte_of_a_raw_text_is_left(meeting_id, store, tmp_path):
    """B-13: In the files too, with the copy that an upgrade made."""
    said = transcripts.utterances(meeting_id)[0]
    with store.write() as tx:
        words = "A word nobody released: plovermask."
        talk.add_revision(tx, said.utterance_id, RevisionKind.CORRECTED, words, author="r")
        talk.add_revision(tx, said.utterance_id, RevisionKind.RELEASED, "Shorter.", author="r")
    store.back_up(tmp_path / "roundtable-before-20250101T000000Z.db")

    retention.purge(now=LATER)

    files = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
    assert not any(b"plovermask" in body for body in files)


def test_evidence_stands_where_it_stood(meeting_id):
    """B-13: Its offsets stay true."""
    said = transcripts.utterances(meeting_id)[0]
    recommendation_id = recommendations.write(meeting_id, "Answer at once.", author="f")
    quote = locate_quote(said.revision_id, said.text, said.text[4:30])
    recommendations.attach(recommendation_id, quote, author="f")

    retention.purge(now=LATER)

    (view,) = recommendations.recommendations(meeting_id)
    assert [e.quote.text for e in view.evidence] == [said.text[4:30]]
    assert view.n_broken == 0


def test_a_correction_that_waits_for_its_release_stays(meeting_id, store):
    """B-13: Only what a release took the place of goes."""
    said = transcripts.utterances(meeting_id)[0]
    with store.write() as tx:
        talk.add_revision(tx, said.utterance_id, RevisionKind.CORRECTED, "Not yet.", author="r")

    retention.purge(now=LATER)

    assert "Not yet." in [u.text for u in transcripts.utterances(meeting_id, Zone.RESTRICTED)]


def test_words_that_nobody_released_stay(app_runtime, store):
    """B-13: They are the only ones there are."""
    meeting_id = meeting_with_words(programme())
    with store.write() as tx:
        tx.execute(
            tables.text_revision.delete().where(
                tables.text_revision.c.kind == RevisionKind.RELEASED
            )
        )

    retention.purge(now=LATER)

    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 6


def test_a_dry_run_changes_nothing_and_says_the_same(meeting_id, store):
    """B-13: Dry-run."""
    told = retention.purge(dry_run=True, now=LATER)

    assert count(store, tables.text_revision) == 12
    assert retention.purge(now=LATER) == told


def test_letting_go_twice_does_nothing_and_writes_nothing(meeting_id, store):
    """B-13: Idempotent and audited."""
    retention.purge(now=LATER)
    n_events = count(store, tables.audit_event)

    again = retention.purge(now=LATER)

    assert again.is_nothing
    assert count(store, tables.audit_event) == n_events
    with store.read() as tx:
        (event,) = [e for e in audit.events(tx) if e.action == "retention"]
        assert event.reason.startswith("6 texts as heard")
        assert audit.first_broken(tx) is None


@pytest.mark.parametrize(
    ("told", "days"), [("", 90), ("0", 0), ("30", 30), ("99999", 3650), ("soon", 90), ("-1", 90)]
)
def test_the_setting_is_read_within_its_bounds(told, days):
    assert read_settings({"ROUNDTABLE_KEEP_RAW_DAYS": told}).keep_raw_days == days


def test_another_number_of_days_is_obeyed(meeting_id, store, app_runtime):
    app_runtime.settings = replace(app_runtime.settings, keep_raw_days=0)
    use_runtime(app_runtime)

    purged = retention.purge(now=datetime.now(UTC) + timedelta(minutes=1))

    assert purged.n_raw_texts == 6


def end(store, day):
    with store.write() as tx:
        tx.execute(update(tables.programme).values(ended_on=day))


def agree_to_keep(store, meeting_id, *, is_given):
    who = {a.name: a.attendance_id for a in meetings.roster(meeting_id)}
    with store.write() as tx:
        for name, is_so in is_given.items():
            consent.add_consent(
                tx,
                meeting_id,
                {ConsentUse.KEPT: is_so},
                written_where="form",
                recorded_by="f",
                attendance_id=who[name],
            )


def test_after_the_programme_words_go_of_whoever_did_not_agree_to_more(meeting_id, store):
    """B-13: When a programme has ended."""
    agree_to_keep(store, meeting_id, is_given={ANN: False, BO: True})
    end(store, date(2026, 1, 1))

    purged = retention.purge(now=datetime(2026, 1, 2, tzinfo=UTC))

    assert purged.n_turns == 2
    assert ANN not in {u.speaker for u in transcripts.utterances(meeting_id, Zone.RESTRICTED)}
    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 4


def test_on_the_last_day_nothing_goes_yet(meeting_id, store):
    agree_to_keep(store, meeting_id, is_given={ANN: False})
    end(store, date(2026, 1, 2))

    assert retention.purge(now=datetime(2026, 1, 2, 23, tzinfo=UTC)).n_turns == 0


def test_what_went_with_the_programme_is_written_down_for_older_backups(
    meeting_id, store, app_runtime
):
    """B-12: A backup from before the end forgets again."""
    agree_to_keep(store, meeting_id, is_given={ANN: False})
    end(store, date(2026, 1, 1))

    retention.purge(now=datetime(2026, 1, 2, tzinfo=UTC))

    stones = tombstones.read_file(app_runtime.settings.tombstone_file)
    assert [stone.kind for stone in stones] == [tombstones.Kind.UTTERANCE] * 2


def test_work_that_ended_a_month_ago_and_old_sessions_go(meeting_id, store):
    """B-13: What the house keeps for itself."""
    with store.write() as tx:
        job_id = jobs.add_job(tx, "themes", meeting_id)
        jobs.finish(tx, job_id, jobs.JobState.DONE, "")
        tx.execute(
            tables.account.insert().values(
                account_id="a", name="A", sign_in_name="a", password_hash="", created_at=NOW
            )
        )
        for n, ends in enumerate((NOW - timedelta(hours=1), NOW + timedelta(hours=1))):
            tx.execute(
                tables.staff_session.insert().values(
                    token_hash=str(n), account_id="a", created_at=NOW, seen_at=NOW, expires_at=ends
                )
            )

    purged = retention.purge(now=NOW)
    assert (purged.n_sessions, purged.n_jobs) == (1, 0)
    assert retention.purge(now=NOW + timedelta(days=31)).n_jobs == 1


def test_copies_made_before_an_upgrade_go_after_a_month(meeting_id, store, tmp_path):
    """B-13: They hold the words too."""
    copy = tmp_path / "roundtable-before-20250101T000000Z.db"
    store.back_up(copy)

    assert retention.purge(now=NOW + timedelta(days=29)).n_copies == 0
    assert retention.purge(now=NOW + timedelta(days=31)).n_copies == 1
    assert not copy.exists()


def test_the_worker_lets_go_by_itself(meeting_id, store):
    with store.write() as tx:
        then = NOW - timedelta(days=91)
        tx.execute(update(tables.text_revision).values(created_at=then))

    worker.tidy()

    assert kinds(store) == [RevisionKind.RELEASED] * 6


def test_a_role_that_may_not_erase_may_not_let_go(meeting_id):
    with acting_as(Actor("Ann", (Grant(StaffRole.LEADER),))), pytest.raises(NotPermitted):
        retention.purge()


def test_an_erased_person_leaves_nothing_to_let_go(meeting_id, store):
    who = {a.name: a.attendance_id for a in meetings.roster(meeting_id)}
    erasure.erase_person(who[ANN], reason="asked")

    assert retention.purge(now=LATER).n_raw_texts == 4
