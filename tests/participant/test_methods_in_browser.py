"""Every page of the other ways to vote, and of somebody who answers for another, in Chromium."""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from domain.ballots import AnsweringMode
from domain.ids import BallotId
from domain.votes import Method
from participant.routes import routes
from services import ballots, participation, proxies, voting
from services.ranking import ranking_page
from services.runtime import Runtime
from tests.browser import chromium, served
from tests.made_vote import MadeVote, make_vote
from tests.participant.gaze import Gaze
from tests.participant.screen_reader import listening_page, spoken
from tests.participant.test_in_browser import (
    PHONE,
    UPRIGHT,
    WIDE,
    Box,
    axe_findings,
    boxes,
    wrong_boxes,
)

__all__ = ["chromium"]
pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent / "golden" / "screen_reader.txt"
RECEIPT = re.compile(r"receipt is [0-9A-F-]+")
N_ITEMS = 3
N_BALLOTS, N_ASKED = 200, 10
LOOKS = [(WIDE, {"color_scheme": "light"}), (PHONE, {"color_scheme": "dark"})]
if os.environ.get("STRESS"):
    LOOKS += [(UPRIGHT, {"color_scheme": "dark"}), (WIDE, {"forced_colors": "active"})]
    LOOKS += [(PHONE, {"color_scheme": "light"}), (UPRIGHT, {"forced_colors": "active"})]


@dataclass(frozen=True)
class Ways:
    """A vote by each method, and where they are served; Maria has answered some of each."""

    vote: MadeVote
    ballots: dict[Method, BallotId]
    address: str

    def states(self) -> dict[str, str]:
        at = {method: f"/v/{ballot_id}" for method, ballot_id in self.ballots.items()}
        last = ranking_page(self.vote.maria, self.ballots[Method.RANKING], N_ITEMS)
        return {
            "agreement asked": f"{at[Method.AGREEMENT]}/1",
            "approval asked": f"{at[Method.APPROVAL]}/1",
            "approval answered": f"{at[Method.APPROVAL]}/2",
            "approval review": f"{at[Method.APPROVAL]}/answers/1",
            "scores asked": f"{at[Method.SCORES]}/1",
            "scores exact": f"{at[Method.SCORES]}/2/exact",
            "scores review": f"{at[Method.SCORES]}/answers/1",
            "ranking first": f"{at[Method.RANKING]}/1",
            "ranking last": f"{at[Method.RANKING]}/{last.item.position}",
            "ranking review": f"{at[Method.RANKING]}/answers/1",
            "ranking done": f"{at[Method.RANKING]}/done",
            "who, with a proxy": "/who",
        }


@pytest.fixture
def ways(app_runtime: Runtime) -> Iterator[Ways]:
    vote = make_vote(N_ITEMS, is_sample=True)
    made = {Method.AGREEMENT: vote.ballot_id}
    for method in (Method.APPROVAL, Method.SCORES, Method.RANKING):
        made[method] = ballots.open_ballot(vote.meeting_id, title=f"By {method}", method=method)
    for method, given in (
        (Method.APPROVAL, [1]),
        (Method.SCORES, [8]),
        (Method.RANKING, [1, 2, 3]),
    ):
        asked = voting.ballot_page(vote.maria, made[method], 1).ballot.items
        for item, value in zip(asked[-len(given) :], given, strict=True):
            where = asked[1] if len(given) == 1 else item
            voting.lay_answer(vote.maria, made[method], where.recommendation_id, value)
    proxies.write_down(vote.people["Tom Okafor"].attendance_id, "Sam Okafor", "by his eyes")
    mark = participation.who_mark(vote.tom)
    participation.set_who_presses(vote.tom, AnsweringMode.PROXY, mark)
    proxies.write_down(vote.people["Maria Delgado"].attendance_id, "Elena Delgado", "in a letter")
    with served(Starlette(routes=routes)) as address:
        yield Ways(vote, made, address)


def entered(chromium: Browser, ways: Ways, size=WIDE, secret="", **options) -> tuple[Page, str]:
    width, height = size
    page = chromium.new_context(viewport={"width": width, "height": height}, **options).new_page()
    page.goto(f"{ways.address}/p/j/{secret or ways.vote.maria}")
    return page, page.url.rstrip("/")


@pytest.mark.parametrize(("size", "look"), LOOKS)
def test_axe_finds_nothing_on_any_page_of_any_method(ways, chromium, size, look, record_property):
    """A-12, A-16: Approval, scores in both steps, ranking, and who presses with a proxy."""
    found = axe_findings(ways, *entered(chromium, ways, size, **look))
    found += axe_findings(Proxys(ways), *entered(chromium, ways, size, ways.vote.tom, **look))

    record_property(
        "figure", f"{len(ways.states()) + 3} pages of other methods, {len(found)} findings"
    )
    assert found == []


@dataclass(frozen=True)
class Proxys:
    """What somebody sees who answers for Tom."""

    ways: Ways

    def states(self) -> dict[str, str]:
        return {
            "proxy home": "/",
            "proxy who": "/who",
            "proxy asked": f"/v/{self.ways.ballots[Method.APPROVAL]}/1",
        }


def test_every_page_of_every_method_is_valid_and_has_large_targets(ways, chromium):
    """A-1, A-2, A-4, A-13: The same pages, as HTML and as boxes."""
    page, root = entered(chromium, ways, java_script_enabled=False)
    problems = []

    for name, path in ways.states().items():
        html5lib.HTMLParser(strict=True).parse(page.request.get(root + path).text())
        page.goto(root + path)
        problems += [f"{name}: {told}" for told in wrong_boxes(boxes(page))]

    assert problems == []


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
def test_a_noisy_gaze_hardly_ever_answers_wrong(ways, chromium, size, record_property):
    """A-8: Boxes as Chromium lays them out, a seeded gaze over 200 ballots of each method."""
    page, root = entered(chromium, ways, size, java_script_enabled=False)
    n_answers = n_wrong = 0

    for name in (
        "agreement asked",
        "approval asked",
        "scores asked",
        "scores exact",
        "ranking last",
    ):
        page.goto(root + ways.states()[name])
        laid_out = boxes(page)
        gaze = Gaze(random.Random(8))
        for _ in range(N_BALLOTS * N_ASKED):
            gaze.answer(laid_out)
        assert gaze.n_answers == N_BALLOTS * N_ASKED
        assert gaze.n_wrong / gaze.n_answers <= 0.005, name
        n_answers, n_wrong = n_answers + gaze.n_answers, n_wrong + gaze.n_wrong

    told = f"{n_answers:,} answers by a noisy gaze at {size[0]} x {size[1]}, {n_wrong} wrong"
    record_property("figure", told)


def test_a_gaze_would_answer_wrong_where_targets_are_small_and_close():
    """A-8: What is measured can fail: boxes of 22 px, as of an ordinary form."""
    ordinary = [Box(str(n), True, 100, 100 + 30 * n, 177, 122 + 30 * n) for n in range(3)]
    gaze = Gaze(random.Random(8))

    for _ in range(N_BALLOTS):
        gaze.answer(ordinary)

    assert gaze.n_wrong / gaze.n_answers > 0.2


@pytest.mark.parametrize(
    ("method", "wrong", "right"),
    [(Method.AGREEMENT, "Agree", "Disagree"), (Method.APPROVAL, "Choose it", "Leave it")],
)
def test_a_noisy_gaze_casts_a_ballot_and_puts_a_wrong_answer_right_in_two(
    ways, chromium, method, wrong, right
):
    """A-8: In the browser, with a pointer that lands as far off as a gaze; undone by Back and answer."""
    ballot_id, gaze = ways.ballots[method], Gaze(random.Random(9))
    page, root = entered(chromium, ways, secret=ways.vote.secrets["Priya Raman"])
    page.goto(f"{root}/v/{ballot_id}/1")
    for n in range(1, N_ITEMS + 1):
        while page.url.endswith(f"/{n}"):
            look_at(page, wrong, gaze)
    page.goto(f"{root}/v/{ballot_id}/2")

    page.get_by_role("button", name=wrong, exact=True).click()
    page.goto(f"{root}/v/{ballot_id}/3")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name=right, exact=True).click()

    kept = voting.my_answers(ways.vote.secrets["Priya Raman"], ballot_id)[1]
    assert {place: int(answer) for place, answer in kept.items()} == {
        1: 1,
        2: -1 if method is Method.AGREEMENT else 0,
        3: 1,
    }


def test_a_screen_reader_says_the_statement_before_the_answers(ways, chromium):
    """A-14: The golden transcript of a virtual screen reader that steps through each page."""
    page = listening_page(chromium)
    page.goto(f"{ways.address}/p/j/{ways.vote.maria}")
    root, told = page.url.rstrip("/"), []

    for name, path in ways.states().items():
        page.goto(root + path)
        phrases = [RECEIPT.sub("receipt is …", phrase) for phrase in spoken(page)]
        told += [f"# {name}", *phrases, ""]
        if name.endswith("asked"):
            first = next(n for n, phrase in enumerate(phrases) if phrase.startswith("button"))
            statement = next(n for n, phrase in enumerate(phrases) if "Lend equipment" in phrase)
            assert statement < first <= 12, (name, phrases)

    assert "\n".join(told) == GOLDEN.read_text("utf-8")


def look_at(page: Page, words: str, gaze: Gaze) -> None:
    """Press where the gaze ends; between the targets nothing happens."""
    laid_out = boxes(page)
    x, y = gaze.near(next(box for box in laid_out if box.name == words))
    if any(box.is_answer and box.holds(x, y) for box in laid_out):
        with page.expect_navigation():
            page.mouse.click(x, y)
