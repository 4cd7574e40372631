"""No page and no command shows words that their speakers or a reviewer did not share."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from manage import manage
from participant.routes import routes
from services import guided_sessions, initiatives, my_words, owner_links, panels
from tests.pages.conftest import DASHBOARD
from tests.zones.inventory import text_in
from tests.zones.stage import TAKEN_BACK
from tests.zones.surfaces import SHARED
from ui.screens import SCREENS

ROOT = Path(__file__).parents[2]


def recommendation_here(stage):
    return {"recommendation": stage.recommendation_id}


def initiative_here(stage):
    (view,) = initiatives.initiatives(stage.programme_id)
    return {"initiative": view.initiative.initiative_id}


def guided_here(stage):
    SHARED["guided_sessions.open_session"](stage)  # begins one where there is none
    return {"guided": guided_sessions.sessions_of(stage.meeting_id)[0].session_id}


def panel_here(stage):
    SHARED["panels.open_panel"](stage)
    return {"panel": panels.panels_of(stage.meeting_id)[0].panel_id}


SCREENS_ASKED = {
    "pages/accounts.py": [lambda s: {}],
    "pages/audit.py": [lambda s: {}],
    "pages/ballots.py": [lambda s: {"ballot": s.ballot_id}, lambda s: {"ballot": s.open_ballot_id}],
    "pages/check_machine.py": [lambda s: {}, lambda s: {"view": "Result"}],
    "pages/guided.py": [lambda s: {}, guided_here, panel_here],
    "pages/import_meeting.py": [lambda s: {}],
    "pages/initiative.py": [initiative_here],
    "pages/initiatives.py": [lambda s: {}],
    "pages/live_notes.py": [lambda s: {}],
    "pages/meeting.py": [lambda s: {}, lambda s: {"replay": "1"}],
    "pages/meetings.py": [lambda s: {}],
    "pages/overview.py": [lambda s: {}],
    "pages/people.py": [lambda s: {}],
    "pages/recommendations.py": [
        lambda s: {},
        recommendation_here,
        lambda s: {"view": "What people proposed"},
        lambda s: {"view": "Those that say the same"},
    ],
    "pages/review.py": [lambda s: {}],
    "pages/room.py": [lambda s: {}],
    "pages/search.py": [
        lambda s: {"q": "mask leaks at the mask straps", "most": "1"},
        lambda s: {"turn": s.draft_line},
    ],
    "pages/self_test.py": [lambda s: {}],
    "pages/statements.py": [lambda s: {}],
    "pages/take_part.py": [lambda s: {"as": "participant"}],
    "pages/theme_years.py": [lambda s: {}],
    "pages/themes.py": [
        *(
            lambda s, view=view: {"view": view}
            for view in ("Themes", "Map", "When", "Who", "Sizes", "Set aside", "Changes")
        ),
        lambda s: {"breadth": "2"},
        lambda s: {"breadth": "99"},
    ],
    "pages/welcome.py": [lambda s: {}],
}
"""Each screen with the addresses at which it is opened. The review asks for a reason first."""

FOR_A_REVIEWER = {"pages/statements.py": {TAKEN_BACK["a statement that waits"]}}
"""Sent to be decided on, and whoever walks here may: `RAW` asks that nobody else is given it."""

OWN_PAGES = {
    "/p/style.css": [],
    "/p/write.js": [],
    "/p/j/{token}": [],
    "/p/f/{token}": [],
    "/p/{pid}/": [""],
    "/p/{pid}/in/{language}": ["in/en"],
    "/p/{pid}/consent": ["consent"],
    "/p/{pid}/who": ["who"],
    "/p/{pid}/help": ["help"],
    "/p/{pid}/hard": ["hard"],
    "/p/{pid}/promises": ["promises"],
    "/p/{pid}/happened": ["happened"],
    "/p/{pid}/words": ["words"],
    "/p/{pid}/words/quoted/{page:int}": ["words/quoted/1"],
    "/p/{pid}/words/all": ["words/all"],
    "/p/{pid}/words/all/delete": ["words/all/delete"],
    "/p/{pid}/words/t/{utterance}": ["words/t/{turn}"],
    "/p/{pid}/words/t/{utterance}/delete": ["words/t/{turn}/delete"],
    "/p/{pid}/write": ["write"],
    "/p/{pid}/write/{statement}": [],
    "/p/{pid}/write/{statement}/keep": [],
    "/p/{pid}/written/{page:int}": ["written/1"],
    "/p/{pid}/written/s/{statement}": [],
    "/p/{pid}/written/s/{statement}/delete": [],
    "/p/{pid}/v/{ballot}": ["v/{ballot}"],
    "/p/{pid}/v/{ballot}/done": ["v/{ballot}/done"],
    "/p/{pid}/v/{ballot}/withdraw": ["v/{ballot}/withdraw"],
    "/p/{pid}/v/{ballot}/stop/{position:int}": ["v/{ballot}/stop/1"],
    "/p/{pid}/v/{ballot}/undo/{position:int}": [],
    "/p/{pid}/v/{ballot}/answers/{page:int}": ["v/{ballot}/answers/1"],
    "/p/{pid}/v/{ballot}/{position:int}": ["v/{ballot}/1"],
    "/p/{pid}/v/{ballot}/{position:int}/exact": ["v/{ballot}/1/exact"],
    "/p/{rest:path}": [],
    "/i/{token}": [],
    "/i/{pid}/": [""],
    "/i/{pid}/in/{language}": ["in/en"],
    "/i/{pid}/help": ["help"],
    "/i/{pid}/milestones/{page:int}": ["milestones/1"],
    "/i/{pid}/milestone/{position:int}": ["milestone/1"],
    "/i/{pid}/measures/{page:int}": ["measures/1"],
    "/i/{pid}/measure/{position:int}": ["measure/1"],
    "/i/{pid}/stage": ["stage"],
    "/i/{rest:path}": [],
}
"""Each route behind a personal link with what is opened below it; forms and files have none."""

COMMANDS = {
    "accounts": "accounts of the staff",
    "backup": "a whole copy, for whoever runs the computer",
    "erase": "ids",
    "export": "walked",
    "import": "counts",
    "migrate": "a sentence of ours",
    "prepare": "a sentence of ours",
    "release": "counts",
    "report": "`meeting_report`, walked as a service",
    "restore": "counts",
    "retention": "counts",
    "sample": "a sentence of ours",
    "sample-vectors": "a count",
    "self-test": "counts over an invented meeting",
    "serve": "addresses",
    "themes": "walked",
    "verify": "counts",
}


def test_every_screen_has_its_row():
    """B-3: A screen that is in no row of the inventory fails the build."""
    files = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")}

    assert files == SCREENS_ASKED.keys()
    assert {screen.path for screen in SCREENS} <= SCREENS_ASKED.keys()


def test_every_route_behind_a_link_has_its_row():
    """B-3: A route that is in no row of the inventory fails the build."""
    assert {route.path for route in routes} == OWN_PAGES.keys()


def test_every_command_has_its_row():
    """B-3: A command that is in no row of the inventory fails the build."""
    assert manage.commands.keys() == COMMANDS.keys()


def drawn(at):
    """Everything that was sent to the browser, charts and their data too."""
    return "\n".join(str(getattr(element, "proto", element)) for element in [*at.main, *at.sidebar])


@pytest.mark.parametrize("path", sorted(SCREENS_ASKED))
def test_no_screen_shows_what_was_taken_back_or_never_shared(settled, path):
    """B-4: What may not be shown is on no screen, in no chart and in no table."""
    screen = next((s for s in SCREENS if s.path == path), None)
    if screen is None:
        pytest.skip(f"{path} is no screen of the menu yet")
    for address in SCREENS_ASKED[path]:
        at = AppTest.from_file(DASHBOARD, default_timeout=120)
        here = {"programme": settled.programme_id, "meeting": settled.meeting_id}
        for name, value in (here | address(settled)).items():
            at.query_params[name] = value
        at.run()
        if screen.address:
            at.switch_page(path).run()

        assert not at.exception
        told = drawn(at).lower()
        hidden = settled.hidden_markers - FOR_A_REVIEWER.get(path, set())
        assert {word for word in hidden if word in told} == set()


def test_screens_do_show_what_was_shared(settled):
    """The walk above would find a word if it were drawn."""
    at = AppTest.from_file(DASHBOARD, default_timeout=120)
    at.query_params["meeting"] = settled.meeting_id
    at.query_params["view"] = "Map"
    at.run()
    at.switch_page("pages/themes.py").run()

    told = drawn(at).lower()
    assert {word for word in settled.shared_markers if word in told} == settled.shared_markers


def test_no_page_behind_a_link_shows_words_of_others(settled, record_property):
    """B-4: A participant and an owner see their own words and what was shared, nothing else."""
    (view,) = initiatives.initiatives(settled.programme_id)
    url = owner_links.make_link(view.initiative.initiative_id, "June")
    turn = my_words.my_words(settled.secret).turns[0].utterance_id
    n_pages = 0
    with TestClient(Starlette(routes=routes), base_url="http://localhost:8501") as client:
        roots = {
            "/p/": str(client.get(f"/p/j/{settled.secret}").url.path),
            "/i/": str(client.get("/i/" + url.rsplit("/", 1)[-1]).url.path),
        }
        for route, pages in OWN_PAGES.items():
            root = "/".join(roots[route[:3]].split("/")[:3])
            for page in pages:
                asked = page.format(ballot=settled.open_ballot_id, turn=turn)
                answer = client.get(f"{root}/{asked}")
                n_pages += answer.status_code == 200
                told = answer.text.lower()
                assert {word for word in settled.hidden_markers if word in told} == set()

    record_property("figure", f"0 words on {n_pages} pages")
    assert n_pages > 15


@pytest.mark.parametrize(
    "arguments", [("themes",), ("themes", "--json"), ("export", "--to", "out.zip")]
)
def test_no_command_prints_or_writes_what_may_not_be_shown(settled, tmp_path, arguments):
    """B-3: The command line shows what the screens show."""
    command, *rest = arguments
    rest = [str(tmp_path / "out.zip") if part == "out.zip" else part for part in rest]

    result = CliRunner().invoke(manage, [command, settled.meeting_id, *rest])

    assert result.exit_code == 0, result.output
    written = [path.read_bytes() for path in tmp_path.glob("out.zip")]
    told = (result.output + text_in(written)).lower()
    assert {word for word in settled.hidden_markers if word in told} == set()
