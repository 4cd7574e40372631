from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import NotFound
from domain.ids import MeetingId, TranscriptId
from domain.meetings import Attendance, Meeting, MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Manner, RevisionKind, Transcript, Wish, WishMadeBy, Zone
from store import consent, meetings, review, sources, talk, wishes
from store.talk import NewUtterance

# PostgreSQL keeps no NUL, and no database keeps half a surrogate pair.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@pytest.fixture
def meeting_id(any_store):
    """A meeting that agreed to everything."""
    with any_store.write() as tx:
        programme_id = meetings.add_programme(tx, "P", is_sample=False)
        meeting_id = meetings.add_meeting(
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
        all_of_it = dict.fromkeys(ConsentUse, True)
        consent.add_consent(tx, meeting_id, all_of_it, written_where="form", recorded_by="test")
        return meeting_id


def add(store, meeting_id, turns, people=None):
    source = Transcript(TranscriptId(""), meeting_id, "f", "vtt", "", "", datetime.now(UTC))
    with store.write() as tx:
        kept = Transcript(**{**vars(source), "transcript_id": sources.add_transcript(tx, source)})
        return talk.add_utterances(tx, kept, turns, people or {}, author="test")


def turn(text, speaker=None):
    """A line that was typed for the table, or one that somebody spoke."""
    manner = Manner.SPOKEN if speaker else Manner.SCRIBED
    return NewUtterance(speaker, text, 1.0, 2.5, "cue 1", manner=manner)


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


def test_what_is_released_as_it_comes_in_is_kept_as_heard_and_shared(any_store, meeting_id):
    ids = add(any_store, meeting_id, [replace(turn("at once"), is_released=True), turn("later")])

    with any_store.write() as tx:
        assert talk.release_all(tx, ids, author="test") == 1

    assert [u.text for u in said(any_store, meeting_id, Zone.SHARED)] == ["at once", "later"]
    with any_store.read() as tx:
        texts = review.texts_of(tx, meeting_id)
    assert [(t.newest_number, t.source != t.release) for t in texts.values()] == [(2, True)] * 2


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


def test_what_is_withheld_is_shared_no_more_and_still_read_by_those_who_may(any_store, meeting_id):
    """B-3: A withheld line has no words in the shared zone, and keeps them in the restricted one."""
    (utterance_id,) = add(any_store, meeting_id, [turn("said and shared")])
    with any_store.write() as tx:
        talk.release_all(tx, [utterance_id], author="r")

        talk.add_revision(tx, utterance_id, RevisionKind.WITHHELD, "", author="r")

    assert said(any_store, meeting_id, Zone.SHARED) == []
    assert [u.text for u in said(any_store, meeting_id, Zone.RESTRICTED)] == ["said and shared"]


def test_what_was_withheld_can_be_released_again(any_store, meeting_id):
    (utterance_id,) = add(any_store, meeting_id, [turn("in and out")])
    with any_store.write() as tx:
        talk.release_all(tx, [utterance_id], author="r")
        talk.add_revision(tx, utterance_id, RevisionKind.WITHHELD, "", author="r")

        assert talk.release_all(tx, [utterance_id], author="r") == 1

    assert [u.text for u in said(any_store, meeting_id, Zone.SHARED)] == ["in and out"]


def test_a_release_twice_changes_nothing(any_store, meeting_id):
    (utterance_id,) = add(any_store, meeting_id, [turn("once")])
    with any_store.write() as tx:
        talk.release_all(tx, [utterance_id], author="r")

        assert talk.release_all(tx, [utterance_id], author="r") == 0


def test_an_earlier_release_is_not_shown_after_a_later_one(any_store, meeting_id):
    """B-3: Words that were released and then released otherwise are gone from the shared zone."""
    (utterance_id,) = add(any_store, meeting_id, [turn("with a name")])
    with any_store.write() as tx:
        first = talk.add_revision(tx, utterance_id, RevisionKind.RELEASED, "with Ann", author="r")
        second = talk.add_revision(tx, utterance_id, RevisionKind.RELEASED, "[name]", author="r")

        assert set(talk.shared_revisions(tx, [first, second])) == {second}
        with pytest.raises(NotFound):
            talk.shared_revision(tx, first)


@pytest.mark.parametrize("kind", [RevisionKind.AS_HEARD, RevisionKind.CORRECTED])
def test_a_revision_that_is_no_release_is_never_evidence(any_store, meeting_id, kind):
    (utterance_id,) = add(any_store, meeting_id, [turn("heard")])
    with any_store.write() as tx:
        revision_id = talk.add_revision(tx, utterance_id, kind, "not for others", author="r")

        with pytest.raises(NotFound):
            talk.shared_revision(tx, revision_id)


def test_a_withdrawn_line_is_in_no_shared_reading_until_the_wish_is_taken_back(
    any_store, meeting_id
):
    """B-4: A withdrawn line is gone from grouping and quoting on the very next reading."""
    (utterance_id,) = add(any_store, meeting_id, [turn("mine")])
    with any_store.write() as tx:
        talk.release_all(tx, [utterance_id], author="r")
        wishes.add_wish(tx, utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert said(any_store, meeting_id, Zone.SHARED) == []
    assert len(said(any_store, meeting_id, Zone.RESTRICTED)) == 1

    with any_store.write() as tx:
        assert wishes.take_back(tx, utterance_id, Wish.WITHDRAWN)

    assert [u.text for u in said(any_store, meeting_id, Zone.SHARED)] == ["mine"]


def test_a_private_line_stays_shared_with_the_meeting(any_store, meeting_id):
    (utterance_id,) = add(any_store, meeting_id, [turn("not for my family")])
    with any_store.write() as tx:
        talk.release_all(tx, [utterance_id], author="r")
        wishes.add_wish(tx, utterance_id, Wish.PRIVATE, made_by=WishMadeBy.PERSON)

        assert wishes.wishes_of(tx, [utterance_id]) == {utterance_id: {Wish.PRIVATE}}

    assert len(said(any_store, meeting_id, Zone.SHARED)) == 1


def test_a_wish_is_noted_once_and_its_taking_back_tells_whether_there_was_one(
    any_store, meeting_id
):
    (utterance_id,) = add(any_store, meeting_id, [turn("mine")])
    with any_store.write() as tx:
        assert wishes.add_wish(tx, utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
        assert not wishes.add_wish(tx, utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.FAMILY)

        assert wishes.take_back(tx, utterance_id, Wish.WITHDRAWN)
        assert not wishes.take_back(tx, utterance_id, Wish.WITHDRAWN)


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
    (utterance_id,) = add(any_store, meeting_id, [turn("from a file", "Somebody")])

    with any_store.write() as tx:
        assert not talk.remove_scribed(tx, utterance_id)
