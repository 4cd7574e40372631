"""What may be done with a turn, for everything that can be recorded about it."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from domain.ids import AttendanceId, MeetingId, RevisionId, TranscriptId, UtteranceId
from domain.meetings import Meeting, MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Manner, Transcript, Utterance
from store import consent, meetings, sources

ALL_USES = list(ConsentUse)
SHARING = (ConsentUse.GROUPED, ConsentUse.QUOTED)


@pytest.fixture
def meeting_id(any_store):
    with any_store.write() as tx:
        programme_id = meetings.add_programme(tx, "P", is_sample=False)
        held = Meeting(
            MeetingId(""),
            programme_id,
            Season.FALL,
            date(2024, 10, 3),
            "Nights",
            Pillar.CARE,
            MeetingFormat.ONLINE,
        )
        return meetings.add_meeting(tx, held)


@pytest.fixture
def source(any_store, meeting_id):
    """A source of the meeting."""
    return a_source(any_store, meeting_id)


@pytest.fixture
def ann(any_store, meeting_id):
    """Somebody on the roster."""
    return a_person(any_store, meeting_id, "Ann Lee")


def a_source(store, meeting_id):
    new = Transcript(TranscriptId(""), meeting_id, "f", "vtt", "", "", datetime.now(UTC))
    with store.write() as tx:
        return sources.add_transcript(tx, new)


def a_person(store, meeting_id, name):
    new = meetings.Attendance(
        AttendanceId(""), meeting_id, "", name, StakeholderGroup.CURRENT_CAREGIVER
    )
    with store.write() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        return meetings.add_attendance(tx, new, programme_id)


def turn(transcript_id, who=None, *, speaker="Ann", manner=Manner.SPOKEN):
    return Utterance(
        UtteranceId("u"),
        MeetingId("m"),
        transcript_id,
        RevisionId("r"),
        0,
        manner,
        speaker,
        who,
        None,
        None,
        None,
        "",
        "words",
    )


def record(store, meeting_id, given, **whom):
    with store.write() as tx:
        consent.add_consent(tx, meeting_id, given, written_where="form", recorded_by="test", **whom)


def allowed(store, meeting_id, said):
    with store.read() as tx:
        agreed = consent.read_agreements(tx, meeting_id)
    return {use for use in ConsentUse if agreed.allows(said, use)}


EVERYTHING = dict.fromkeys(ConsentUse, True)


def test_where_nothing_is_recorded_words_are_kept_and_nothing_else(
    any_store, meeting_id, source, ann
):
    """B-4: Silence is no agreement to be grouped, quoted or kept."""
    assert allowed(any_store, meeting_id, turn(source, ann)) == {ConsentUse.RECORDED}


def test_what_one_source_agreed_to_does_not_widen_another(any_store, meeting_id, source, ann):
    """B-4: A second import with a wider agreement leaves the first as narrow as it was."""
    second = a_source(any_store, meeting_id)
    narrow = {use: use is ConsentUse.RECORDED for use in ConsentUse}
    record(any_store, meeting_id, narrow, transcript_id=source)
    record(any_store, meeting_id, EVERYTHING, transcript_id=second)

    assert allowed(any_store, meeting_id, turn(source, ann)) == {ConsentUse.RECORDED}
    assert allowed(any_store, meeting_id, turn(second, ann)) == set(ConsentUse)


def test_a_source_goes_before_the_meeting_whichever_came_later(any_store, meeting_id, source, ann):
    record(any_store, meeting_id, dict.fromkeys(SHARING, False), transcript_id=source)
    record(any_store, meeting_id, EVERYTHING)

    assert allowed(any_store, meeting_id, turn(source, ann)).isdisjoint(SHARING)


def test_the_meeting_holds_where_the_source_says_nothing(any_store, meeting_id, source, ann):
    record(any_store, meeting_id, EVERYTHING)

    assert allowed(any_store, meeting_id, turn(source, ann)) == set(ConsentUse)


@pytest.mark.parametrize("own", [True, False], ids=["yes", "no"])
def test_a_persons_own_word_goes_before_source_and_meeting(any_store, meeting_id, source, ann, own):
    record(any_store, meeting_id, dict.fromkeys(ConsentUse, own), attendance_id=ann)
    record(any_store, meeting_id, dict.fromkeys(ConsentUse, not own))
    record(any_store, meeting_id, dict.fromkeys(ConsentUse, not own), transcript_id=source)

    assert (allowed(any_store, meeting_id, turn(source, ann)) == set(ConsentUse)) is own


def test_an_exception_on_a_form_holds_in_its_source_alone(any_store, meeting_id, source, ann):
    second = a_source(any_store, meeting_id)
    record(any_store, meeting_id, EVERYTHING)
    exception = {ConsentUse.QUOTED: False}
    record(any_store, meeting_id, exception, attendance_id=ann, transcript_id=source)

    assert ConsentUse.QUOTED not in allowed(any_store, meeting_id, turn(source, ann))
    assert ConsentUse.QUOTED in allowed(any_store, meeting_id, turn(second, ann))


def test_the_newest_of_a_persons_words_holds_over_an_exception(any_store, meeting_id, source, ann):
    record(
        any_store,
        meeting_id,
        dict.fromkeys(SHARING, False),
        attendance_id=ann,
        transcript_id=source,
    )
    record(any_store, meeting_id, EVERYTHING, attendance_id=ann)

    assert allowed(any_store, meeting_id, turn(source, ann)) == set(ConsentUse)


def test_a_no_holds_though_the_clock_was_set_back(any_store, meeting_id, source, ann, monkeypatch):
    """V6: A person's newest word is the one that came last, whatever the clock said."""
    record(any_store, meeting_id, EVERYTHING, attendance_id=ann)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2020, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(consent, "datetime", Earlier)
    record(any_store, meeting_id, dict.fromkeys(ConsentUse, False), attendance_id=ann)

    assert allowed(any_store, meeting_id, turn(source, ann)) == set()


def test_another_persons_word_changes_nothing(any_store, meeting_id, source, ann):
    bo = a_person(any_store, meeting_id, "Bo Diaz")
    record(any_store, meeting_id, EVERYTHING)
    record(any_store, meeting_id, dict.fromkeys(ConsentUse, False), attendance_id=bo)

    assert allowed(any_store, meeting_id, turn(source, ann)) == set(ConsentUse)


@pytest.mark.parametrize("manner", [Manner.SPOKEN, Manner.WRITTEN, Manner.SCRIBED])
def test_a_speaker_whom_nobody_knows_agreed_to_nothing(any_store, meeting_id, source, manner):
    """B-4: A name that is not on the roster is not covered by what the meeting agreed to."""
    record(any_store, meeting_id, EVERYTHING)
    record(any_store, meeting_id, EVERYTHING, transcript_id=source)

    said = turn(source, None, speaker="Stranger", manner=manner)

    assert allowed(any_store, meeting_id, said) == {ConsentUse.RECORDED}


def test_a_line_typed_for_the_table_is_covered_by_what_the_table_was_told(
    any_store, meeting_id, source
):
    said = turn(source, None, speaker="", manner=Manner.SCRIBED)
    assert allowed(any_store, meeting_id, said) == {ConsentUse.RECORDED}

    record(any_store, meeting_id, dict.fromkeys(SHARING, True))

    assert allowed(any_store, meeting_id, said) == {ConsentUse.RECORDED, *SHARING}


@pytest.mark.parametrize(
    "given", list(product([True, False], repeat=5)), ids=lambda g: "".join("10"[not b] for b in g)
)
def test_a_use_is_allowed_only_with_every_use_that_it_rests_on(
    any_store, meeting_id, source, ann, given
):
    """B-4: In all 2^5 combinations nothing is done that was not agreed to."""
    told = dict(zip(ALL_USES, given, strict=True))
    record(any_store, meeting_id, told, attendance_id=ann)

    found = allowed(any_store, meeting_id, turn(source, ann))

    assert found <= {use for use in ConsentUse if told[use]}
    assert found == set() or ConsentUse.RECORDED in found
    assert ConsentUse.QUOTED not in found or ConsentUse.GROUPED in found
    assert ConsentUse.QUOTED_BY_NAME not in found or ConsentUse.QUOTED in found
    if all(given):
        assert found == set(ConsentUse)


def test_a_person_is_asked_where_only_a_recording_was_announced(any_store, meeting_id, ann):
    record(any_store, meeting_id, {ConsentUse.RECORDED: True})
    with any_store.read() as tx:
        assert not consent.is_recorded(tx, meeting_id, ann)

    record(any_store, meeting_id, {ConsentUse.GROUPED: True})
    with any_store.read() as tx:
        assert consent.is_recorded(tx, meeting_id, ann)


def test_where_it_is_written_is_told_of_the_whole_meeting_alone(any_store, meeting_id, source, ann):
    record(any_store, meeting_id, EVERYTHING, attendance_id=ann)
    record(any_store, meeting_id, EVERYTHING, transcript_id=source)
    with any_store.read() as tx:
        assert consent.told_everybody(tx, meeting_id) is None

    record(any_store, meeting_id, EVERYTHING)

    with any_store.read() as tx:
        assert consent.told_everybody(tx, meeting_id)[0] == "form"
