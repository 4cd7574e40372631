"""Every door through which data leaves a screen is known, and leads through suppression."""

import ast
import io
import re
import zipfile
from pathlib import Path

import httpx
import pytest

from services import ballots, exports
from services.themes import theme_report
from tests.output.conftest import Served
from ui.screens import SCREENS

ROOT = Path(__file__).parents[2]
DRAWS_DATA_RAW = {
    "dataframe", "data_editor", "json", "write", "table", "metric", "code", "markdown", "echo",
    "vega_lite_chart", "plotly_chart", "pydeck_chart", "bokeh_chart", "line_chart", "bar_chart",
    "area_chart", "scatter_chart", "map", "image", "audio", "video", "pdf", "help", "components",
    "iframe", "exception", "caption", "cache_data", "cache_resource",
}  # fmt: skip
"""What shows more than it is told to show, keeps it, or offers it for download by itself."""

KEPT = {
    ("job_progress.py", "cache_data"),  # remembers that the model was asked for, and holds nothing
    ("accounts.py", "code"),  # a set-up link of ours, to be copied by whoever looks after accounts
}

DOORS = {
    "Download this table (CSV)": "the same cells as the table above it",
    "Download the released tallies (CSV)": "released tallies, each group at least eleven people",
    "Download to count again (ZIP)": "released tallies and the answers behind them, sorted",
    "Download for Polis (ZIP)": "answers of a show of hands by number of a person, no name",
    "Download the sheet to print": "the personal links, for whoever runs the vote",
    "Download the session's result (CSV)": "places and totals, no small group alone and no name",
    "Download the panel's result (CSV)": "ratings that eleven people or more stand behind",
    "Download who sits where to print": "names by small group, for whoever runs the session",
    "Download the report to print (HTML)": "released words of people who may be quoted, no name",
    "Download the data (ZIP)": "the same as tables: utterances, themes, recommendations, quotes",
    "Download the edition for the board (HTML)": "what was promised, and what is late and whose",
    "Download the edition for everyone (HTML)": "what was promised and where it stands, no owner",
    "Take the log along (CSV)": "who did what, without any content",
}
"""Every button that gives a file, and what is in it."""


def calls(folder: str) -> set[tuple[str, str]]:
    """(file, name) of every call st.name() in a folder."""
    found = set()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "st":
                    found.add((path.name, node.func.attr))
    return found


@pytest.mark.parametrize("folder", ["pages", "ui", "."])
def test_no_screen_draws_data_by_a_way_of_its_own(folder: str):
    """O4: No data frame, no raw JSON, no cache between sessions: nothing with a toolbar."""
    where = calls(folder) if folder != "." else _entrances()

    assert {one for one in where if one[1] in DRAWS_DATA_RAW} - KEPT == set()


def _entrances() -> set[tuple[str, str]]:
    found = set()
    for name in ("app.py", "dashboard.py"):
        text = (ROOT / name).read_text("utf-8")
        found |= {(name, call) for call in re.findall(r"\bst\.(\w+)\(", text)}
    return found


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_every_way_out_of_a_screen_is_known(watch, served: Served, record_property):
    """O4: All screens are walked; each download, toolbar and file address is on the list."""
    seen = watch()
    planted = served.planted
    found: dict[str, set[str]] = {}
    places = [
        *(f"/{screen.address}" for screen in SCREENS if screen.act is not None),
        "/themes?view=Map",
        "/themes?view=Sizes",
        "/themes?view=When",
        "/themes?view=Who",
        "/recommendations?view=What+people+proposed",
        f"/initiative?initiative={planted.initiative_id}",
        f"/ballots?meeting={planted.vote_meeting_id}&ballot={planted.ballot_id}",
    ]
    for place in places:
        meeting = {} if "meeting=" in place else {"meeting": planted.meeting_id}
        seen.open(place, programme=planted.programme_id, **meeting)
        closed = seen.page.locator("details:not([open]) > summary:visible")
        for _ in range(min(closed.count(), 8)):
            if closed.count():  # what was opened is not among them any more
                closed.first.click()
        seen.page.wait_for_timeout(300)
        for door in _doors(seen):
            found.setdefault(door, set()).add(place)

    assert set(found) <= set(DOORS), found
    assert "Download this table (CSV)" in found
    record_property("figure", f"{len(places)} screens walked, {len(found)} kinds of download")
    assert seen.happened == []


def _visible_toolbars(seen) -> list[str]:
    """Charts come with buttons "Show data" and "Download": drawn nowhere, reached by no key."""
    buttons = seen.page.locator("[data-testid^=stElementToolbar] button")
    return [
        str(button.get_attribute("aria-label")) for button in buttons.all() if button.is_visible()
    ]


def _doors(seen) -> list[str]:
    """Labels of downloads; toolbars and direct addresses of files by what they are."""
    names: list[str] = seen.texts("[data-testid=stDownloadButton] button")
    names += [f"link: {text}" for text in seen.texts("a[download], a[href*='/media/']")]
    names += [f"toolbar: {text}" for text in _visible_toolbars(seen)]
    names += ["a menu of a chart"] * seen.page.locator(".vega-actions, details.vega-embed").count()
    names += ["a data frame"] * seen.page.locator("[data-testid=stDataFrame]").count()
    names += ["raw JSON"] * seen.page.locator("[data-testid=stJson]").count()
    return [name.strip() for name in names]


@pytest.mark.browser
def test_a_sheet_to_print_is_that_sheet(watch, served: Served):
    """A file of HTML leaves as it was made: the shell of the screens was put in its place once."""
    seen = watch()
    seen.open("/people", programme=served.planted.programme_id, meeting=served.planted.meeting_id)

    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="Download the sheet to print").click()

    told = Path(waiting.value.path()).read_text("utf-8")
    assert "/p/j/" in told
    assert "stApp" not in told
    assert "<script" not in told


@pytest.mark.browser
def test_the_file_of_a_vote_says_no_more_than_its_screen(watch, served: Served):
    """O4: Downloaded tallies are the suppressed ones: no group under eleven, no key, no person."""
    seen = watch()
    planted = served.planted
    seen.open(
        "/ballots",
        programme=planted.programme_id,
        meeting=planted.vote_meeting_id,
        ballot=planted.ballot_id,
    )

    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="Download the released tallies").click()
    data = Path(waiting.value.path()).read_bytes()

    assert data == ballots.export_results_csv(planted.ballot_id)
    assert not [secret for secret in planted.secrets.values() if secret.encode() in data]


def test_a_file_of_another_session_has_no_address_to_guess(served: Served):
    """O4: Addresses of files are random; what is not there is not told apart."""
    with httpx.Client(base_url=served.address) as browser:
        for path in ("/media/", "/media/a.csv", "/_stcore/upload_file/a/b", "/component/x/y"):
            answer = browser.get(path)
            is_shell = answer.headers.get("content-type", "").startswith("text/html")
            assert answer.status_code >= 400 or is_shell, path
            assert b"roundtable.db" not in answer.content


def test_a_themes_file_holds_only_themes_that_all_may_see(served: Served):
    """O4: Of the themes only those leave that stand behind enough people."""
    _, data = exports.export_meeting(served.planted.meeting_id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = archive.read("themes.csv").decode("utf-8-sig")

    report = theme_report(served.planted.meeting_id)
    assert report is not None
    for theme in report.themes:
        if theme.n_people < 3:
            assert theme.name not in told
