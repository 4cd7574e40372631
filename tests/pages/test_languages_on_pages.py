"""Wherever words in another language are drawn, the page says so, and says what they say."""

import csv
import io
import zipfile
from datetime import date

import html5lib
import pytest

from services import evidence, exports, meeting_report, recommendations, themes, translations
from services.room import Wall
from tests.made_translation import PHONE, say_in_spanish, translate_and_review, waiting
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui import screens, tables
from ui.quotes import in_one_line
from ui.theme_pictures import map_row
from ui.wall import wall_html

IN_ENGLISH = "The wheelchair order waited for a letter that the wheelchair vendor had lost again."
HALF = "We wait for the chair and nobody calls. No hay nadie que nos ayude con el papeleo."
HALVES = ("We wait for the chair", "No hay nadie que nos")


@pytest.fixture
def meeting_id(app_runtime):
    """A meeting with words in Spanish and half in Spanish; the first are translated and quoted."""
    meeting_id = staged.meeting_with_words(staged.programme())
    say_in_spanish(meeting_id, PHONE, HALF)
    translate_and_review(meeting_id, PHONE, IN_ENGLISH)
    asked = recommendations.write(meeting_id, "Show the ventilator at home.", author="f")
    for words in (PHONE, HALF):
        evidence.attach(asked, waiting(meeting_id, words).quote, author="f")
    return meeting_id


def theme_of(meeting_id):
    report = themes.theme_report(meeting_id, n_quotes=99)
    return next(t for t in report.themes if PHONE in [q.quote.text for q in t.quotes]).theme_id


def asked_of(meeting_id):
    return recommendations.recommendations(meeting_id)[0].recommendation.recommendation_id


ADDRESSES = {
    "a theme": lambda m: (screens.THEMES, {"theme": theme_of(m)}),
    "set aside": lambda m: (screens.THEMES, {"view": "Set aside"}),
    "said when": lambda m: (screens.THEMES, {"view": "When", "theme": theme_of(m)}),
    "the map": lambda m: (screens.THEMES, {"view": "Map", "theme": theme_of(m)}),
    "a recommendation": lambda m: (screens.RECOMMENDATIONS, {"recommendation": asked_of(m)}),
    "a search": lambda m: (screens.SEARCH, {"q": "explicado"}),
    "around it": lambda m: (screens.SEARCH, {"turn": waiting(m).utterance_id}),
    "over the years": lambda m: (screens.THEME_YEARS, {"theme": theme_of(m)}),
}


@pytest.mark.parametrize("surface", ADDRESSES)
def test_words_in_spanish_are_drawn_as_spanish_with_what_they_say(surface, meeting_id, open_page):
    screen, address = ADDRESSES[surface](meeting_id)

    told = list(spoken(html_of(open_page(screen, **address))))

    said = [n for n, (_, words) in enumerate(told) if PHONE[:30] in words]
    assert said, "the page draws none of the words"
    assert {told[n][0] for n in said} == {"es"}
    for n in said:
        below = " ".join(words for _, words in told[n + 1 : n + 8])
        assert "Translation, reviewed by the team:" in below
        assert ("en", IN_ENGLISH) in told[n + 1 : n + 8]


@pytest.mark.parametrize("surface", ["set aside", "a recommendation"])
def test_each_half_is_drawn_in_its_language(surface, meeting_id, open_page):
    screen, address = ADDRESSES[surface](meeting_id)

    told = list(spoken(html_of(open_page(screen, **address))))

    english, spanish = ({tag for tag, words in told if half in words} for half in HALVES)
    assert (english, spanish) == ({""}, {"es"})


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("nadie nos ha explicado qué hacer", "meaning is read in English, not in Spanish"),
        ("no hay sitio para mis cosas, ni una mesa", "ask in English as well"),
    ],
)
def test_who_asks_in_spanish_is_told_that_only_the_words_are_looked_for(
    meeting_id, open_page, asked, told
):
    at = open_page(screens.SEARCH, q=asked)

    assert told in text_of(at)


def test_the_wall_shows_both_each_in_its_language(meeting_id):
    wall = Wall("Theme 1", "Waiting", quotes=(waiting(meeting_id).quote,))

    told = list(spoken(wall_html(wall)))

    assert ("es", f"“{PHONE}”") in told
    assert ("en", IN_ENGLISH) in told


def test_the_replay_is_told_what_turns_say(meeting_id):
    utterance_id = waiting(meeting_id).utterance_id

    told = translations.in_english(meeting_id)

    assert told == {utterance_id: IN_ENGLISH}


def test_a_hover_tells_what_the_words_say(meeting_id):
    points = {p.words: p for p in themes.map_points(meeting_id)}

    told = map_row(points[PHONE])["words"], map_row(points[HALF])["words"]

    assert told == (f"“{PHONE}” Translation, reviewed by the team: {IN_ENGLISH}", HALF)


def test_in_a_table_both_stand_each_in_its_language():
    cell = in_one_line(PHONE, IN_ENGLISH)

    told = list(spoken(tables.table_html(["Typical words"], [[cell]])))

    assert [tag for tag, words in told if PHONE[:30] in words] == ["es"]
    assert [tag for tag, words in told if IN_ENGLISH in words] == [""]


def test_files_tell_the_language_of_the_words(meeting_id):
    with zipfile.ZipFile(io.BytesIO(exports.export_meeting(meeting_id)[1])) as archive:
        read = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in ("utterances.csv", "evidence.csv", "memberships.csv")
        }

    said = {row["text"]: row["language"] for row in read["utterances.csv"]}
    quoted = {row["quote"]: row["language"] for row in read["evidence.csv"]}
    assert (said[PHONE], said[HALF], said[staged.SAID[0][1]]) == ("es", "en es", "")
    assert quoted == {PHONE: "es", HALF: "en es"}
    assert "language" in read["memberships.csv"][0]


def test_the_report_tells_the_language_and_what_the_words_say(meeting_id):
    drawn = meeting_report.meeting_report(meeting_id, date(2026, 11, 27))[1].decode()

    told = list(spoken(drawn))
    assert ("es", PHONE) in told
    assert ("en", IN_ENGLISH) in told
    assert "Translation, reviewed by the team:" in drawn
    assert {tag for tag, words in told if HALVES[1] in words} == {"es"}


def spoken(drawn):
    """Each stretch of words with the nearest language that is told around it."""
    tree = html5lib.parseFragment(drawn, namespaceHTMLElements=False)
    yield from _spoken(tree, "")


def _spoken(node, tag):
    tag = node.get("lang", tag)
    if node.text and node.text.strip():
        yield tag, node.text.strip()
    for child in node:
        yield from _spoken(child, tag)
        if child.tail and child.tail.strip():
            yield tag, child.tail.strip()
