"""What is altered in the database is refused on every surface that shows quotes."""

import ast
import dataclasses
import io
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from domain.talk import Quote
from domain.translations import TranslationState
from manage import manage
from participant.routes import routes
from services import (
    coding,
    my_words,
    recommendation_reading,
    recommendations,
    theme_passages,
    translations,
)
from services.runtime import runtime
from tests.pages.conftest import DASHBOARD
from tests.zones import altering
from tests.zones.inventory import text_in
from tests.zones.stage import TRANSLATED
from tests.zones.surfaces import SHARED
from tests.zones.test_pages import OWN_PAGES, SCREENS_ASKED, drawn
from ui.screens import SCREENS

ROOT = Path(__file__).parents[2]
FLOORS = ("analysis", "intake", "pages", "participant", "reports", "services", "store", "ui", "web")

WHOLE_TURNS = {
    "services live.newest_lines": "lines as they were typed",
    "services my_words.my_turn": "somebody's own words",
    "services my_words.my_words": "somebody's own words",
    "services passages.passages_of_meeting": "the turns that passages are cut from",
    "services passages.vectors_of_meeting": "the turns that passages are cut from",
    "services search.around": "the turns around a result, one after the other",
    "services search.search": "the sentences beside a result; its own quote is tested below",
    "services transcripts.utterances": "the turns themselves",
    "utterances.csv": "the turns themselves",
    "pages/live_notes.py": "lines as they were typed",
    "pages/meeting.py replay": "the turns themselves, one after the other",
    "pages/search.py": "the sentences beside a result",
    "/p/ words/quoted/1": "somebody's own words",
    "/p/ words/t/{turn}": "somebody's own words",
    "/p/ words/t/{turn}/delete": "somebody's own words",
}
"""Surfaces that show turns as the store has them: a text is no quote of itself."""


def of_services(stage) -> Iterator[tuple[str, str]]:
    for name, ask in SHARED.items():
        if name == "exports.export_meeting":
            with zipfile.ZipFile(io.BytesIO(ask(stage)[1])) as archive:
                for file in archive.namelist():
                    yield file, archive.read(file).decode("utf-8-sig")
        else:
            yield f"services {name}", text_in(ask(stage))


def of_recommendations(stage) -> Iterator[tuple[str, str]]:
    return of_screens(stage, ["pages/recommendations.py"])


def of_screens(stage, paths=tuple(SCREENS_ASKED)) -> Iterator[tuple[str, str]]:
    for path in paths:
        addresses = SCREENS_ASKED[path]
        screen = next((s for s in SCREENS if s.path == path), None)
        for address in addresses if screen else ():
            at = AppTest.from_file(DASHBOARD, default_timeout=120)
            here = {"programme": stage.programme_id, "meeting": stage.meeting_id}
            more = address(stage)
            for name, value in (here | more).items():
                at.query_params[name] = value
            at.run()
            if screen.address:
                at.switch_page(path).run()
            assert not at.exception
            yield f"{path} replay" if "replay" in more else path, drawn(at)


def of_links(stage) -> Iterator[tuple[str, str]]:
    turn = my_words.my_words(stage.secret).turns[0].utterance_id
    with TestClient(Starlette(routes=routes), base_url="http://localhost:8501") as client:
        root = "/".join(str(client.get(f"/p/j/{stage.secret}").url.path).split("/")[:3])
        for route, pages in OWN_PAGES.items():
            for page in pages if route.startswith("/p/") else ():
                asked = page.format(ballot=stage.open_ballot_id, turn=turn)
                yield f"/p/ {page}", unescape(client.get(f"{root}/{asked}").text)


def of_commands(stage) -> Iterator[tuple[str, str]]:
    for arguments in (["themes"], ["themes", "--json"]):
        command, *rest = arguments
        result = CliRunner().invoke(manage, [command, stage.meeting_id, *rest])
        yield f"manage.py {' '.join(arguments)}", result.output


def walk(stage, *walked) -> dict[str, str]:
    """Everything that each surface says."""
    told: dict[str, str] = {}
    for surfaces in walked or (of_services, of_screens, of_links, of_commands):
        for name, text in surfaces(stage):
            told[name] = told.get(name, "") + text
    return told


def said_on(told: dict[str, str], words) -> set[str]:
    return {name for name, text in told.items() if any(word in text for word in words)}


def quotes_in(value) -> Iterator[Quote]:
    """Every quote inside a value, however deep."""
    if isinstance(value, Quote):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from quotes_in(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from quotes_in(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from quotes_in(inner)


def test_the_walk_finds_true_quotes_on_many_surfaces(stage):
    """Otherwise it could not miss an altered one."""
    told = walk(stage)
    shown, translated = said_on(told, [altering.TRUE]), said_on(told, [TRANSLATED])

    assert len(shown - WHOLE_TURNS.keys()) >= 15
    for name in ("memberships.csv", "evidence.csv", "pages/themes.py", "pages/recommendations.py"):
        assert name in shown
    assert shown >= {"services transcripts.utterances", "utterances.csv", "/p/ words/t/{turn}"}
    assert len(translated) >= 8


def test_altered_quotes_over_altered_texts_are_shown_nowhere(stage, record_property):
    """Every kept quote and every text underneath altered: refused on each surface."""
    n_altered = altering.quotes() + altering.revisions()
    assert n_altered >= 4 * len(altering.WORDS)

    told = walk(stage)

    record_property("figure", f"0 of {n_altered} altered words on {len(told)} surfaces")
    assert said_on(told, altering.WORDS) - WHOLE_TURNS.keys() == set()


def test_altered_words_of_a_quote_are_in_no_answer(stage):
    """The words of every kept quote altered, over texts that are as they were."""
    altering.quotes()

    told = walk(stage, of_services, of_links)

    assert said_on(told, altering.WORDS) == set()


def test_altered_texts_underneath_are_quoted_in_no_answer(stage):
    """The source altered beneath quotes and passages: what was cut is not there any more."""
    altering.revisions()

    told = walk(stage, of_services, of_links)

    assert said_on(told, altering.WORDS) - WHOLE_TURNS.keys() == set()


def test_altered_texts_underneath_are_no_result_of_a_search(stage):
    """What was found is verified; only the sentences beside it are read as the store has them."""
    altering.revisions()

    found = [hit for answer in SHARED["search.search"](stage) for hit in answer.hits]

    assert len(found) > 20
    assert not [h for h in found if h.quote and any(w in h.quote.text for w in altering.WORDS)]


def test_a_quote_or_passage_at_another_place_is_in_no_answer(stage):
    """Offsets moved by one letter: no stretch is shown where none was chosen."""
    coding.draw_sample(stage.meeting_id, 100, seed=1)  # with no passage left, none could be drawn
    assert altering.places() > len(altering.WORDS)

    told = walk(stage, of_services, of_links, of_commands)

    markers = [*stage.shared_markers, altering.TRUE]
    assert said_on(told, markers) - WHOLE_TURNS.keys() == set()


def test_altered_evidence_is_counted_as_broken(stage):
    """Whoever runs the meeting is told that a quote may not be shown."""
    before = recommendations.recommendations(stage.meeting_id)
    n_with_words = sum(altering.TRUE in e.quote.text for v in before for e in v.evidence)

    altering.quotes()

    after = recommendations.recommendations(stage.meeting_id)
    assert sum(v.n_broken for v in after) == n_with_words > 0


def test_every_quote_that_a_service_returns_stands_in_its_source(stage):
    """All `Quote`s of all services against the revisions, letter for letter."""
    with runtime().store.read() as tx:
        source = dict(tx.exec_driver_sql("SELECT revision_id, text FROM text_revision").all())

    found = [(name, q) for name, ask in SHARED.items() for q in quotes_in(ask(stage))]

    assert len(found) > 100
    assert [
        (name, q) for name, q in found if source[q.revision_id][q.start : q.end] != q.text
    ] == []


def test_a_translation_stands_beside_what_was_said_and_in_no_quote(stage):
    """What is quoted is what was said, whichever words it was found by."""
    quotes = [q for ask in SHARED.values() for q in quotes_in(ask(stage))]

    assert sum(TRANSLATED in q.translation for q in quotes) > 20
    assert not any(TRANSLATED in q.text for q in quotes)


def test_a_translation_altered_after_its_review_is_shown_as_reviewed_nowhere(stage):
    """Nor is the wording that was reviewed: nobody reviewed what stands there now."""
    assert altering.translations() > 20

    told = walk(stage, of_services, of_links)

    listed = translations.other_languages(stage.meeting_id).words
    words = [TRANSLATED, altering.TRANSLATED_OTHERWISE]
    assert said_on(told, words) == {"services translations.other_languages"}
    assert {one.state for one in listed} == {TranslationState.WAITING}


def trusting(revision_id, source, start, end, quote) -> Quote:
    """A bypass: whatever is stored is taken for true."""
    return Quote(revision_id, start, end, quote)


def trusting_the_place(revision_id, source, start, end, text_sha256) -> Quote:
    """A bypass: whatever stands at the place is taken for what was cut."""
    return Quote(revision_id, start, end, source[start:end])


def test_the_walk_notices_evidence_that_is_not_verified(stage, monkeypatch):
    """A planted bypass: stored words drawn without a look at the source."""
    monkeypatch.setattr(recommendation_reading, "verify_quote", trusting)
    altering.quotes()

    caught = said_on(walk(stage, of_services, of_links, of_recommendations), altering.WORDS)

    assert {"evidence.csv", "pages/recommendations.py", "/p/ words/quoted/1"} <= caught


def test_the_walk_notices_passages_that_are_not_verified(stage, monkeypatch):
    """A planted bypass: whatever stands at a passage's place is drawn."""
    monkeypatch.setattr(theme_passages, "verify_passage", trusting_the_place)
    altering.revisions()

    caught = said_on(walk(stage, of_services), altering.WORDS) - WHOLE_TURNS.keys()

    assert {
        "memberships.csv",
        "services themes.map_points",
        "services themes.theme_report",
    } <= caught


def calls() -> Iterator[tuple[str, str]]:
    """Every call of a name in the sources, as (file, name)."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    called = node.func
                    name = called.attr if isinstance(called, ast.Attribute) else ""
                    name = called.id if isinstance(called, ast.Name) else name
                    yield str(path.relative_to(ROOT)), name


def test_only_the_one_function_makes_a_quote():
    """Nothing outside `domain/talk.py` calls `Quote(…)`, but the self test that forges some."""
    assert {path for path, name in calls() if name == "Quote"} == {"services/self_test_rounds.py"}


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("evidence_rows", {"services/recommendation_reading.py"}),
        ("evidence_of", {"services/reanchoring.py", "services/erased_traces.py"}),
    ],
)
def test_what_is_stored_as_evidence_is_read_in_one_place(name, where):
    """Whoever reads it otherwise would show it unverified."""
    assert {path for path, called in calls() if called == name} <= where
