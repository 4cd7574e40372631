"""A backup that is put back, and what must not come back with it."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.access import Actor, Grant, StaffRole
from domain.errors import LinkUnknown, NotAllowedNow, NotPermitted
from domain.talk import ConsentUse, Wish, WishMadeBy
from services import (
    backups,
    ballot_times,
    keys,
    links,
    proxies,
    transcripts,
    upkeep,
    voters,
    voting,
)
from services.access import acting_as
from services.ballots import close_ballot
from store import audit, ballots, consent, tables, talk, wishes
from store.backup_checks import opened
from store.engine import Store
from tests.made_vote import make_vote
from tests.planted import plant
from tests.spoilt import spoil


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def backup(vote, tmp_path):
    target = tmp_path / "backups" / "monday.db"
    target.parent.mkdir()
    backups.back_up(target)
    return target


def turnout(store, ballot_id):
    with store.read() as tx:
        return ballots.turnout(tx, ballot_id)


def state(store, ballot_id):
    with store.read() as tx:
        return ballots.ballot_by_id(tx, ballot_id).state


def test_a_restore_brings_back_what_was_there(vote, store, backup):
    with store.write() as tx:
        tx.execute(tables.person.delete())

    done = backups.restore(backup)

    assert done.n_rows["person"] == 6
    assert voters.enter(vote.maria).attendance.name == "Maria Delgado"
    assert done.kept is None
    assert not list(store.path.parent.glob("roundtable-replaced-*"))


def test_the_database_of_before_is_kept_when_asked(vote, store, backup):
    with store.write() as tx:
        tx.execute(tables.ballot.update().values(title="Newer"))

    done = backups.restore(backup, keep=True)

    with opened(done.kept) as tx:
        assert tx.execute(select(tables.ballot.c.title)).scalar_one() == "Newer"


def test_a_restore_is_refused_while_the_app_has_the_database_open(vote, store, backup):
    other = Store(str(store.url))
    with other.read() as tx:
        tx.execute(select(tables.person)).all()  # as the app does, it rests in its pool

    with pytest.raises(NotAllowedNow, match="has the database open"):
        backups.restore(backup)

    other.close()
    assert backups.restore(backup).n_rows["person"] == 6


def test_a_restore_over_a_damaged_database_keeps_it_aside(vote, store, backup):
    store.close()
    spoil(store.path, "page overwritten")

    done = backups.restore(backup)

    assert "damaged" in done.kept.name
    assert not done.knew_today
    assert voters.enter(vote.maria).attendance.name == "Maria Delgado"


def test_a_restore_where_there_is_no_database_makes_one(vote, store, backup):
    store.close()
    for path in store.path.parent.glob("roundtable.db*"):
        path.unlink()

    assert backups.restore(backup).n_rows["person"] == 6


def test_a_restore_that_fails_in_the_middle_leaves_the_database_as_it_was(
    vote, store, backup, monkeypatch
):
    """V7: A fault between the copy and the swap."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fail)
    with pytest.raises(OSError, match="No space"):
        backups.restore(backup)

    assert voters.enter(vote.maria).attendance.name == "Maria Delgado"
    assert not (store.path.parent / "restoring").exists()


def test_what_a_restore_left_behind_when_it_was_killed_goes_at_the_next_start(vote, store):
    left = store.path.parent / "restoring" / "abcd"
    left.mkdir(parents=True)
    (left / "roundtable.db").write_bytes(b"words")

    upkeep.make_ready()

    assert not left.parent.exists()


def test_a_vote_that_closed_since_does_not_open_again(vote, store, backup):
    """V6: A closed poll never reopens by itself."""
    close_ballot(vote.ballot_id)

    done = backups.restore(backup)

    assert (done.steps.n_ballots_closed, state(store, vote.ballot_id)) == (1, "closed")


def test_a_vote_that_ended_for_most_since_does_not_open_to_them_again(vote, store, backup):
    who = vote.people["Maria Delgado"].attendance_id
    ballot_times.extend(vote.ballot_id, who, datetime.now(UTC) + timedelta(days=2))
    close_ballot(vote.ballot_id)

    backups.restore(backup)

    assert [line.is_open for line in voting.votes_of(vote.tom)] == [False]


def test_a_vote_whose_key_is_gone_is_closed(vote, store, backup):
    """V6: Nobody could answer in it."""
    keys.destroy_poll_key(vote.ballot_id)

    backups.restore(backup)

    assert state(store, vote.ballot_id) == "closed"


def test_a_vote_that_is_still_open_stays_open(vote, store, backup):
    backups.restore(backup)

    assert state(store, vote.ballot_id) == "open"


def test_nobody_of_the_staff_is_signed_in_after_a_restore(vote, store, tmp_path):
    """S5: Sessions of the backup are void."""
    now = datetime.now(UTC)
    with store.write() as tx:
        tx.execute(
            tables.account.insert().values(
                account_id="a", name="A", sign_in_name="a", password_hash="old", created_at=now
            )
        )
        tx.execute(
            tables.staff_session.insert().values(
                token_hash="t", account_id="a", created_at=now, seen_at=now, expires_at=now
            )
        )
    backups.back_up(tmp_path / "b.db")
    with store.write() as tx:
        tx.execute(tables.account.update().values(is_disabled=True, password_hash="new"))

    assert backups.restore(tmp_path / "b.db").steps.n_signed_out == 1

    with store.read() as tx:
        (account,) = tx.execute(select(tables.account)).all()
        assert (account.is_disabled, account.password_hash) == (True, "new")
        assert tx.execute(select(func.count()).select_from(tables.staff_session)).scalar() == 0


def test_a_link_that_was_replaced_since_stays_replaced(vote, store, backup):
    """S5: The old one does not work again."""
    who = vote.people["Maria Delgado"].attendance_id
    new = links.replace_link(who).rpartition("/")[2]

    done = backups.restore(backup)

    assert done.n_links_replaced == 1
    assert voters.enter(new).attendance.attendance_id == who
    with pytest.raises(LinkUnknown):
        voters.enter(vote.maria)


def test_what_people_withdrew_since_stays_withdrawn(app_runtime, store, tmp_path):
    """B-4: A consent that ended, a wish, a release that was taken back: all hold again."""
    planted = plant()
    backups.back_up(tmp_path / "b.db")
    n_before = len(transcripts.utterances(planted.meeting_id))
    others = [
        u.utterance_id
        for u in transcripts.utterances(planted.meeting_id)
        if u.attendance_id != planted.attendance_id
    ]
    with store.write() as tx:
        consent.add_consent(
            tx,
            planted.meeting_id,
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="p",
            attendance_id=planted.attendance_id,
        )
        wishes.add_wish(tx, others[0], Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
        talk.add_revision(tx, others[1], "withheld", "", author="r")

    done = backups.restore(tmp_path / "b.db")

    left = {u.utterance_id for u in transcripts.utterances(planted.meeting_id)}
    assert done.knew_today
    assert left == set(others[2:])
    assert n_before > len(left)


def test_who_may_answer_for_whom_is_as_it_was_last_said(vote, tmp_path):
    """B-4: An agreement that ended does not come back; one that was given since is not lost."""
    maria, tom = (vote.people[name].attendance_id for name in ("Maria Delgado", "Tom Okafor"))
    proxies.write_down(maria, "Elena Delgado", "by the eyes, on 3 May")
    backups.back_up(tmp_path / "b.db")
    proxies.take_back(maria)
    proxies.write_down(tom, "Sam Okafor", "in an e-mail")

    backups.restore(tmp_path / "b.db")

    assert {
        who: found.proxy_name for who, found in proxies.proxies_at(vote.meeting_id).items()
    } == {tom: "Sam Okafor"}


def test_the_log_of_a_restored_database_fits_and_says_so(vote, store, backup):
    backups.restore(backup)

    with store.read() as tx:
        assert audit.first_broken(tx) is None
        assert audit.events(tx)[0].action in ("backup restored", "retention")


def test_a_trial_goes_through_the_whole_restore_and_changes_nothing(vote, store, backup):
    before = store.path.read_bytes()

    looked, steps = backups.verify(backup, is_restored=True)

    assert looked.n_rows["box"] == 0
    assert (steps.n_erased_again, steps.n_ballots_closed) == (0, 0)
    assert store.path.read_bytes() == before
    assert not (store.path.parent / "restoring").exists()


@pytest.mark.parametrize("role", [StaffRole.LEADER, StaffRole.FACILITATOR, StaffRole.REVIEWER])
def test_a_role_cannot_put_a_database_back(vote, backup, role):
    with acting_as(Actor("Ann", (Grant(role),))), pytest.raises(NotPermitted):
        backups.restore(backup)
