from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import MeetingId, TranscriptId
from domain.meetings import Attendance, Meeting, MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import RevisionKind, Transcript, Zone
from store import meetings, sources, talk
from store.talk import NewUtterance

# PostgreSQL keeps no NUL, and no database keeps half a surrogate pair.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@pytest.fixture
def meeting_id(any_store):
    with any_store.write() as tx:
        programme_id = meetings.add_programme(tx, "P", is_sample=False)
        return meetings.add_meeting(
            tx,
            Meeting(
                MeetingId(""),
                programme_id,
                Season.FALL,
                date(2024, 10, 3),
                "Nights",
                Pillar.CARE,
                MeetingFormat.ONLINE,
            ),
        )


def add(store, meeting_id, turns, people=None):
    source = Transcript(TranscriptId(""), meeting_id, "f", "vtt", "", "", datetime.now(UTC))
    with store.write() as tx:
        kept = Transcript(**{**vars(source), "transcript_id": sources.add_transcript(tx, source)})
        return talk.add_utterances(tx, kept, turns, people or {}, author="test")


def turn(text, speaker=None):
    return NewUtterance(speaker, text, 1.0, 2.5, "cue 1")


def said(store, meeting_id, zone):
    with store.read() as tx:
        return talk.utterances_of(tx, meeting_id, zone)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(text=WORDS)
def test_any_words_come_back_exactly_as_they_were_stored(any_store, meeting_id, text):
    add(any_store, meeting_id, [turn(text)])

    assert said(any_store, meeting_id, Zone.RESTRICTED)[-1].text == text


def test_what_no_database_can_hold_becomes_the_sign_for_unreadable(any_store, meeting_id):
    add(any_store, meeting_id, [turn("a\x00b\ud800c")])

    assert said(any_store, meeting_id, Zone.RESTRICTED)[0].text == "a\ufffdb\ufffdc"


def test_more_turns_than_one_statement_takes_are_all_released(any_store, meeting_id):
    ids = add(any_store, meeting_id, [turn(f"line {n}") for n in range(talk.CHUNK + 1)])

    with any_store.write() as tx:
        n_released = talk.release_all(tx, ids, author="test")

    assert n_released == len(said(any_store, meeting_id, Zone.SHARED)) == talk.CHUNK + 1


def test_turns_keep_their_order_and_later_sources_come_after(any_store, meeting_id):
    add(any_store, meeting_id, [turn("one"), turn("two")])
    add(any_store, meeting_id, [turn("three")])

    found = said(any_store, meeting_id, Zone.RESTRICTED)

    assert [u.text for u in found] == ["one", "two", "three"]


def test_nothing_is_shared_before_it_is_released(any_store, meeting_id):
    add(any_store, meeting_id, [turn("not yet")])

    assert said(any_store, meeting_id, Zone.SHARED) == []


def test_a_release_shares_the_newest_words_and_keeps_the_first(any_store, meeting_id):
    (utterance_id,) = add(any_store, meeting_id, [turn("teh words")])
    with any_store.write() as tx:
        talk.add_revision(tx, utterance_id, RevisionKind.CORRECTED, "the words", author="r")

        talk.release_all(tx, [utterance_id], author="r")

    (shared,) = said(any_store, meeting_id, Zone.SHARED)
    assert shared.text == "the words"


def test_a_correction_after_the_release_waits_for_its_own_release(any_store, meeting_id):
    (utterance_id,) = add(any_store, meeting_id, [turn("first")])
    with any_store.write() as tx:
        talk.release_all(tx, [utterance_id], author="r")

        talk.add_revision(tx, utterance_id, RevisionKind.CORRECTED, "second", author="r")

    assert [u.text for u in said(any_store, meeting_id, Zone.SHARED)] == ["first"]
    assert [u.text for u in said(any_store, meeting_id, Zone.RESTRICTED)] == ["second"]


def test_a_speaker_on_the_roster_brings_name_and_group(any_store, meeting_id):
    with any_store.write() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        who = meetings.add_attendance(
            tx,
            Attendance("", meeting_id, "", "Ann Lee", StakeholderGroup.CLINICIAN),
            programme_id,
        )
    add(any_store, meeting_id, [turn("hello", "Dr. Lee")], {"Dr. Lee": who})

    (found,) = said(any_store, meeting_id, Zone.RESTRICTED)

    assert (found.speaker, found.stakeholder_group) == ("Ann Lee", StakeholderGroup.CLINICIAN)


def test_only_a_scribed_line_can_be_removed(any_store, meeting_id):
    (utterance_id,) = add(any_store, meeting_id, [turn("from a file")])

    with any_store.write() as tx:
        assert not talk.remove_scribed(tx, utterance_id)
