"""A reviewer in a browser: by keyboard alone, and the rest of a meeting in two presses."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walk import LONG_MS, Walk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PEOPLE = ("Ann Ray", "Bo Lind", "Cy Marsh")
SAID = (
    "The wheelchair came eleven weeks after the order was signed, and Bo Lind had to borrow one.",
    "Our order waited for a letter that the vendor had lost, so I wrote to help@example.org twice.",
    "Every order needs the same letter, and the vendor asks for it twice.",
)
N_TURNS = 24


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A roster of three people and a transcript of 24 turns."""
    folder = tmp_path_factory.mktemp("files")
    roster, talk = folder / "roster.csv", folder / "talk.txt"
    roster.write_text(
        "name,stakeholder_group\n"
        "Ann Ray,person living with ALS\nBo Lind,current caregiver\nCy Marsh,clinician\n"
    )
    lines = [f"{PEOPLE[n % 3]}: {SAID[n % 3]} That was turn {n}." for n in range(N_TURNS)]
    talk.write_text("\n".join(lines))
    return roster, talk


def test_words_reach_others_only_through_the_review(
    chromium: Browser, app_address: str, files: tuple[Path, Path]
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    walk = Walk(context.new_page(), app_address)

    bring_in_without_releasing(walk, *files)
    release_one_by_keyboard(walk)
    release_the_rest_in_two_presses(walk)
    take_the_release_back(walk)
    opened = walk.page.url
    context.close()
    read_on_a_phone_and_in_the_dark(chromium, app_address, opened)


def bring_in_without_releasing(walk: Walk, roster: Path, talk: Path) -> None:
    walk.open("/")
    walk.see("Nothing is here yet")
    walk.press("Start ours, empty")
    walk.open("/meetings")
    walk.press("Make the first meeting")
    walk.fill("what is the meeting about", "Getting equipment in time")
    walk.press("Make this meeting")
    walk.title("Bring in a meeting")
    walk.upload("roster_file", roster)
    walk.press("Put .* on the roster")
    walk.tab("Transcript")
    walk.upload("transcript_file", talk)
    for sentence in ("agreed to be recorded", "grouped into shared", "quoted without their name"):
        walk.tick(sentence)
    walk.fill("Where is that written", "forms")
    walk.press("Store this transcript")
    walk.title("Review and release")
    walk.see(f"{N_TURNS} of {N_TURNS} turns wait")
    expect(walk.page.get_by_text("The machine looks for")).to_have_count(0, timeout=LONG_MS)
    walk.must_be_accessible()


def release_one_by_keyboard(walk: Walk) -> None:
    """No mouse: open, release, undo, release again."""
    tab_to(walk, "button", "Open them")
    walk.page.keyboard.press("Enter")
    walk.see("Turn 1 of")
    walk.must_be_accessible()
    walk.page.keyboard.press("Control+Enter")
    walk.see("Turn 2 of")
    walk.see(f"{N_TURNS - 1} of {N_TURNS} turns wait")
    tab_to(walk, "button", "Undo: take the last release back")
    walk.page.keyboard.press("Enter")
    walk.see(f"{N_TURNS} of {N_TURNS} turns wait")
    tab_to(walk, "button", "No: release it")
    walk.page.keyboard.press("Enter")
    walk.see(f"{N_TURNS - 1} of {N_TURNS} turns wait")
    walk.must_be_accessible()


def tab_to(walk: Walk, role: str, name: str) -> None:
    """Move the focus by Tab alone until it is there; at most a hundred steps."""
    wanted = walk.page.get_by_role(role, name=re.compile(name)).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible(timeout=LONG_MS)
    for _ in range(100):
        walk.page.keyboard.press("Tab")
        if wanted.evaluate("found => found === document.activeElement"):
            return
    pytest.fail(f"{name} is not reached by Tab")


def release_the_rest_in_two_presses(walk: Walk) -> None:
    walk.page.get_by_text("See what would be released").click()
    walk.settle()
    walk.see("Stretches hidden")
    walk.must_be_accessible()
    walk.press("^Release .* stretches hidden$")
    walk.see("Now the themes are being found")
    walk.see(f"0 of {N_TURNS} turns wait, {N_TURNS} are released")


def take_the_release_back(walk: Walk) -> None:
    walk.press("^Take the release of")
    walk.press("^Take it back as a whole$")
    walk.see("turns taken back")
    walk.see(f"{N_TURNS - 1} of {N_TURNS} turns wait")
    walk.must_be_accessible()


def read_on_a_phone_and_in_the_dark(chromium: Browser, address: str, opened: str) -> None:
    phone = chromium.new_context(viewport={"width": 390, "height": 844})
    dark = chromium.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    for context in (phone, dark):
        walk = Walk(context.new_page(), address)
        walk.page.goto(opened)
        walk.settle()
        walk.press("Open them")
        walk.see("Would family or colleagues recognise")
        walk.must_be_accessible()
        width = walk.page.evaluate("document.documentElement.scrollWidth")
        assert width <= walk.page.viewport_size["width"]  # type: ignore[index]
        context.close()
