"""What leaves the house as files."""

import csv
import io
import re
import zipfile
from collections import Counter

import pytest

from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Wish, WishMadeBy, locate_quote
from services import ballots, exports, meetings, recommendations, themes, transcripts
from services.theme_finding import find_themes_of_meeting
from store import consent, wishes
from tests.made_vote import make_vote
from tests.services.conftest import AGREED

FILES = {
    "utterances.csv",
    "themes.csv",
    "memberships.csv",
    "recommendations.csv",
    "evidence.csv",
}
ANN_SAID = "nobody showed us how to fit it"


def files_of(meeting_id):
    _, data = exports.export_meeting(meeting_id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows_of(meeting_id, name):
    return list(csv.DictReader(io.StringIO(files_of(meeting_id)[name])))


@pytest.fixture
def whole_meeting(told_meeting):
    """With themes, and a recommendation that a quote of Ann supports."""
    find_themes_of_meeting(told_meeting)
    made = recommendations.write(told_meeting, "Teach the mask at home.", author="f")
    said = next(u for u in transcripts.utterances(told_meeting) if ANN_SAID in u.text)
    quote = locate_quote(said.revision_id, said.text, ANN_SAID)
    recommendations.attach(made, quote, author="f")
    return told_meeting


def test_an_export_holds_words_themes_recommendations_and_evidence(whole_meeting):
    files = files_of(whole_meeting)

    assert files.keys() == FILES
    assert ANN_SAID in files["utterances.csv"]
    assert ANN_SAID in files["evidence.csv"]
    assert "Insurance denied the cough machine twice" in files["memberships.csv"]


def test_a_theme_of_two_people_does_not_leave_the_house(whole_meeting):
    """B-3: What leaves the house may reach anybody: no theme of fewer than three people."""
    sizes = {t.rank + 1: t.n_people for t in themes.theme_report(whole_meeting).themes}

    rows = rows_of(whole_meeting, "themes.csv")
    members = rows_of(whole_meeting, "memberships.csv")

    assert min(sizes.values()) == 2
    assert {sizes[int(row["theme"])] for row in rows if not row["part_of"]} == {3}
    assert {row["theme"] for row in members} == {row["theme"] for row in rows}


def test_both_levels_leave_the_house_with_their_strengths(meeting_id):
    names = ["Ann Lee", "Dr. Bo Diaz", "Cyrus Ode"]
    lines = [
        f"{names[(n + m) % 3]}: {text} number {n}."
        for n in range(16)
        for m, text in enumerate(
            (
                f"The breathing mask leaks around the breathing mask {'straps' if n % 2 else 'filter'}",
                "Insurance denial letters and insurance appeals took months",
            )
        )
    ]
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)
    find_themes_of_meeting(meeting_id)

    found = {row["theme"]: row for row in rows_of(meeting_id, "themes.csv")}
    members = rows_of(meeting_id, "memberships.csv")

    assert {row["part_of"] == "" for row in found.values()} == {True, False}
    assert all(theme.startswith(f"{row['part_of']}") for theme, row in found.items())
    assert {row["theme"] for row in members} == found.keys()
    assert all(0 <= float(row["strength"]) <= 1 for row in members)


def test_a_membership_points_at_the_words_of_its_turn(whole_meeting):
    text_of = {row["utterance_id"]: row["text"] for row in rows_of(whole_meeting, "utterances.csv")}

    rows = [row for row in rows_of(whole_meeting, "memberships.csv") if row["words"]]

    assert rows
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        assert text_of[row["utterance_id"]][start:end] == row["words"]


def test_what_somebody_keeps_private_is_in_no_file(whole_meeting, store):
    said = next(u for u in transcripts.utterances(whole_meeting) if ANN_SAID in u.text)

    with store.write() as tx:
        wishes.add_wish(tx, said.utterance_id, Wish.PRIVATE, made_by=WishMadeBy.PERSON)

    assert not any(ANN_SAID in text for text in files_of(whole_meeting).values())
    assert not any(said.utterance_id in text for text in files_of(whole_meeting).values())


def test_small_groups_are_joined_or_not_told(whole_meeting):
    """Three people of two groups: a group would say who spoke each line."""
    for name in ("utterances.csv", "evidence.csv"):
        assert {row["stakeholder_group"] for row in rows_of(whole_meeting, name)} == {""}


def test_groups_of_eleven_people_are_told(meeting_id):
    lines, people = [], {}
    for group, n in (
        (StakeholderGroup.PERSON_LIVING_WITH_ALS, 12),
        (StakeholderGroup.CLINICIAN, 11),
        (StakeholderGroup.INDUSTRY, 1),
    ):
        for k in range(n):
            name = f"{group.name} {k}"
            people[name] = meetings.add_person(meeting_id, name, group)
            lines.append(f"{name}: The mask of number {k} leaks at night.")
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)

    told = Counter(row["stakeholder_group"] for row in rows_of(meeting_id, "utterances.csv"))

    assert min(told.values()) >= 11
    assert "industry" not in told
    assert told["person living with ALS"] == 12


def test_no_file_names_anybody(whole_meeting):
    told = "".join(files_of(whole_meeting).values())

    assert not [a.name for a in meetings.roster(whole_meeting) if a.name in told]


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_of_the_sample_begins_with_its_watermark(app_runtime, name):
    vote = make_vote(is_sample=True)

    file_name, _ = exports.export_meeting(vote.meeting_id)

    assert file_name.startswith("sample-")
    assert exports.WATERMARK in files_of(vote.meeting_id)[name].splitlines()[0]


def test_tables_of_screens_and_votes_carry_the_watermark_of_the_sample(app_runtime):
    vote = make_vote(is_sample=True)
    ballots.close_ballot(vote.ballot_id)

    tables = (
        ballots.export_results_csv(vote.ballot_id),
        exports.table_csv(["a"], [["b"]], is_sample=True),
    )

    assert all(exports.WATERMARK in t.decode("utf-8-sig").splitlines()[0] for t in tables)


def test_a_programme_of_ones_own_carries_no_watermark(whole_meeting):
    assert not any("invented" in text for text in files_of(whole_meeting).values())


def test_nothing_that_was_not_released_is_in_any_file(meeting_id):
    understood = transcripts.understand(meeting_id, "t.txt", b"Ann Lee: secret\nBo Diaz: secret\n")
    transcripts.store_transcript(meeting_id, understood, {}, AGREED, is_released=False)

    assert not any("secret" in text for text in files_of(meeting_id).values())


def test_a_person_who_takes_their_word_back_is_in_no_file_from_then_on(whole_meeting, store):
    ann = meetings.roster(whole_meeting)[0].attendance_id

    with store.write() as tx:
        consent.add_consent(
            tx,
            whole_meeting,
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="Ann",
            attendance_id=ann,
        )

    files = files_of(whole_meeting)
    assert not any(ANN_SAID in text for text in files.values())
    assert "Insurance denied" in files["utterances.csv"]


@pytest.mark.parametrize(
    "words", ["=1+1", "'=1+1", "''@x", "-5 degrees", "+1", "\tx", "'tis", "a=b"]
)
def test_words_come_back_from_a_file_when_one_guarding_apostrophe_is_taken_off(words):
    table = exports.table_csv(["words"], [[words]], is_sample=False)

    _, [cell] = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))

    assert cell[0] not in "=+-@\t"
    assert re.sub(r"^'(?='*[=+\-@\t])", "", cell) == words
