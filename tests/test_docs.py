"""What the documents say and what the code has are the same."""

import ast
import csv
import doctest
import importlib
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from services import ballots, meetings, programmes, recommendations
from services.exports import export_meeting
from store.tables import metadata
from ui.screens import SCREENS

ROOT = Path(__file__).parents[1]
DATA = (ROOT / "docs" / "data.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
GUIDE = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "docs" / "guide").glob("*.md")))
PICTURES = ROOT / "docs" / "screenshots"

FLOORS = (
    "domain",
    "store",
    "analysis",
    "intake",
    "reports",
    "services",
    "ui",
    "participant",
    "web",
    "staff",
    "commands",
)
CODE = sorted(p for p in ROOT.rglob("*.py") if ".venv" not in p.parts)
MODULES = [
    p.relative_to(ROOT)
    for p in CODE
    if p.relative_to(ROOT).parts[0] in FLOORS and "migrations" not in p.parts and p.stat().st_size
]
WITH_EXAMPLES = [p for p in MODULES if p.parts[0] in ("domain", "analysis", "reports")]
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAPERS = [p.relative_to(ROOT) for p in PAPERS]
LIKE_WRITTEN = ("written.csv", "brought_in_later.csv", "statements.csv")
SAMPLE_TABLES = sorted(
    p.relative_to(ROOT)
    for p in (ROOT / "data").rglob("*.csv")
    if p.name not in ("votes.csv", "roster.csv", "recommendations.csv", *LIKE_WRITTEN)
)
IS_A_SETTING = re.compile(r"[\"'](ROUNDTABLE_[A-Z_]+|REQUIRE_[A-Z_]+|PORT)[\"']")
IN_A_TABLE = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
FORBIDDEN = re.compile(r"\b(users?|items?|invalid|patients?|sufferers?|victims?)\b", re.IGNORECASE)


def told(part: str) -> dict[str, list[str]]:
    """Heading → columns, of one part of data.md."""
    found: dict[str, list[str]] = {}
    body = re.search(rf"^# {re.escape(part)}\n(.*?)(?=^# |\Z)", DATA, re.MULTILINE | re.DOTALL)
    for line in body.group(1).splitlines() if body else ():
        if line.startswith("### "):
            found[line.removeprefix("### ")] = columns = []
        elif line.startswith("| ") and not line.startswith("| Column |"):
            columns.append(line.split("|")[1].strip())
    return found


def anchors(text: str) -> set[str]:
    """The addresses of a document's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def module_of(path: Path) -> ModuleType:
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    return importlib.import_module(name)


def test_every_table_is_told_and_no_other():
    assert set(told("Tables in the store")) == set(metadata.tables)


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_column_is_told_and_no_other(table):
    columns = [column.name for column in metadata.tables[table].columns]

    assert told("Tables in the store").get(table) == columns


@pytest.mark.parametrize("path", SAMPLE_TABLES, ids=str)
def test_the_columns_of_a_sample_file_are_told(path):
    with (ROOT / path).open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file))

    assert set(columns) <= set(told("Files that people bring")[path.name])


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("roster.csv", "Roster"),
        ("written.csv", "Written contributions"),
        ("recommendations.csv", "Recommendations"),
    ],
)
def test_the_columns_of_a_file_for_a_meeting_are_told(name, heading):
    with (ROOT / "data/sample/2024-fall" / name).open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file))

    assert columns == told("Files that people bring")[heading]


@pytest.fixture
def meeting_id(app_runtime):
    return meetings.create_meeting(
        programmes.start_ours(),
        season=Season.FALL,
        held_on=date(2024, 10, 3),
        challenge="Equipment",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


def test_the_columns_of_an_export_are_told(meeting_id):
    expected = {
        heading.removeprefix("Export: "): columns
        for heading, columns in told("Files that people take away").items()
        if heading != "Export: votes.csv"
    }

    _, data = export_meeting(meeting_id)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: first_row(archive.read(name)) for name in archive.namelist()}
    assert files == expected


def test_the_columns_of_released_tallies_are_told(meeting_id):
    meetings.add_person(meeting_id, "Ann", StakeholderGroup.CLINICIAN)
    recommendations.write(meeting_id, "Lend chairs at once.", author="facilitator")
    ballot_id = ballots.open_ballot(meeting_id)
    ballots.close_ballot(ballot_id)

    data = ballots.export_results_csv(ballot_id)

    assert first_row(data) == told("Files that people take away")["Export: votes.csv"]


def first_row(data: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_every_setting_is_told_and_no_other():
    read = {name for path in CODE for name in IS_A_SETTING.findall(path.read_text("utf-8"))}

    assert set(IN_A_TABLE.findall(README + ARCHITECTURE)) == read


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.title)
def test_every_screen_is_named_in_a_guide(screen):
    assert f"**{screen.title}**" in GUIDE


def test_the_guides_use_no_word_that_the_house_avoids():
    assert FORBIDDEN.findall(GUIDE) == []


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_command(command):
    assert command in README.split("## ")[0]


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_every_link_of_a_document_leads_somewhere(paper):
    text = (ROOT / paper).read_text("utf-8")
    links = [t for t in re.findall(r"\]\(([^)\s]+)\)", text) if not t.startswith("http")]

    lost = [link for link in links if not leads_somewhere(ROOT / paper, link)]

    assert lost == []


def leads_somewhere(paper: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (paper.parent / name).resolve() if name else paper
    if PICTURES in target.parents and not PICTURES.exists():
        return True  # made from the running app, by `make screenshots`
    if anchor:
        return target.exists() and anchor in anchors(target.read_text("utf-8"))
    return target.exists()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_says_what_it_is_and_where_to_start(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    said = ast.get_docstring(tree) or ""
    has_doors = any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        for node in tree.body
    )

    starts = re.findall(r"(?:Start\s+at|See)\s+`(\w+)`", said)

    assert said
    assert starts or not has_doors
    assert set(starts) <= named_in(tree)


def named_in(tree: ast.Module) -> set[str]:
    """Functions, classes and values that a module makes."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=str)
def test_the_examples_of_a_module_are_true(path):
    assert doctest.testmod(module_of(path)).failed == 0
