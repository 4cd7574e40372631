"""Nothing that is hidden in a file reaches what others see."""

import io
import logging
import re
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from domain.errors import FileRefused
from domain.talk import ConsentUse, Zone, locate_quote
from participant.routes import routes
from services import exports, links, recommendations, themes, transcripts
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from tests.pages.chain import document_outcome
from tests.pages.conftest import DASHBOARD
from tests.privacy.planted_files import Planter, planted
from tests.services.conftest import meeting_id, programme_id
from ui.screens import (
    BALLOTS,
    INITIATIVES,
    LIVE_NOTES,
    MEETING,
    MEETINGS,
    OVERVIEW,
    RECOMMENDATIONS,
    THEMES,
    WELCOME,
)

__all__ = ["meeting_id", "programme_id"]
SPOKEN = "sunflower"
MOST_PAGES = 120
SHARED_SCREENS = (
    (WELCOME, {}),
    (MEETING, {}),
    (MEETING, {"replay": "1"}),
    (THEMES, {}),
    (THEMES, {"view": "Map"}),
    (THEMES, {"view": "Sizes"}),
    (THEMES, {"view": "Set aside"}),
    (THEMES, {"view": "Changes"}),
    (RECOMMENDATIONS, {}),
    (RECOMMENDATIONS, {"view": "What people proposed"}),
    (BALLOTS, {}),
    (OVERVIEW, {}),
    (INITIATIVES, {}),
    (MEETINGS, {}),
    (LIVE_NOTES, {}),
)
"""What others than the people who bring in files and review them may see."""


@pytest.fixture
def plant(meeting_id):
    """A meeting into which every planted file was brought, all of it released and grouped."""
    plant = Planter({})
    agreed = ConsentGiven(frozenset(ConsentUse), plant.word("where consent is written"))
    for name, data in planted(plant).items():
        understood = transcripts.understand(meeting_id, name, data)
        people = {m.label: m.attendance_id for m in understood.matches}
        assert all(people.values()), people
        transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    said = f"Ann Lee: A word that really was said is {SPOKEN}, and {SPOKEN} it was at night."
    understood = transcripts.understand(meeting_id, "said.txt", said.encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    find_themes_of_meeting(meeting_id)
    return plant


def everything(at: AppTest) -> str:
    """All that a screen sends to the browser: every message, names of fields and charts' data."""
    told: list[str] = [str(dict(at.query_params))]

    def _walk(node) -> None:
        told.append(str(getattr(node, "proto", "")))
        for child in getattr(node, "children", {}).values():
            _walk(child)

    _walk(at._tree)
    return "\n".join(told)


def found_in(plant: Planter, text: str) -> dict[str, str]:
    """The planted words that stand in a text, with where they were planted."""
    return {
        word: plant.where[word] for word in re.findall(r"qz\d{4}kx", text) if word in plant.where
    }


def test_nothing_planted_reaches_a_shared_screen(plant, meeting_id, programme_id, record_property):
    """B-2: 200 words in labels, names, metadata, comments, notes, ids: none on a shared screen."""
    recommend(meeting_id)
    document_outcome(programme_id)
    leaks, seen = {}, ""
    for screen, address in SHARED_SCREENS:
        shown = everything(opened(screen, meeting=meeting_id, **address))
        seen += shown
        leaks |= {f"{screen.title}: {place}": w for w, place in found_in(plant, shown).items()}

    record_property(
        "figure",
        f"{len(plant.where)} planted words, {len(SHARED_SCREENS)} screens, {len(leaks)} found",
    )
    assert len(plant.where) >= 200
    assert leaks == {}
    assert SPOKEN in seen, "what was said must be found, or this test could not find anything"


def opened(screen, **address) -> AppTest:
    at = AppTest.from_file(DASHBOARD, default_timeout=120)
    for word, told in address.items():
        at.query_params[word] = told
    at.run()
    if screen.address:
        for word, told in address.items():
            at.query_params[word] = told
        at.switch_page(screen.path).run()
    assert not at.exception
    return at


def recommend(meeting_id):
    made = recommendations.write(meeting_id, "Teach the mask at home.", author="f")
    said = next(u for u in transcripts.utterances(meeting_id) if SPOKEN in u.text)
    quote = locate_quote(said.revision_id, said.text, said.text)
    recommendations.attach(made, quote, author="f")
    recommendations.choose([made])
    return made


def test_nothing_planted_reaches_a_participant(plant, meeting_id):
    """B-2: Everybody's home, words, and what happened."""
    recommend(meeting_id)
    told = ""
    with TestClient(Starlette(routes=routes), base_url="http://localhost:8501") as browser:
        for _, secret in links.secrets_for(meeting_id):
            home = browser.get(f"/p/j/{secret}")
            root = home.url.path.removesuffix("consent").rstrip("/")
            told += crawled(browser, root)

    assert found_in(plant, told) == {}
    assert SPOKEN in told


def crawled(browser: TestClient, root: str) -> str:
    """Every page that links lead to from a person's own, as it was sent."""
    told, waiting, seen = "", [f"{root}/", f"{root}/words", f"{root}/happened"], set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop()
        if path in seen or path.endswith(("/delete", "/help")):
            continue
        seen.add(path)
        answer = browser.get(path)
        told += f"{answer.url}{answer.headers}{answer.text}"
        found = re.findall(r'(?:href|action)="([^"]+)"', answer.text)
        waiting += [link.partition("#")[0] for link in found if link.startswith(root)]
    return told


def test_nothing_planted_leaves_in_an_export(plant, meeting_id):
    """B-2: Not in a file, nor in its name."""
    recommend(meeting_id)

    name, data = exports.export_meeting(meeting_id)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = "".join(f"{n}{archive.read(n).decode('utf-8-sig')}" for n in archive.namelist())
    assert found_in(plant, name + told) == {}
    assert SPOKEN in told


def test_nothing_planted_names_a_theme_or_a_point_of_the_map(plant, meeting_id):
    """B-2: Names, key words and map of the themes come from what was said."""
    report = themes.theme_report(meeting_id)
    points = themes.map_points(meeting_id)

    assert found_in(plant, f"{report}{points}") == {}
    assert SPOKEN in f"{report}{points}"


def test_nothing_planted_is_written_to_the_log(meeting_id, caplog):
    """B-2: Bringing in, grouping, exporting and a refusal write down nobody's words."""
    plant = Planter({})
    with caplog.at_level(logging.DEBUG):
        for name, data in planted(plant).items():
            transcripts.understand(meeting_id, name, data)
            with pytest.raises(FileRefused):
                transcripts.understand(meeting_id, name, data[: len(data) // 3] + b"\xff\x00" * 99)

    told = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert found_in(plant, told) == {}


def test_no_refusal_repeats_what_is_in_a_file(meeting_id):
    """B-2: A refusal names the file and what to do, and none of its words."""
    plant = Planter({})
    refusals = []
    for n, (name, data) in enumerate(planted(plant).items()):
        for kept in (3, 2):
            try:
                ending = name.rpartition(".")[2]
                transcripts.understand(meeting_id, f"file{n}.{ending}", data[: len(data) // kept])
            except FileRefused as refusal:
                refusals.append(str(refusal))

    assert len(refusals) >= 4
    assert found_in(plant, " ".join(refusals)) == {}


def test_what_others_may_see_is_found_by_this_very_search(plant, meeting_id):
    """B-2: The search finds what it should: a planted word that is released after all."""
    word = plant.word("said after all")
    understood = transcripts.understand(meeting_id, "t.txt", f"Ann Lee: I say {word}.".encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)

    told = "".join(u.text for u in transcripts.utterances(meeting_id, Zone.SHARED))

    assert found_in(plant, told) == {word: "said after all"}
