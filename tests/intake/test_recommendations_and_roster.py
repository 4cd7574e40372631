import pytest
from docx import Document

from domain.errors import FileRefused
from domain.people import StakeholderGroup
from intake.front_door import read_recommendations, read_roster
from tests.intake import made_files

TWO = ["Lend devices before they are prescribed.", "Pay for the first home visit."]


def texts(name, data, **options):
    return [row.text for row in read_recommendations(name, data, **options).rows]


SAME_LIST = {
    "numbered.docx": made_files.docx(*TWO, style="List Number"),
    "bulleted.docx": made_files.docx(*TWO, style="List Bullet"),
    "typed.docx": made_files.docx("We recommend:", *(f"{n}. {t}" for n, t in enumerate(TWO, 1))),
    "table.docx": made_files.docx_table(("No.", "Recommendation"), ("1", TWO[0]), ("2", TWO[1])),
    "plain.docx": made_files.docx(*TWO),
    "list.xlsx": made_files.xlsx(("Number", "Recommendation"), (1, TWO[0]), (2, TWO[1])),
    "list.csv": f"number,recommendation\n1,{TWO[0]}\n2,{TWO[1]}\n".encode(),
    "headless.csv": f"{TWO[0]} They should be ready to use at once\n{TWO[1]}\n".encode(),
    "list.md": f"# List\n\n- {TWO[0]}\n- Pay for the first\n  home visit.\n".encode(),
    "list.txt": f"1) {TWO[0]}\n2) {TWO[1]}\n".encode(),
    "lines.txt": "\n\n".join(TWO).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME_LIST)
def test_a_list_of_recommendations_is_read_from_each_format(name):
    found = read_recommendations(name, SAME_LIST[name])

    assert [
        row.text.removesuffix(" They should be ready to use at once") for row in found.rows
    ] == TWO
    assert [row.number for row in found.rows] == [1, 2]


def test_the_numbers_of_the_file_are_kept():
    found = read_recommendations("l.csv", b"no,text\n7,Build ramps now\n3,Pay for visits\n")

    assert [row.number for row in found.rows] == [7, 3]


def test_points_below_a_point_belong_to_it():
    document = Document()
    document.add_heading("Recommendations")
    document.add_paragraph("Lend devices", style="List Bullet")
    below = document.add_paragraph("within a week", style="List Bullet")
    below.paragraph_format.element.get_or_add_pPr().get_or_add_numPr().get_or_add_ilvl().val = 1
    document.add_paragraph("Pay visits", style="List Bullet")

    assert texts("l.docx", made_files.saved(document)) == [
        "Lend devices within a week",
        "Pay visits",
    ]


def test_the_column_that_was_chosen_is_read():
    data = b"text,plan\nshort,Lend devices early\n"

    assert texts("l.csv", data, column="plan") == ["Lend devices early"]


def test_a_chosen_column_that_is_missing_is_named():
    with pytest.raises(FileRefused, match="no column “idea”; it has “text”, “plan”"):
        texts("l.csv", b"text,plan\na,b\n", column="idea")


def test_a_recommendation_that_comes_twice_is_told():
    found = read_recommendations("l.txt", b"- Build ramps\n- build  ramps\n")

    assert found.oddities[0].sentence == "Number 2 says the same as number 1."


def test_a_transcript_is_no_list():
    with pytest.raises(FileRefused, match="This is a transcript"):
        texts("l.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n")


ROSTER = (
    "Name,Stakeholder group,Interests,Access needs\n"
    "Maria Delgado,person living with ALS,,uses eye gaze\n"
    "Elena Delgado,Caregivers,,\n"
    "Howard Pruitt,industry,consults for a device maker,\n"
    "Peter Novak,navigator,,\n"
)


def test_a_roster_gives_groups_interests_and_access_needs():
    roster = read_roster("roster.csv", ROSTER.encode())

    assert [row.stakeholder_group for row in roster.rows] == [
        StakeholderGroup.PERSON_LIVING_WITH_ALS,
        StakeholderGroup.CURRENT_CAREGIVER,
        StakeholderGroup.INDUSTRY,
        StakeholderGroup.OTHER,
    ]
    assert roster.rows[0].access_needs == "uses eye gaze"
    assert roster.rows[2].interests == "consults for a device maker"


def test_a_group_that_is_not_known_is_told():
    (oddity,) = read_roster("roster.csv", ROSTER.encode()).oddities

    assert (oddity.kind, oddity.place) == ("unknown_group", "row 5")
    assert "“navigator” is no known stakeholder group for Peter Novak" in oddity.sentence


@pytest.mark.parametrize("group", list(StakeholderGroup))
def test_each_group_is_read_by_its_own_words(group):
    roster = read_roster("r.csv", f"name,group\nAnn,{group.value.upper()}\n".encode())

    assert roster.rows[0].stakeholder_group is group


def test_a_name_that_comes_twice_is_told():
    roster = read_roster("r.csv", b"name,group\nAnn,staff\nann,staff\n")

    assert roster.oddities[0].kind == "twice"


def test_a_roster_from_a_spreadsheet_is_read():
    data = made_files.xlsx(("name", "group"), ("Ann", "clinician"))

    assert read_roster("r.xlsx", data).rows[0].stakeholder_group is StakeholderGroup.CLINICIAN


@pytest.mark.parametrize("data", [b"group,needs\nstaff,none\n", b"name,group\n", b"hello there"])
def test_a_roster_without_names_is_refused(data):
    with pytest.raises(FileRefused):
        read_roster("r.csv", data)
