"""Every kind of bad input, through the same doors as good input."""

import csv
import io
import zipfile

import pytest

from domain.errors import BadRows, FileRefused, NotAllowedNow, RoundtableError, TooFewPassages
from domain.people import StakeholderGroup
from domain.talk import Zone
from intake.result import ColumnMap
from services import exports, live, meetings, recommendations, themes, transcripts
from services.initiative_files import import_initiatives
from services.theme_finding import find_themes_of_meeting
from tests.intake import made_files
from tests.services.conftest import AGREED, TALK

DOCX = made_files.docx("Ann Lee: one", "Bo Diaz: two")
XLSX = made_files.xlsx(("speaker", "text"), ("Ann Lee", "one"), ("Bo Diaz", "two"))
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
UNKNOWN_LETTERS = "Как дела у вас сегодня. Мы говорили о болезни.".encode("koi8-r")

# file name, bytes, what was found, what to do
REFUSED = {
    "empty": ("talk.vtt", b"", "is empty", "Export it again"),
    "wrong type by content": ("talk.docx", b"%PDF-1.7\n1 0 obj", "a PDF", "Bring in"),
    "60 MB": ("talk.txt", b"a" * (60 * 1024**2), "60 MB; at most 50 MB", "Split it"),
    "binary": ("talk.csv", bytes(range(256)) * 20, "not text", "Bring in"),
    "unknown encoding": ("talk.txt", UNKNOWN_LETTERS, "unknown way", "Save it as UTF-8"),
    "password": ("talk.docx", PROTECTED, "password", "without a password"),
    "truncated docx": ("talk.docx", DOCX[: len(DOCX) // 2], "cut off", "save it again"),
    "truncated xlsx": ("talk.xlsx", XLSX[:-40], "cut off", "save it again"),
    "no words": ("talk.vtt", b"WEBVTT\n\nNOTE nobody spoke\n", "No spoken words", "Check"),
    "no column of words": ("talk.csv", b"who,when\nAnn,1\n", "“who”, “when”", "Choose which"),
}
HOSTILE = "*bold* _it_ $x^2$ `code` [l](javascript:alert(1)) <b>&amp;</b> 😀 שלום \u202eabc\u202c"


def bring_in(meeting_id, file_name, data, columns=None, *, consent=AGREED):
    understood = transcripts.understand(meeting_id, file_name, data, columns)
    people = {match.label: match.attendance_id for match in understood.matches}
    return transcripts.store_transcript(meeting_id, understood, people, consent, is_released=True)


def texts(meeting_id):
    return [u.text for u in transcripts.utterances(meeting_id, Zone.RESTRICTED)]


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_transcript_is_refused_in_words_and_the_next_good_file_works(meeting_id, case):
    file_name, data, found, todo = REFUSED[case]

    with pytest.raises(FileRefused) as refusal:
        bring_in(meeting_id, file_name, data)

    said = str(refusal.value)
    assert said.startswith(f"{file_name}: ")
    assert found in said
    assert todo in said
    assert texts(meeting_id) == []
    assert bring_in(meeting_id, "talk.txt", TALK).n_utterances == 7


@pytest.mark.parametrize("case", ["empty", "60 MB", "binary", "password", "truncated xlsx"])
@pytest.mark.parametrize("read", [meetings.read_roster_file, recommendations.read_list])
def test_a_bad_roster_or_list_is_refused_likewise(case, read):
    _, data, found, _ = REFUSED[case]

    with pytest.raises(FileRefused, match=found):
        read("list.xlsx", data)


@pytest.mark.parametrize("case", ["empty", "60 MB", "binary", "password", "truncated xlsx"])
def test_a_bad_initiative_file_is_refused_likewise(programme_id, case):
    _, data, found, _ = REFUSED[case]

    with pytest.raises(FileRefused, match=rf"initiatives\.csv: .*{found}"):
        import_initiatives(programme_id, {"initiatives.csv": data})


def test_bad_rows_of_initiatives_are_named_at_once_by_their_place_in_the_file(programme_id):
    table = b"key,title,kind\n\na,Shelf,gadget\nb,,tool\n"
    readings = b"measure_key,read_on,value\nm,03/10/2024,1\nm,2024,many\n"

    with pytest.raises(BadRows) as refusal:
        import_initiatives(programme_id, {"initiatives.csv": table, "readings.csv": readings})

    said = str(refusal.value)
    assert "initiatives.csv, row 3: 'gadget' is none of: tool" in said
    assert "initiatives.csv, row 4: title is empty" in said
    assert "readings.csv, row 2: '03/10/2024' is no day" in said
    assert "readings.csv, row 3: 'many' is no number" in said


def test_initiatives_without_their_own_table_are_refused(programme_id):
    with pytest.raises(NotAllowedNow, match=r"initiatives\.csv is missing"):
        import_initiatives(programme_id, {"measures.csv": b"key,name\na,b\n"})


def test_all_rows_without_the_mapped_column_are_named_at_once(meeting_id):
    data = b"who,when,said\nAnn,1,hello\nBo\nAnn,2,yes\nBo,3\n"

    with pytest.raises(FileRefused, match=r"2 of 4 rows .* row 3, row 5"):
        bring_in(meeting_id, "t.csv", data, ColumnMap(speaker="who", text="said"))

    assert texts(meeting_id) == []


def test_every_row_is_read_where_a_spreadsheet_tells_a_wrong_size(meeting_id):
    wrong = made_files.with_part(
        XLSX, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'"A1:B3"', b'"A1:A1"')
    )
    assert wrong != XLSX

    bring_in(meeting_id, "talk.xlsx", wrong)

    assert texts(meeting_id) == ["one", "two"]


def test_captions_without_times_keep_their_words_and_say_so(meeting_id):
    data = b"WEBVTT\n\nAnn Lee: Hello there\n\nBo Diaz: Hello\n"

    oddities = transcripts.understand(meeting_id, "t.vtt", data).source.oddities
    bring_in(meeting_id, "t.vtt", data)

    assert "tells no times" in oddities[0].sentence
    assert texts(meeting_id) == ["Hello there", "Hello"]


def test_one_voice_without_a_name_is_kept_and_said_to_be_unnamed(meeting_id):
    data = b"We spoke of the mask all day.\n\nNobody wrote down who spoke.\n"

    understood = transcripts.understand(meeting_id, "t.txt", data)
    bring_in(meeting_id, "t.txt", data)

    assert "names nobody" in understood.source.oddities[0].sentence
    kept = transcripts.utterances(meeting_id, Zone.RESTRICTED)
    assert {u.attendance_id for u in kept} == {None}


def test_one_utterance_is_stored_and_is_too_little_for_themes(meeting_id):
    bring_in(meeting_id, "t.txt", b"Ann Lee: Only this.")

    with pytest.raises(TooFewPassages, match="this meeting has 1"):
        find_themes_of_meeting(meeting_id)

    assert texts(meeting_id) == ["Only this."]


def test_no_utterance_at_all_is_too_little_for_themes(meeting_id):
    with pytest.raises(TooFewPassages, match="this meeting has 0"):
        find_themes_of_meeting(meeting_id)


def test_what_is_no_character_is_shown_as_unreadable_and_said(meeting_id):
    data = b'{"segments": [{"start": 0, "end": 1, "text": "a\\u0000b\\ud800c", "speaker": "A\\udc00"}]}'

    understood = transcripts.understand(meeting_id, "t.json", data)
    bring_in(meeting_id, "t.json", data)

    assert "3 characters could not be read" in understood.source.oddities[0].sentence
    assert texts(meeting_id) == ["a�b�c"]


def test_a_meeting_that_is_not_there_is_refused_in_words(app_runtime):
    for attempt in (
        lambda: transcripts.understand("gone", "t.txt", TALK),
        lambda: find_themes_of_meeting("gone"),
        lambda: themes.request_themes("gone"),
        lambda: live.scribe("gone", "Words.", stakeholder_group=None),
        lambda: recommendations.write("gone", "Words.", author="f"),
    ):
        with pytest.raises(RoundtableError, match="no meeting with id 'gone'"):
            attempt()


def test_a_proposing_line_that_may_not_be_quoted_makes_no_draft(meeting_id):
    only_recorded = transcripts.ConsentGiven(frozenset({transcripts.ConsentUse.RECORDED}), "form")
    bring_in(meeting_id, "t.txt", TALK, consent=only_recorded)

    line = live.scribe(meeting_id, "Lend machines.", stakeholder_group=None, is_proposal=True)

    with pytest.raises(NotAllowedNow, match="did not agree to be quoted"):
        live.propose(line)
    assert recommendations.recommendations(meeting_id) == ()


@pytest.mark.parametrize("name", ["=cmd()", "<script>alert(1)</script>", "@SUM(A1)"])
def test_a_hostile_speaker_passes_verbatim_into_the_roster(meeting_id, name):
    understood = transcripts.understand(meeting_id, "t.csv", f"speaker,text\n{name},Hi\n".encode())

    transcripts.store_transcript(
        meeting_id,
        understood,
        {},
        AGREED,
        is_released=True,
        to_add={name: StakeholderGroup.OTHER},
    )

    assert name in {a.name for a in meetings.roster(meeting_id)}
    assert transcripts.utterances(meeting_id)[0].speaker == name


def test_hostile_words_stay_verbatim_from_the_file_to_the_export(meeting_id):
    lines = [f"=1+{n} {HOSTILE} number {n}" for n in range(4)]
    rows = "\n".join(f'Ann Lee,"{line}"\nBo Diaz,"@{line}"' for line in lines)
    bring_in(meeting_id, "t.csv", f"speaker,text\n{rows}\n".encode())
    find_themes_of_meeting(meeting_id)
    wanted = [mark + line for line in lines for mark in ("", "@")]
    recommendation_id = recommendations.write(meeting_id, f"={HOSTILE}", author="f")
    first = recommendations.suggest_evidence(recommendation_id)[0]
    recommendations.attach(recommendation_id, first.quote, author="f")

    exported = exported_tables(meeting_id)

    assert texts(meeting_id) == wanted
    told = themes.set_aside(meeting_id) + tuple(
        quote
        for theme in themes.theme_report(meeting_id).themes
        for quote in themes.theme_quotes(meeting_id, theme.theme_id)
    )
    assert sorted(q.quote.text for q in told) == sorted(wanted)
    assert [row["text"] for row in exported["utterances.csv"]] == [f"'{line}" for line in wanted]
    assert exported["evidence.csv"][0]["quote"] == f"'{first.quote.text}"
    assert exported["recommendations.csv"][0]["text"] == f"'={HOSTILE}"


def exported_tables(meeting_id):
    _, data = exports.export_meeting(meeting_id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
