"""What could tie a voter to a choice, or give a link away, beside the pages themselves."""

import csv
import io
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware

from domain.votes import Answer
from participant.routes import routes
from services import ballots, exports, voting
from services.links import links_for
from tests.browser import served
from tests.made_vote import MadeVote, make_vote
from tests.privacy.conftest import ShutApp
from tests.privacy.test_canaries import everything, opened
from ui.http import OUTERMOST
from ui.link_sheet import sheet
from ui.screens import BALLOTS, MEETING, RECOMMENDATIONS

CHOICES = ("agree", "pass", "disagree")


@pytest.fixture
def voted(app_runtime) -> MadeVote:
    """Six people who answered, each in a way of their own; the vote is closed."""
    vote = make_vote()
    for n, secret in enumerate(vote.secrets.values()):
        for position in (1, 2, 3):
            page = voting.ballot_page(secret, vote.ballot_id, position)
            answer = list(Answer)[(n + position) % 3]
            voting.answer(secret, vote.ballot_id, position, answer, page.mark)
    return vote


def names(vote: MadeVote) -> list[str]:
    return [*vote.people, *(word for name in vote.people for word in name.split())]


def test_no_file_has_a_voter_and_a_choice(voted: MadeVote, record_property):
    """B-9: In the tallies and the meeting's export stands no name, link, key or id of a voter."""
    ballots.close_ballot(voted.ballot_id)

    _, whole = exports.export_meeting(voted.meeting_id)
    tallies = ballots.export_results_csv(voted.ballot_id)

    told = tallies.decode("utf-8-sig") + whole.decode("latin-1")
    ids = [a.attendance_id for a in voted.people.values()]
    pairs = [one for one in (*names(voted), *voted.secrets.values(), *ids) if one in told]
    rows = list(csv.reader(io.StringIO(tallies.decode("utf-8-sig"))))
    record_property("figure", f"{len(rows)} rows of exports, {len(pairs)} voters in them")
    assert pairs == []


def test_the_sheet_with_the_links_holds_no_choice(voted: MadeVote):
    """B-9: The sheet that is printed names people and links, and nothing of the vote."""
    from services.meetings import the_meeting

    told = sheet(the_meeting(voted.meeting_id), links_for(voted.meeting_id)).lower()

    shown = re.sub(r"<svg.*?</svg>", "", told, flags=re.DOTALL)
    assert not re.search(r"\b(agree|disagree|pass)\b", shown)


@pytest.mark.parametrize("screen", [BALLOTS, MEETING, RECOMMENDATIONS])
def test_no_screen_of_the_staff_ties_a_voter_to_a_choice(voted: MadeVote, screen):
    """B-9: While a vote is open and afterwards, results and names never come together."""
    while_open = everything(opened(screen, meeting=voted.meeting_id))
    ballots.close_ballot(voted.ballot_id)
    afterwards = everything(opened(screen, meeting=voted.meeting_id, ballot=voted.ballot_id))

    for told in (while_open, afterwards):
        assert [name for name in voted.people if name in told] == []
        assert [secret for secret in voted.secrets.values() if secret in told] == []


@pytest.fixture
def pages(voted: MadeVote) -> Iterator[httpx.Client]:
    """The participants' pages as a server, behind the guard of all answers."""
    app = Starlette(routes=routes, middleware=[Middleware(m.cls) for m in OUTERMOST])
    with served(app) as address, httpx.Client(base_url=address, follow_redirects=False) as client:
        yield client


def crawl(client: httpx.Client, secret: str, ballot_id: str) -> list[httpx.Response]:
    """The link, and every page that opens behind it."""
    answers = [client.get(f"/p/j/{secret}")]
    root = "/".join(answers[0].headers["location"].split("/")[:3])
    places = [
        "/",
        "/consent",
        "/who",
        "/help",
        "/happened",
        "/words",
        f"/v/{ballot_id}",
        "/nowhere",
    ]
    places += [
        f"/v/{ballot_id}/{n}" for n in (1, 2, 3, 9, "done", "answers/1", "withdraw", "stop/1")
    ]
    return answers + [client.get(root + place) for place in places]


def test_addresses_and_titles_hold_no_secret_and_no_choice(voted: MadeVote, pages: httpx.Client):
    """B-9: After the exchange no address, title, form or link carries the secret or an answer."""
    for answer in crawl(pages, voted.maria, voted.ballot_id)[1:]:
        where = f"{answer.request.url}{answer.headers.get('location', '')}"
        links = re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
        title = "".join(re.findall(r"<title>(.*?)</title>", answer.text, re.DOTALL)).lower()
        assert voted.maria not in where + answer.text
        assert not [
            one for one in (where, *links) if re.search(r"[?&](token|secret|key|answer)=", one)
        ]
        assert not [word for word in CHOICES if word in title.split()]
        assert "Maria" not in title


def test_every_answer_forbids_to_say_where_one_came_from(voted: MadeVote, pages: httpx.Client):
    """B-9: `Referrer-Policy: no-referrer` and `no-store` on every page of a participant."""
    answers = crawl(pages, voted.tom, voted.ballot_id)
    answers += [pages.get(path) for path in ("/p/style.css", "/p/", "/p/x/y", "/p/j/unknown")]

    policies = {str(a.request.url.path): a.headers.get("referrer-policy") for a in answers}
    stored = {
        str(a.request.url.path)
        for a in answers
        if "no-store" not in a.headers.get("cache-control", "")
    }
    assert set(policies.values()) == {"no-referrer"}, policies
    assert stored <= {"/p/style.css", "/p/"}


@pytest.mark.browser
def test_a_browser_keeps_no_secret_in_address_or_history(chromium: Browser, voted: MadeVote, pages):
    """B-9: The address bar, the way back and the referrer after opening a link and voting."""
    context = chromium.new_context(java_script_enabled=True)
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda r: asked.append((r.url, r.headers.get("referer", ""))))
    page.goto(str(pages.base_url.join(f"/p/j/{voted.maria}")))
    root = page.url.rstrip("/").removesuffix("/consent")
    page.goto(f"{root}/v/{voted.ballot_id}/1")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{root}/happened")

    entries = page.evaluate("performance.getEntries().map(e => e.name).join(' ')")
    assert voted.maria not in f"{page.url}{entries}{page.content()}"
    assert page.evaluate("document.referrer") == ""
    assert {referer for _, referer in asked} == {""}
    assert [url for url, _ in asked if voted.maria in url] == [asked[0][0]]
    for _ in range(4):
        page.go_back()
        assert voted.maria not in page.url
    context.close()


@pytest.mark.browser
def test_every_answer_of_the_app_forbids_to_say_where_one_came_from(shut_app: ShutApp):
    """B-9: Shell, files, health, uploads, unknown addresses: no-referrer on all of them."""
    paths = ("/", "/themes", "/healthz", "/_stcore/health", "/_stcore/host-config", "/media/x.png",
             "/_stcore/upload_file/a/b", "/nowhere", "/look/x/y", "/p/", "/p/j/x", "/i/x", "/robots.txt")  # fmt: skip
    with httpx.Client(base_url=shut_app.address) as client:
        found = {path: client.get(path).headers.get("referrer-policy") for path in paths}

    assert set(found.values()) == {"no-referrer"}, found
    assert "p/j/" not in (shut_app.folder / "app.log").read_text("utf-8", errors="replace")
