import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import FileRefused, NotAllowedNow, NotPermitted
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Zone
from services import meetings, transcripts, written_contributions
from services.access import acting_as
from services.transcripts import ConsentGiven, OnForm
from store import consent, talk
from tests.services.conftest import AGREED, TALK


def matches(meeting_id, labels):
    text = "\n".join(f"{label}: Words number {n} here." for n, label in enumerate(labels))
    understood = transcripts.understand(meeting_id, "t.txt", text.encode())
    return {m.label: m for m in understood.matches}


def test_understanding_stores_nothing(meeting_id):
    transcripts.understand(meeting_id, "talk.txt", TALK)

    assert transcripts.utterances(meeting_id, Zone.RESTRICTED) == []


def test_a_title_does_not_hide_a_name(meeting_id):
    assert matches(meeting_id, ["Bo Diaz", "Ann Lee"])["Bo Diaz"].attendance_id


def test_part_of_a_name_is_matched_when_only_one_person_fits(meeting_id):
    assert matches(meeting_id, ["Ann Lee", "Bo D."])["Bo D."].how == "part of the name"


def test_part_of_a_name_that_fits_two_people_is_asked_about(meeting_id):
    meetings.add_person(meeting_id, "Ann Moss", StakeholderGroup.OTHER)

    assert matches(meeting_id, ["Ann", "Dr. Bo Diaz"])["Ann"].attendance_id is None


def test_a_stranger_is_asked_about(meeting_id):
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)

    assert [m.label for m in understood.matches if not m.attendance_id] == ["Cy Ode", "Stranger"]


def test_stored_turns_carry_the_group_of_their_speaker(told_meeting):
    first = transcripts.utterances(told_meeting)[0]

    assert first.stakeholder_group is StakeholderGroup.PERSON_LIVING_WITH_ALS


def test_the_same_file_twice_is_noticed_and_not_stored(told_meeting):
    again = transcripts.understand(told_meeting, "copy of talk.txt", TALK)

    with pytest.raises(NotAllowedNow, match="already in this meeting"):
        transcripts.store_transcript(told_meeting, again, {}, AGREED, is_released=True)

    assert again.notice
    assert len(transcripts.utterances(told_meeting, Zone.RESTRICTED)) == 7


def test_the_same_words_in_another_format_are_noticed(told_meeting):
    lines = TALK.decode().strip().split("\n")
    cues = [
        f"{n + 1}\n00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{line}\n"
        for n, line in enumerate(lines)
    ]

    again = transcripts.understand(
        told_meeting, "talk.vtt", ("WEBVTT\n\n" + "\n".join(cues)).encode()
    )

    assert again.notice is not None
    assert "same words" in again.notice


def test_nothing_is_stored_without_consent_to_be_recorded(meeting_id):
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    nothing_agreed = ConsentGiven(frozenset({ConsentUse.GROUPED}), "nowhere")

    with pytest.raises(NotAllowedNow):
        transcripts.store_transcript(meeting_id, understood, {}, nothing_agreed, is_released=True)

    assert transcripts.utterances(meeting_id, Zone.RESTRICTED) == []


def test_what_is_not_released_is_not_shared(meeting_id):
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)

    transcripts.store_transcript(meeting_id, understood, {}, AGREED, is_released=False)

    assert transcripts.utterances(meeting_id, Zone.SHARED) == []
    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 7


def test_a_written_contribution_joins_the_meeting_with_its_author(told_meeting):
    who = meetings.roster(told_meeting)[0].attendance_id

    written_contributions.add_written(
        told_meeting, [(who, "I typed this with my eyes.")], author="a", consent=AGREED
    )

    last = transcripts.utterances(told_meeting)[-1]
    assert (last.text, last.attendance_id) == ("I typed this with my eyes.", who)


def test_written_contributions_of_strangers_are_refused_by_name(told_meeting):
    data = b"name,text\nNobody Here,Some words.\nAnn Lee,Mine.\n"

    with pytest.raises(NotAllowedNow, match="Nobody Here"):
        written_contributions.import_written(told_meeting, "written.csv", data)


def test_hostile_names_and_words_come_through_verbatim(meeting_id):
    lines = "=cmd(): *bold* $x$ <b>&amp; שלום 😀\nAnn Lee: fine, thank you\n=cmd(): and more\n"
    understood = transcripts.understand(meeting_id, "t.txt", lines.encode())

    transcripts.store_transcript(meeting_id, understood, {}, AGREED, is_released=True)

    first = transcripts.utterances(meeting_id, Zone.RESTRICTED)[0]
    assert (first.speaker, first.text) == ("=cmd()", "*bold* $x$ <b>&amp; שלום 😀")


def test_an_empty_file_is_refused_by_name(meeting_id):
    with pytest.raises(FileRefused, match=r"empty\.vtt"):
        transcripts.understand(meeting_id, "empty.vtt", b"")


def test_a_person_who_says_no_is_no_longer_shared_on_the_next_look(told_meeting, store):
    ann = meetings.roster(told_meeting)[0].attendance_id

    with store.write() as tx:
        consent.add_consent(
            tx,
            told_meeting,
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="Ann",
            attendance_id=ann,
        )

    shared = transcripts.utterances(told_meeting, Zone.SHARED)
    assert ann not in {u.attendance_id for u in shared}
    assert len(shared) == 3


def test_a_later_yes_brings_the_words_back(told_meeting, store):
    ann = meetings.roster(told_meeting)[0].attendance_id
    with store.write() as tx:
        for is_given in (False, True):
            consent.add_consent(
                tx,
                told_meeting,
                {ConsentUse.QUOTED: is_given},
                written_where="",
                recorded_by="Ann",
                attendance_id=ann,
            )

    assert len(transcripts.utterances(told_meeting, Zone.SHARED)) == 6


def bring_in(meeting_id, uses, *, data=TALK, **exceptions):
    """Store a file with what people agreed to; the names that agreed to less come as words."""
    understood = transcripts.understand(meeting_id, "talk.txt", data)
    people = {m.label: m.attendance_id for m in understood.matches}
    told = {name.replace("_", " "): on_form for name, on_form in exceptions.items()}
    return transcripts.store_transcript(
        meeting_id, understood, people, ConsentGiven(uses, "forms", told), is_released=True
    )


EVERYTHING = frozenset(ConsentUse)
ONLY_RECORDED = frozenset({ConsentUse.RECORDED})
OTHER_TALK = b"Ann Lee: A second recording.\nBo Diaz: Of another table.\n"


def test_a_wider_agreement_for_a_second_file_does_not_widen_the_first(meeting_id):
    """B-4: What was agreed to for one source holds for that source alone."""
    bring_in(meeting_id, ONLY_RECORDED)

    bring_in(meeting_id, EVERYTHING, data=OTHER_TALK)

    shared = [u.text for u in transcripts.utterances(meeting_id)]
    assert shared == ["A second recording.", "Of another table."]


def test_a_name_that_is_not_on_the_roster_is_never_shared(told_meeting):
    """B-4: An unknown speaker agreed to nothing."""
    kept = {u.speaker for u in transcripts.utterances(told_meeting, Zone.RESTRICTED)}
    shared = {u.speaker for u in transcripts.utterances(told_meeting)}

    assert kept - shared == {"Stranger"}


def test_whoever_did_not_agree_to_be_recorded_is_not_stored_and_counted_as_left_out(
    meeting_id, store
):
    """B-4: A no on the form keeps every byte of the words out of the store."""
    stored = bring_in(meeting_id, EVERYTHING, Ann_Lee=OnForm.NOT_RECORDED)

    assert (stored.n_utterances, stored.n_left_out) == (4, 3)
    assert b"nobody showed us" not in store.path.read_bytes()


def test_a_persons_own_no_keeps_their_lines_out_of_a_later_file(meeting_id, store):
    """B-4: A person's own word goes before what a form says of everybody."""
    ann = next(a for a in meetings.roster(meeting_id) if a.name == "Ann Lee").attendance_id
    with store.write() as tx:
        no = {ConsentUse.RECORDED: False}
        consent.add_consent(
            tx, meeting_id, no, written_where="", recorded_by="Ann", attendance_id=ann
        )

    stored = bring_in(meeting_id, EVERYTHING)

    assert stored.n_left_out == 3
    with pytest.raises(NotAllowedNow, match="Ann Lee asked that no words"):
        written_contributions.add_written(
            meeting_id, [(ann, "Typed for me.")], author="a", consent=AGREED
        )


def test_two_names_of_one_person_share_a_no(meeting_id):
    ann = next(a for a in meetings.roster(meeting_id) if a.name == "Ann Lee").attendance_id
    understood = transcripts.understand(
        meeting_id, "t.txt", b"Ann Lee: One.\nBo Diaz: Two.\nLee: Three.\nBo Diaz: Four.\n"
    )
    told = ConsentGiven(EVERYTHING, "forms", {"Lee": OnForm.NOT_RECORDED})

    stored = transcripts.store_transcript(
        meeting_id, understood, {"Ann Lee": ann, "Lee": ann}, told, is_released=True
    )

    assert (stored.n_utterances, stored.n_left_out) == (2, 2)


def test_a_person_who_may_only_be_counted_is_counted_and_not_quoted(meeting_id, store):
    """B-4: Grouped only: in the shared zone for counting, and in none for quoting."""
    bring_in(meeting_id, EVERYTHING, Ann_Lee=OnForm.GROUPED_ONLY)

    with store.read() as tx:
        counted = talk.utterances_of(tx, meeting_id, Zone.SHARED, use=ConsentUse.GROUPED)
    assert "Ann Lee" in {u.speaker for u in counted}
    assert "Ann Lee" not in {u.speaker for u in transcripts.utterances(meeting_id)}


def test_what_is_shared_needs_a_place_where_the_agreement_is_written(meeting_id):
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)

    with pytest.raises(NotAllowedNow, match="where it is written"):
        transcripts.store_transcript(
            meeting_id, understood, {}, ConsentGiven(EVERYTHING, "  "), is_released=False
        )

    assert transcripts.utterances(meeting_id, Zone.RESTRICTED) == []


def test_whoever_may_not_release_words_stores_and_does_not_share_them(meeting_id):
    """B-15: Bringing words in is one right, releasing them is another."""
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    people = {m.label: m.attendance_id for m in understood.matches}
    ann = people["Ann Lee"]

    with acting_as(Actor("Fay", (Grant(StaffRole.FACILITATOR),))):
        with pytest.raises(NotPermitted, match="release words"):
            transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)
        transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=False)
        written_contributions.add_written(
            meeting_id, [(ann, "Mine.")], author="Fay", consent=AGREED
        )

    assert transcripts.utterances(meeting_id) == []
    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 8


def test_people_who_come_with_a_transcript_are_on_the_roster_and_speak(meeting_id):
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)

    transcripts.store_transcript(
        meeting_id,
        understood,
        {},
        AGREED,
        is_released=True,
        to_add={"Stranger": StakeholderGroup.GOVERNMENT},
    )

    last = transcripts.utterances(meeting_id)[-1]
    (stranger,) = [a for a in meetings.roster(meeting_id) if a.name == "Stranger"]
    assert (last.attendance_id, last.stakeholder_group) == (
        stranger.attendance_id,
        StakeholderGroup.GOVERNMENT,
    )


@pytest.mark.parametrize("label", ["Stranger", " "])
def test_a_refusal_leaves_no_person_and_no_words(told_meeting, label):
    data = TALK if label.strip() else b"Ann Lee: Other words\nBo Diaz: these are.\n"
    again = transcripts.understand(told_meeting, "talk.txt", data)
    before = meetings.roster(told_meeting)

    with pytest.raises(NotAllowedNow):
        transcripts.store_transcript(
            told_meeting,
            again,
            {},
            AGREED,
            is_released=True,
            to_add={"Somebody": StakeholderGroup.OTHER, label: StakeholderGroup.OTHER},
        )

    assert meetings.roster(told_meeting) == before
    assert len(transcripts.utterances(told_meeting)) == 6


def test_a_person_on_the_roster_keeps_what_the_roster_tells(meeting_id):
    meetings.add_person(meeting_id, "Eve Roy", StakeholderGroup.CLINICIAN, access_needs="writes")
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)

    transcripts.store_transcript(
        meeting_id,
        understood,
        {},
        AGREED,
        is_released=True,
        to_add={"Eve  Roy": StakeholderGroup.OTHER},
    )

    (eve,) = [a for a in meetings.roster(meeting_id) if a.name == "Eve Roy"]
    assert (eve.stakeholder_group, eve.access_needs) == (StakeholderGroup.CLINICIAN, "writes")
