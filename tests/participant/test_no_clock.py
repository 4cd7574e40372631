"""Nothing on a participant's page waits, moves or goes away by itself."""

import re

import pytest

from participant.responses import FOLDER

TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
BY_ITSELF = {
    "a refresh": r"http-equiv",
    "a script": r"<script|\bon[a-z]+\s*=",
    "something that plays": r"<(?:audio|video|embed|object|marquee|blink)|autoplay",
    "a clock": r"countdown|<time\b[^>]*data-|<progress|<meter",
}
# The page to write on keeps what is written; what it may not do is asked of it below.
THE_SCRIPT = '<script src="/p/write.js?v={{ script_version }}" defer></script>'
GOES_AWAY = r"location|reload|\.submit\(|requestSubmit|setInterval|history|innerHTML|remove\("
MOVES = r"\b(?:animation|transition|@keyframes)\b(?!\s*:\s*none)"


def test_there_are_pages_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_page_does_nothing_by_itself(template):
    """A-20: No timer, no auto-advance, no autoplay, no message that leaves."""
    source = template.read_text("utf-8").replace(THE_SCRIPT, "")

    assert [what for what, sign in BY_ITSELF.items() if re.search(sign, source, re.I)] == []


def test_nothing_moves():
    """A-20: Nor does the style move anything."""
    assert re.findall(MOVES, (FOLDER / "style.css").read_text("utf-8")) == []


def test_no_answer_of_the_server_asks_for_a_refresh(vote, browser):
    """A-20: Nor a header."""
    browser.open(f"/p/j/{vote.maria}")
    browser.follow("Start")
    browser.press("Agree")

    assert "refresh" not in browser.response.headers


def test_the_script_leads_nowhere_and_takes_nothing_away():
    """A-20: It keeps what is written, and changes one line that says so."""
    assert re.findall(GOES_AWAY, (FOLDER / "write.js").read_text("utf-8")) == []


def test_one_page_has_a_script():
    """A-20: Only the page to write on."""
    with_script = [t.name for t in TEMPLATES if THE_SCRIPT in t.read_text("utf-8")]

    assert with_script == ["write.html"]
