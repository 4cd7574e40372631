"""What is left of somebody who asked to be forgotten."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import func, select

from domain.access import Actor, Grant, StaffRole
from domain.errors import (
    KeyMissing,
    LinkUnknown,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    StoreNotReady,
)
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import Zone
from services import erasure, exports, keys, meetings, proxies, recommendations, themes, voters
from services.access import acting_as
from services.passages import sha256_of
from services.theme_finding import find_themes_of_meeting
from services.upkeep import make_ready
from store import audit, ballot_box, ballots, tables, tombstones
from tests.pages.conftest import open_page, text_of
from tests.planted import plant, search
from ui.screens import MEETING, RECOMMENDATIONS, THEMES

__all__ = ["open_page"]  # fixture
ASKED = "asked by telephone"


@pytest.fixture
def planted(app_runtime, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "tmp"))
    return plant()


def erase(planted, **more):
    return erasure.erase_person(planted.attendance_id, reason=ASKED, **more)


def unzipped(meeting_id) -> bytes:
    _, data = exports.export_meeting(meeting_id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def count(store, table, *where):
    with store.read() as tx:
        return tx.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


def test_no_byte_of_an_erased_person_is_left(planted, store, tmp_path, open_page, record_property):
    """B-10: After "delete my words" no byte of them is left, in files, exports or on screens."""
    store.back_up(tmp_path / "roundtable-before-20250101T000000Z.db")
    before = search(tmp_path, planted, unzipped(planted.meeting_id))

    erased = erase(planted)

    pages = [open_page(s, meeting=planted.meeting_id) for s in (MEETING, THEMES, RECOMMENDATIONS)]
    shown = "\n".join(text_of(page) for page in pages).encode()
    after = search(tmp_path, planted, unzipped(planted.meeting_id), shown)
    record_property(
        "figure",
        f"0 hits of {len(planted.markers)} marked words in {after.n_bytes:,} bytes",
    )
    assert {where for _, where in before.hits} == set(planted.markers)
    assert len(planted.markers) >= 30
    assert after.hits == ()
    assert erased.is_wiped


def test_the_database_is_whole_after_an_erasure(planted, store):
    erase(planted)

    with store.read() as tx:
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert tx.exec_driver_sql("PRAGMA foreign_key_check").first() is None
        assert audit.first_broken(tx) is None


def test_no_vector_of_erased_words_is_left(planted, store):
    """B-16: Vectors go with the words."""
    with store.read() as tx:
        words = tx.execute(
            select(tables.text_revision.c.text).where(
                tables.text_revision.c.utterance_id.in_(planted.spoken)
            )
        ).scalars()
        keys_of_words = [sha256_of(text) for text in words]
    is_theirs = tables.embedding.c.text_sha256.in_(keys_of_words)
    assert count(store, tables.embedding, is_theirs) > 0

    erase(planted)

    assert count(store, tables.embedding, is_theirs) == 0


def test_themes_change_at_once_and_are_asked_for_anew(planted, store):
    """B-11: Counts, quotes and names change with what was deleted."""
    before = themes.theme_report(planted.meeting_id)
    word = planted.markers["theme word"]
    assert any(word in t.key_words.lower() + t.name.lower() for t in before.themes)

    erase(planted)

    after = themes.theme_report(planted.meeting_id)
    assert after.run.n_passages < before.run.n_passages
    assert all(word not in t.key_words.lower() + t.name.lower() for t in after.themes)
    waiting = tables.job.c.state == "waiting"
    assert count(store, tables.job, waiting, tables.job.c.kind == themes.THEMES) == 1


def test_a_theme_that_nobody_else_spoke_of_is_retired(planted, store):
    """B-11: With a note in the log."""
    erase(planted)

    sizes = select(tables.run_theme.c.n_passages)
    with store.read() as tx:
        assert min(tx.execute(sizes).scalars(), default=1) > 0
        assert "theme retired" in {event.action for event in audit.events(tx)}


def test_the_centres_of_themes_are_found_without_the_erased_words(planted, store):
    """B-11: The map and the summary are computed again."""
    erase(planted)

    find_themes_of_meeting(planted.meeting_id)

    quotes = [
        quote.quote.text
        for theme in themes.theme_report(planted.meeting_id).themes
        for quote in themes.theme_quotes(planted.meeting_id, theme.theme_id)
    ]
    assert quotes
    assert not any(m in text for text in quotes for m in planted.markers.values())


def test_a_recommendation_keeps_its_words_and_loses_its_source(planted, store):
    """B-11: It says that a source was withdrawn, not whose."""
    erase(planted)

    view = next(
        v
        for v in recommendations.recommendations(planted.meeting_id)
        if v.recommendation.recommendation_id == planted.published
    )
    lost = tables.lost_source.c.recommendation_id == planted.published
    assert view.recommendation.text == "Fit every mask at home within a week."
    assert (view.evidence, view.n_lost_sources) == ((), 1)
    assert count(store, tables.lost_source, lost, tables.lost_source.c.reason == "erased") == 1


def test_a_copy_of_the_words_goes_or_loses_the_stretch(planted):
    erase(planted)

    texts = [v.recommendation.text for v in recommendations.recommendations(planted.meeting_id)]
    assert "The table asks: [withdrawn]. This year." in texts
    assert not any("chairs to families" in text for text in texts)


def test_a_vote_that_closed_keeps_its_count(planted, store):
    """I7: As many on the roll who answered as ballots in the box."""
    erase(planted)

    with store.read() as tx:
        answered, invited = ballots.turnout(tx, planted.closed_ballot)
        box = {key for key, *_ in ballot_box.box_of(tx, planted.closed_ballot)}
    assert (answered, invited, len(box)) == (3, 3, 3)


def test_answers_in_an_open_vote_go_with_the_person(planted, store):
    erase(planted)

    with store.read() as tx:
        assert ballots.turnout(tx, planted.open_ballot) == (2, 2)
        assert len(ballot_box.box_of(tx, planted.open_ballot)) == 2


def test_who_is_gone_answers_for_nobody_and_is_no_witness(planted):
    """B-10: Their proxy goes with them, they are nobody's, and how others agreed names them not."""
    erase(planted)

    ((_, left),) = proxies.proxies_at(planted.meeting_id).items()
    assert (left.proxy_name, left.how_given) == ("Dee Moss", "by the eyes; [withdrawn] saw it")


def test_an_open_vote_without_its_key_is_closed_first(planted, store):
    keys.destroy_poll_key(planted.open_ballot)

    with pytest.raises(KeyMissing):
        erase(planted)

    assert count(store, tables.tombstone) == 0


def test_their_link_opens_nothing_and_they_are_on_no_list(planted):
    erase(planted)

    with pytest.raises(LinkUnknown):
        voters.enter(planted.secret)
    assert len(meetings.roster(planted.meeting_id)) == 2


def test_whoever_comes_under_the_same_name_later_is_somebody_else(planted, store):
    name = meetings.roster(planted.meeting_id)[0].name
    erase(planted)

    again = meetings.add_person(planted.meeting_id, name, StakeholderGroup.CLINICIAN)

    assert again != planted.attendance_id
    assert len(meetings.roster(planted.meeting_id)) == 3


def test_what_was_shown_beforehand_is_what_went(planted):
    goes = erasure.preview_person(planted.attendance_id)

    erased = erase(planted)

    assert erased.goes == goes
    assert (goes.n_turns, goes.n_quotes, goes.n_open_votes) == (17, 3, 1)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(planted, reason):
    with pytest.raises(NotAllowedNow, match="Say why"):
        erasure.erase_person(planted.attendance_id, reason=reason)


def test_the_reason_may_not_name_the_person(planted):
    named = f"{planted.markers['last name'].upper()} asked"

    with pytest.raises(NotAllowedNow, match="without the person's name"):
        erasure.erase_person(planted.attendance_id, reason=named)


@pytest.mark.parametrize("role", [StaffRole.REVIEWER, StaffRole.LEADER, StaffRole.ANALYST])
def test_some_roles_may_not_erase(planted, role):
    """B-15: Not even look at what would go."""
    with acting_as(Actor("Ann", (Grant(role),))), pytest.raises(NotPermitted):
        erasure.preview_person(planted.attendance_id)


def test_the_log_says_who_and_why_and_nothing_else(planted, store):
    """B-14: Ids only."""
    erase(planted)

    with store.read() as tx:
        event = next(e for e in audit.events(tx) if e.action == "person erased")
    assert (event.subject_id, event.reason) == (planted.attendance_id, ASKED)


def test_one_turn_goes_and_the_others_stay(planted, store, tmp_path):
    erasure.erase_utterance(planted.spoken[4], reason=ASKED)

    left = [u for u in planted.spoken if u != planted.spoken[4]]
    is_theirs = tables.utterance.c.utterance_id.in_(planted.spoken)
    assert count(store, tables.utterance, is_theirs) == len(left)
    assert len(meetings.roster(planted.meeting_id)) == 3


def test_a_person_deletes_one_turn_of_their_own(planted, store):
    erasure.erase_own(planted.secret, planted.spoken[0])

    is_here = tables.utterance.c.utterance_id == planted.spoken[0]
    assert count(store, tables.utterance, is_here) == 0


def test_nobody_deletes_the_words_of_others(planted, store):
    """S6: Another person's turn is not told from one that does not exist."""
    with store.read() as tx:
        label = tables.speaker_label.c
        query = select(tables.utterance.c.utterance_id).join_from(
            tables.utterance, tables.speaker_label
        )
        other = tx.execute(query.where(label.attendance_id != planted.attendance_id))
        theirs = other.scalars().first()

    with pytest.raises(NotFound):
        erasure.erase_own(planted.secret, theirs)


def test_a_person_deletes_all_their_words_and_keeps_their_vote(planted, store, tmp_path):
    """B-10: By themselves; their place, their link and their answers stay."""
    erasure.erase_own(planted.secret)

    left = {where for _, where in search(tmp_path, planted).hits}
    assert left == {
        "first name",
        "last name",
        "interests",
        "access needs",
        "consent",
        "family contact",
        "wish",
        "proxy",
        "how agreed",
    }
    assert voters.enter(planted.secret).attendance.attendance_id == planted.attendance_id
    with store.read() as tx:
        assert ballots.turnout(tx, planted.open_ballot) == (3, 3)


def test_words_of_somebody_at_two_meetings_go_everywhere_when_told_so(app_runtime, store, tmp_path):
    first = plant()
    name = next(
        a.name for a in meetings.roster(first.meeting_id) if a.attendance_id == first.attendance_id
    )

    second = a_year_later(first.programme_id)
    meetings.add_person(second, name, StakeholderGroup.CLINICIAN)

    erasure.erase_person(first.attendance_id, reason=ASKED)
    assert [a.name for a in meetings.roster(second)] == [name]
    (there,) = meetings.roster(second)
    erasure.erase_person(there.attendance_id, reason=ASKED, everywhere=True)

    assert search(tmp_path, first).hits == ()


def a_year_later(programme_id):
    return meetings.create_meeting(
        programme_id,
        season=Season.SPRING,
        held_on=date(2025, 4, 3),
        challenge="A year later",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


def test_erasures_that_stop_half_way_are_ended_at_the_next_start(planted, store, tmp_path):
    """B-10: A crash between the promise and the end of the transaction."""
    path = tmp_path / "tombstones.jsonl"
    stones = tombstones.made_now(tombstones.Kind.ATTENDANCE, [planted.attendance_id])
    tombstones.append_to_file(path, stones)

    make_ready()

    assert search(tmp_path, planted).hits == ()


def test_an_erasure_that_cannot_be_written_down_does_not_happen(planted, store, app_runtime):
    app_runtime.settings.tombstone_file.mkdir()

    with pytest.raises(StoreNotReady, match="Nothing was saved"):
        erase(planted)

    assert len(meetings.roster(planted.meeting_id)) == 3


@pytest.mark.parametrize("zone", list(Zone))
def test_no_run_holds_a_place_of_erased_words(planted, store, zone):
    erase(planted)

    orphans = select(tables.run_theme.c.name).join(
        tables.theme_run, tables.theme_run.c.run_id == tables.run_theme.c.run_id
    )
    with store.read() as tx:
        names = " ".join(tx.execute(orphans.where(tables.theme_run.c.zone == zone)).scalars())
    assert not any(marker in names.lower() for marker in planted.markers.values())
