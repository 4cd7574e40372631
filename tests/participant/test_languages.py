"""A person reads the pages in the language they chose, and their link remembers it."""

from datetime import date

import html5lib
import pytest
from starlette.applications import Starlette

from participant.languages import LANGUAGES, preferred, reading_in
from participant.responses import STYLE, has_room
from participant.routes import routes
from participant.words import day, number
from services import ballots
from tests.browser import chromium, served
from tests.participant import pseudo_language
from tests.participant.made_site import make_site
from tests.participant.pseudo_language import PSEUDO

__all__ = ["chromium"]
WIDTHS = """() => ({
    scrolled: document.documentElement.scrollWidth,
    left: Math.min(...[...document.querySelectorAll("main *")].map(
        node => node.getBoundingClientRect()).filter(box => box.width > 1).map(box => box.left)),
    direction: getComputedStyle(document.querySelector("h1")).direction,
})"""
SPANISH = LANGUAGES["es"]


@pytest.fixture
def maria(vote, browser):
    browser.open(f"/p/j/{vote.maria}")
    browser.root = browser.response.url.path
    return browser


def head(browser):
    tree = html5lib.parse(browser.response.text, namespaceHTMLElements=False)
    return tree.get("lang"), tree.get("dir")


def test_english_is_what_is_spoken_where_nobody_asks(maria):
    assert head(maria) == ("en", "ltr")


def test_the_page_turns_at_one_press_and_stays_where_it_was(maria):
    maria.open(f"{maria.root}help?at=x/2")
    maria.follow("Español")

    assert head(maria) == ("es", "ltr")
    assert maria.page.headings == ["Ayuda"]
    assert maria.page.links["Volver a donde estaba"].endswith("/v/x/2")
    assert maria.response.headers["content-language"] == "es"


def test_the_choice_holds_on_every_page_that_follows(maria):
    maria.open(f"{maria.root}in/es")

    assert "Responde: Maria Delgado" in maria.page.text
    maria.follow("Empezar")
    assert maria.page.buttons == ["De acuerdo", "Paso", "En desacuerdo"]
    maria.press("De acuerdo")
    assert "Su respuesta a la 1 está guardada." in maria.page.text


def test_the_other_person_in_the_browser_keeps_their_own_language(maria, vote):
    maria.open(f"{maria.root}in/es")

    maria.open(f"/p/j/{vote.tom}")

    assert head(maria) == ("en", "ltr")


def test_one_turns_back_with_one_press(maria):
    maria.open(f"{maria.root}in/es")
    maria.open(f"{maria.root}help")

    maria.follow("English")

    assert head(maria) == ("en", "ltr")


def test_a_first_visit_follows_the_browser_and_then_the_person(maria):
    maria.client.headers["accept-language"] = "es-MX,es;q=0.9,en;q=0.5"

    maria.open(f"{maria.root}help")
    before = head(maria)
    maria.follow("English")

    assert (before, head(maria)) == (("es", "ltr"), ("en", "ltr"))


@pytest.mark.parametrize("asked", ["", "*", "de", "es;q=0", "es;q=x;", ",;,=", "x" * 10_000])
def test_a_header_that_asks_for_nothing_of_ours_gives_english_or_what_it_names(asked):
    assert preferred(asked).code in ("en", "es")


@pytest.mark.parametrize("at", ["//evil.example/", "https://evil.example", "/\\evil", "%0d%0aX:y"])
def test_turning_the_page_leads_nowhere_else(maria, at):
    answer = maria.client.get(f"{maria.root}in/es", params={"at": at}, follow_redirects=False)

    assert answer.headers["location"] == maria.root


def test_a_language_that_is_not_there_is_refused(maria):
    maria.open(f"{maria.root}in/xx")

    assert maria.response.status_code == 404


def test_without_the_link_no_language_is_kept(browser, vote):
    browser.open("/p/abcdefghijklmnop/in/es")

    assert browser.response.status_code == 404
    assert "rt-language" not in browser.response.headers.get("set-cookie", "")


def test_recommendations_stay_in_the_language_they_were_written_in(maria):
    maria.open(f"{maria.root}in/es")
    maria.follow("Empezar")
    tree = html5lib.parse(maria.response.text, namespaceHTMLElements=False)

    statement = next(node for node in tree.iter() if node.get("id") == "statement")

    assert statement.text.startswith("Lend equipment number 1")
    assert statement.get("lang") == "en"


def test_a_refusal_speaks_the_language_of_the_page(maria, vote):
    maria.open(f"{maria.root}in/es")
    ballots.close_ballot(vote.ballot_id)

    maria.open(f"{maria.root}v/{vote.ballot_id}/1")

    assert "Esta votación cerró a las" in maria.page.text
    assert "No se cambió nada." in maria.page.text


def test_days_and_numbers_are_written_as_the_language_does():
    with reading_in(SPANISH):
        told = day(date(2024, 10, 12)), number(1200.5), day(None)

    assert told == ("12 de octubre de 2024", "1,200.5", "Día desconocido")


def test_the_first_ballot_page_in_spanish_is_small(maria, record_property):
    """A-11: Page and style together, in the longer language."""
    maria.open(f"{maria.root}in/es")
    maria.follow("Empezar")

    n_bytes = len(maria.response.content) + len(STYLE.body)

    record_property("figure", f"{n_bytes} bytes in Spanish")
    assert n_bytes <= 14_000


@pytest.mark.parametrize(("n", "expected"), [(5, True), (6, False)])
def test_a_language_is_offered_where_there_is_room_for_a_target(n, expected):
    """A-4: Never as a seventh."""
    drawn = '<a href="">x</a><input type="hidden" name="mark">' * n

    assert has_room(drawn) is expected


def test_the_page_of_help_always_offers_the_other_language(maria):
    """A-4: So it is two presses away from any page."""
    assert "Español" in maria.open(f"{maria.root}help").links


def test_a_ballot_page_says_in_the_other_language_how_to_come_to_it(maria):
    """A-4: In words, since a seventh target would be one too many."""
    maria.follow("Start")
    english = maria.response.text

    maria.open(f"{maria.root}in/es")
    maria.follow("Empezar")

    there = '<p lang="es" dir="ltr">En su idioma: pulse «<span lang="en">Help'
    back = '<p lang="en" dir="ltr">In your language: press “<span lang="es">Ayuda</span>”'
    assert f"{there}</span>» y después «Español».</p>" in english
    assert back in maria.response.text


def test_from_every_page_another_language_is_at_most_two_presses_away(app_runtime, new_browser):
    """A-4: By a link of its own, or by the page of help, and then the page says so."""
    site, far = make_site(), []
    ballot = f"v/{site.vote.ballot_id}"

    for way, paths in site.ways.values():
        browser = new_browser()
        browser.open(way)
        root = "/".join(browser.response.url.path.split("/")[:3])
        more = (f"{ballot}/1", f"{ballot}/stop/1") if way.endswith(site.vote.maria) else ()
        for path in (*paths, *more):
            browser.open(f"{root}/{path}")
            if "Español" in browser.page.links:
                continue
            is_told = "En su idioma: pulse" in browser.page.text
            if "Help" not in browser.page.links or not is_told:
                far.append(path)
            else:
                browser.follow("Help")
                far += [] if "Español" in browser.page.links else [path]

    assert far == []


def spoken(html):
    """Words of a page outside of what is marked as another language."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return list(_spoken(tree, PSEUDO.code))


def _spoken(node, language):
    language = node.get("lang", language)
    if node.tag in ("style", "script"):
        return
    if language == PSEUDO.code:
        yield node.text or ""
        yield node.get("aria-label") or ""
    for child in node:
        yield from _spoken(child, language)
        if language == PSEUDO.code:
            yield child.tail or ""


def test_no_page_shows_a_sentence_that_cannot_be_translated(app_runtime, new_browser, monkeypatch):
    pseudo_language.install(monkeypatch)
    site, left = make_site(), {}
    names = ("Maria Delgado", "Tom Okafor", "Sam Okafor", "June Park", "Getting equipment in time")
    names += ("Español", "English", "days", "loan register")

    for way, paths in site.ways.values():
        browser = new_browser()
        browser.open(way)
        root = "/".join(browser.response.url.path.split("/")[:3])
        browser.open(f"{root}/in/{PSEUDO.code}")
        for path in paths:
            words = " ".join(spoken(browser.client.get(f"{root}/{path}").text))
            for name in names:
                words = words.replace(name, "")
            latin = [w for w in words.split() if any("a" <= c <= "z" for c in w.lower())]
            if latin:
                left[f"{root[:3]}{path}"] = " ".join(latin)[:200]

    assert left == {}


@pytest.mark.browser
def test_a_language_written_from_the_right_fits_and_begins_there(
    app_runtime, chromium, monkeypatch
):
    """A-15: At 320 px nothing scrolls sideways, and a heading stands at the right."""
    pseudo_language.install(monkeypatch)
    site, wider, starts = make_site(), {}, set()

    with served(Starlette(routes=routes)) as address:
        for way, paths in site.ways.values():
            context = chromium.new_context(viewport={"width": 320, "height": 640})
            page = context.new_page()
            page.goto(address + way)
            root = "/".join(page.url.split("/")[:5])
            page.goto(f"{root}/in/{PSEUDO.code}")
            for path in paths:
                page.goto(f"{root}/{path}")
                told = page.evaluate(WIDTHS)
                wider[path] = max(told["scrolled"] - 320, -told["left"])
                starts.add(told["direction"])
            context.close()

    assert {path: px for path, px in wider.items() if px > 0} == {}
    assert starts == {"rtl"}
