"""The main job in a browser, on a real transcript: from a file to what happened."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.front_door import read_transcript
from tests.journeys.walk import LONG_MS, Walk

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.timeout(600)]

GROUPS = ("person living with ALS", "current caregiver", "clinician", "academic investigator")
RECOMMENDED = "Publish every decision within a week of the day on which it was made."
N_VOTERS = 6


@pytest.fixture(scope="module")
def transcript(real_data: Path) -> Path:
    """A real Zoom export of about an hour."""
    return sorted((real_data / "zoom_vtt" / "acde").glob("*/transcript.vtt"))[0]


@pytest.fixture(scope="module")
def roster(transcript: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster of the people in it, in four groups by turns."""
    labels = [s.label for s in read_transcript("t.vtt", transcript.read_bytes()).speakers]
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "stakeholder_group", "interests", "access_needs"])
        for n, label in enumerate(filter(None, labels)):
            writer.writerow([label, GROUPS[n % len(GROUPS)], "", ""])
    return path


def test_a_real_meeting_goes_from_its_file_to_what_happened(
    chromium: Browser, app_address: str, transcript: Path, roster: Path
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    walk = Walk(context.new_page(), app_address)

    start_a_programme(walk)
    bring_in(walk, roster, transcript)
    see_the_themes(walk)
    recommend_with_a_quote(walk)
    links = open_a_vote(walk)
    people_vote(chromium, links)
    close_and_choose(walk)
    follow_through(walk)
    what_happened(chromium, links[0])
    context.close()


def start_a_programme(walk: Walk) -> None:
    walk.open("/")
    walk.see("Nothing is here yet")
    walk.must_be_accessible()
    walk.press("Start ours, empty")
    walk.open("/meetings")
    walk.press("Make the first meeting")
    walk.fill("what is the meeting about", "Deciding together")
    walk.press("Make this meeting")
    walk.title("Bring in a meeting")


def bring_in(walk: Walk, roster: Path, transcript: Path) -> None:
    walk.upload("roster_file", roster)
    walk.press("Put .* on the roster")
    walk.see("on the roster")
    walk.tab("Transcript")
    walk.upload("transcript_file", transcript)
    walk.see("What was understood")
    walk.must_be_accessible()
    for sentence in (
        "agreed to be recorded",
        "grouped into shared themes",
        "quoted without their name",
    ):
        walk.tick(sentence)
    walk.page.get_by_text("Release every line now", exact=True).click()
    walk.fill("Where is that written", "public call, announced at its start")
    walk.press("Store this transcript")
    walk.title("^Themes$")


def see_the_themes(walk: Walk) -> None:
    """Which meeting is open stands on the first screen, below a menu that is longer."""
    place = walk.page.get_by_role("combobox", name="Meeting").bounding_box() or {"y": 800}
    assert place["y"] < 760
    expect(walk.button("Write a recommendation from this theme")).to_be_visible(timeout=LONG_MS)
    walk.must_be_accessible()
    walk.tab("Map")
    walk.see("Press a point to open its theme")
    walk.tab("Themes")
    walk.press("Write a recommendation from this theme")


def recommend_with_a_quote(walk: Walk) -> None:
    walk.fill("^Recommendation$", RECOMMENDED)
    walk.press("Write it down")
    walk.title("Recommendation 1")
    quote = walk.page.locator('[class*="st-key-near_"] blockquote').first
    expect(quote).to_be_visible(timeout=LONG_MS)
    words = quote.inner_text()
    walk.press("Attach this quote")
    attached = walk.page.locator('[class*="st-key-evidence_"] blockquote').first
    expect(attached).to_contain_text(words.strip().strip("“”")[:60], timeout=LONG_MS)
    walk.must_be_accessible()


def open_a_vote(walk: Walk) -> list[str]:
    walk.open("/ballots")
    walk.press("^Open the vote$")
    walk.see("people have answered")
    walk.page.get_by_text("Personal links", exact=True).click()
    walk.see("Each link opens the pages of that person")
    walk.must_be_accessible()
    hrefs = walk.page.locator("table.rt-table a").evaluate_all("all => all.map(a => a.href)")
    return [str(href) for href in hrefs]


def people_vote(chromium: Browser, links: list[str]) -> None:
    """Two links in one browser stay two people; nobody needs JavaScript."""
    context = chromium.new_context(java_script_enabled=False)
    pages = [context.new_page() for _ in links[:N_VOTERS]]
    for page, link in zip(pages, links, strict=False):
        page.goto(link)
    names = {answering_as(page) for page in pages}
    assert len(names) == N_VOTERS
    for n, page in enumerate(pages):
        to_the_ballot(page)
        page.get_by_role("button", name=("Agree", "Agree", "Disagree")[n % 3], exact=True).click()
        expect(page.locator("body")).to_contain_text(re.compile("counted", re.IGNORECASE))
    context.close()


def to_the_ballot(page: Page) -> None:
    for name in ("Answer now", "Start", "Go on"):
        way = page.get_by_role("button", name=re.compile(name)).or_(
            page.get_by_role("link", name=re.compile(name))
        )
        if way.count():
            way.first.click()
            return


def answering_as(page: Page) -> str:
    told = page.get_by_text(re.compile("Answering as"))
    return told.first.inner_text()


def close_and_choose(walk: Walk) -> None:
    walk.open("/ballots")
    walk.see("of .* people have answered")
    walk.press("^Close the vote$")
    walk.press("Close it for good")
    walk.see("The vote is closed")
    walk.must_be_accessible()
    walk.open("/recommendations")
    walk.press("Open recommendation 1")
    walk.press("^Mark as chosen$")
    walk.see("Marked as chosen")


def follow_through(walk: Walk) -> None:
    walk.press("Back to all recommendations")
    walk.press("Make an initiative from these")
    walk.fill("^Title$", "Decisions in the open")
    walk.fill("Who carries it", "Secretariat, Jo")
    walk.press("Make the initiative")
    walk.see("Decisions in the open")
    walk.must_be_accessible()
    walk.page.get_by_role("link", name=re.compile("Decisions in the open")).first.click()
    walk.title("Decisions in the open")
    walk.page.get_by_label("The stage it has reached").first.click()
    walk.page.get_by_role("option", name="Launched").click()
    walk.press("Write down the stage")
    walk.see("launched")
    walk.must_be_accessible()
    walk.open("/overview")
    walk.see("1 of 1 initiatives? (is|are) launched")
    walk.must_be_accessible()


def what_happened(chromium: Browser, link: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("link", name=re.compile("What happened")).first.click()
    expect(page.locator("body")).to_contain_text(RECOMMENDED)
    expect(page.locator("body")).to_contain_text("Decisions in the open")
    context.close()
