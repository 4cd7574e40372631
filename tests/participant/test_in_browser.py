"""Boxes, keys, contrast and axe, measured in Chromium on every state of the participant pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from starlette.applications import Starlette

from domain.votes import Answer
from participant.routes import routes
from services import ballots, recommendations, voting
from services.runtime import Runtime
from tests.browser import chromium, served
from tests.made_vote import MadeVote, make_vote

__all__ = ["chromium"]
pytestmark = pytest.mark.browser

WIDE, TABLET, UPRIGHT, PHONE = (1280, 720), (1024, 768), (768, 1024), (360, 740)
SIZES = [WIDE, TABLET, UPRIGHT, PHONE]
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
    " word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
)
MEASURE = """() => [...document.querySelectorAll("a, button")].map(target => {
    const box = target.getBoundingClientRect();
    const isAnswer = target.classList.contains("answer");
    return [target.innerText, isAnswer, box.left, box.top, box.right, box.bottom];
})"""
LONG = (
    "Pay for a speech-generating device before speech is lost: let the clinic order it from the "
    "first signs of slurring, let the loan pool bridge the weeks until it comes, and train the "
    "person, one family member and one aide together at home."
)


@dataclass(frozen=True)
class Box:
    name: str
    is_answer: bool
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def gap_to(self, other: "Box") -> float:
        across = max(self.left - other.right, other.left - self.right)
        down = max(self.top - other.bottom, other.top - self.bottom)
        return max(across, down)


@dataclass(frozen=True)
class Site:
    vote: MadeVote
    address: str

    def states(self) -> dict[str, str]:
        """Every page of a participant, by name."""
        other = "/v/" + ballots.ballots_of(self.vote.meeting_id)[0].ballot.ballot_id
        vote = f"/v/{self.vote.ballot_id}"
        return {
            "home": "/",
            "asked": f"{vote}/1",
            "answered": f"{vote}/2",
            "long": f"{other}/5",
            "stop": f"{vote}/stop/2",
            "withdraw": f"{vote}/withdraw",
            "review": f"{vote}/answers/1",
            "done": f"{vote}/done",
            "who": "/who",
            "consent": "/consent",
            "help": "/help",
            "happened": "/happened",
            "unknown": "/v/nowhere/1",
        }


@pytest.fixture
def site(app_runtime: Runtime) -> Iterator[Site]:
    """A vote of four recommendations, the second answered, and one with a long wording."""
    vote = make_vote(4, is_sample=True)
    recommendations.write(vote.meeting_id, LONG, author="test")
    ballots.open_ballot(vote.meeting_id, title="Again")
    second = voting.ballot_page(vote.maria, vote.ballot_id, 2).item.recommendation_id
    voting.lay_answer(vote.maria, vote.ballot_id, second, Answer.PASS)
    with served(Starlette(routes=routes)) as address:
        yield Site(vote, address)


@pytest.fixture
def open_as_maria(chromium: Browser, site: Site) -> Iterator[Callable[..., tuple[Page, str]]]:
    """A function that opens Maria's link in a window of its own."""
    contexts: list[BrowserContext] = []

    def _open(size: tuple[int, int] = WIDE, **options: object) -> tuple[Page, str]:
        width, height = size
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.address}/p/j/{site.vote.maria}")
        return page, page.url.rstrip("/")

    yield _open
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_targets_are_large_enough_far_enough_apart_and_few(site, open_as_maria, size):
    """A-1, A-2, A-4: No target is smaller, closer or more than a gaze can hit."""
    page, root = open_as_maria(size, java_script_enabled=False)
    problems = []

    for name, path in site.states().items():
        page.goto(root + path)
        problems += [f"{name}: {told}" for told in wrong_boxes(boxes(page))]

    assert problems == []


def test_no_target_of_a_ballot_page_lies_at_the_bottom_or_right_edge(site, open_as_maria):
    """A-3: Gaze is worst at the bottom and the right."""
    page, root = open_as_maria(java_script_enabled=False)

    for name in ("asked", "answered", "long"):
        page.goto(root + site.states()[name])
        assert max(box.bottom for box in boxes(page)) <= 720 * 0.85
        assert max(box.right for box in boxes(page)) <= 1280 * 0.95


@pytest.mark.parametrize("size", [WIDE, TABLET, UPRIGHT])
def test_targets_stay_in_the_same_place_from_page_to_page(site, open_as_maria, size):
    page, root = open_as_maria(size, java_script_enabled=False)
    places = []

    for name in ("asked", "answered", "long"):
        page.goto(root + site.states()[name])
        places.append(boxes(page))

    assert places[0] == places[1] == places[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, UPRIGHT, PHONE])
def test_axe_finds_nothing(site, open_as_maria, size, scheme):
    """A-12, A-16: axe with all its A, AA and AAA rules, contrast 7:1 among them."""
    assert axe_findings(site, *open_as_maria(size, color_scheme=scheme)) == []


def test_axe_finds_nothing_in_forced_colours(site, open_as_maria):
    """A-12: The same where the browser sets the colours."""
    assert axe_findings(site, *open_as_maria(forced_colors="active")) == []


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways(site, open_as_maria, width):
    """A-15: At 320 px, which is 400 % zoom, everything fits."""
    page, root = open_as_maria((width, 640), bypass_csp=True)
    wider = {}

    for name, path in site.states().items():
        page.goto(root + path)
        # WCAG 1.4.12: nothing may be cut when a reader spaces the text.
        page.add_style_tag(content=SPACED)
        wider[name] = page.evaluate("document.documentElement.scrollWidth") - width

    assert {name: px for name, px in wider.items() if px > 0} == {}


def test_the_first_answer_takes_two_keys_a_page(site, open_as_maria):
    """A-6: By keyboard alone."""
    page, root = open_as_maria(java_script_enabled=False)
    page.goto(f"{root}/v/{site.vote.ballot_id}/1")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/3")

    assert voting.my_answers(site.vote.maria, site.vote.ballot_id)[1][1] is Answer.AGREE


def test_tab_goes_through_the_targets_in_their_order_and_out_again(site, open_as_maria):
    """A-6: In a logical order, without a trap."""
    page, root = open_as_maria()
    page.goto(f"{root}/v/{site.vote.ballot_id}/1")
    names = []

    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.innerText"))

    assert names == ["Agree", "Pass", "Disagree", "Back", "Stop for now", "Help"]


def test_the_focus_is_seen_from_afar(site, open_as_maria):
    """A-16: The focus stands out at 3:1."""
    page, root = open_as_maria()
    page.goto(f"{root}/v/{site.vote.ballot_id}/1")

    page.keyboard.press("Tab")

    style = page.evaluate(
        "(({outlineWidth, outlineOffset}) => [outlineWidth, outlineOffset])"
        "(getComputedStyle(document.activeElement))"
    )
    assert style == ["6px", "4px"]


def test_without_scripts_and_style_a_whole_vote_can_be_cast(site, open_as_maria):
    """A-10: Without scripts, style and images."""
    page, root = open_as_maria(java_script_enabled=False)
    page.route("**/style.css*", lambda route: route.abort())
    page.goto(f"{root}/v/{site.vote.ballot_id}")

    for _ in range(3):
        page.get_by_role("button", name="Disagree").click()

    assert page.get_by_role("heading").inner_text() == "Your answers are counted"


def test_a_first_ballot_page_asks_for_at_most_three_things(site, chromium):
    """A-11: At most three requests."""
    context = chromium.new_context()
    page = context.new_page()
    requests, problems = [], []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{site.address}/p/j/{site.vote.maria}")
    page.on("request", lambda request: requests.append(request.url))

    page.goto(f"{page.url}v/{site.vote.ballot_id}/1")

    assert len(requests) <= 3
    assert all(url.startswith(site.address) for url in requests)
    assert problems == []
    context.close()


def boxes(page: Page) -> list[Box]:
    return [Box(*told) for told in page.evaluate(MEASURE)]


def wrong_boxes(found: list[Box]) -> list[str]:
    wrong = [f"{len(found)} targets"] if len(found) > 6 else []
    for box in found:
        least = 144 if box.is_answer else 96
        if round(min(box.right - box.left, box.bottom - box.top), 2) < least:
            wrong.append(f"{box.name} is smaller than {least} px")
    for one, other in combinations(found, 2):
        least = 32 if one.is_answer and other.is_answer else 24
        if round(one.gap_to(other), 2) < least:
            wrong.append(f"{one.name} and {other.name} are closer than {least} px")
    return wrong


def axe_findings(site: Site, page: Page, root: str) -> list[str]:
    found = []
    for name, path in site.states().items():
        page.goto(root + path)
        answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        for kind in ("violations", "incomplete"):
            found += [
                f"{name}: {kind} {rule['id']}: {rule['nodes'][0]['html']}" for rule in answer[kind]
            ]
    return found
