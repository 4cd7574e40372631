"""The running app while screens watch a vote: what reaches them, how soon, and until when."""

import json
import time
from contextlib import ExitStack, contextmanager

import pytest

from domain.access import Grant, StaffRole
from domain.votes import Answer
from services import accounts, ballots, voting
from services.access import COMMAND_LINE, acting_as
from tests.browser import chromium
from tests.made_account import cookie_of, make_account, session_of, sign_in
from tests.made_vote import make_vote
from tests.served_house import house

__all__ = ["chromium"]  # a fixture

SHOWN_WITHIN_S, CUT_WITHIN_S, ENDS_WITHIN_S = 2.0, 5.0, 15.0


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with house(tmp_path_factory.mktemp("watching")) as made, acting_as(COMMAND_LINE):
        make_account("Somebody", Grant(StaffRole.LEADER))
        yield made


@pytest.fixture
def vote(served):
    return make_vote()


@contextmanager
def stream(served, ballot_id, cookie, **headers):
    """The lines of a stream as they come, each within ten seconds."""
    with served.browser(cookie, **headers) as browser:
        browser.timeout = 10
        with browser.stream("GET", f"/watch/{ballot_id}/live") as answer:
            yield answer


def events(answer):
    for line in answer.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def cast(vote, secret):
    """Answer the first recommendation."""
    item = voting.ballot_page(secret, vote.ballot_id, 1).item
    voting.lay_answer(secret, vote.ballot_id, item.recommendation_id, Answer.DISAGREE)


def test_a_cast_vote_reaches_a_stream_within_two_seconds(served, vote, record_property):
    cookie = cookie_of(sign_in("Ann", Grant(StaffRole.LEADER)))
    with stream(served, vote.ballot_id, cookie, Accept_Encoding="gzip") as answer:
        told = events(answer)
        before = next(told)
        began = time.monotonic()
        cast(vote, vote.maria)
        after = next(told)
        taken_s = time.monotonic() - began

    record_property("figure", f"a cast vote was told after {taken_s:.2f} s")
    assert "content-encoding" not in answer.headers
    assert (before["n"], after["n"], after["of"]) == (0, 1, "of 6 people have answered")
    assert after["told"].startswith("1 has begun and not answered everything yet.")
    assert taken_s < SHOWN_WITHIN_S


def test_a_stream_tells_no_name_and_no_answer(served, vote):
    cookie = cookie_of(sign_in("Ann", Grant(StaffRole.LEADER)))
    with stream(served, vote.ballot_id, cookie) as answer:
        told = events(answer)
        next(told)
        cast(vote, vote.maria)
        words = json.dumps(next(told)).lower()

    assert set(json.loads(words)) == {"n", "of", "told", "is_open"}
    assert not [w for w in ("maria", "delgado", "disagree", "als", vote.maria) if w in words]


def test_a_stream_ends_within_five_seconds_of_a_sign_out(served, vote, record_property):
    """S5: As a socket does."""
    account_id = make_account("Bo", Grant(StaffRole.LEADER))
    token = session_of(account_id, "Bo")
    with stream(served, vote.ballot_id, cookie_of(token)) as answer:
        told = events(answer)
        next(told)
        accounts.sign_out(token)
        began = time.monotonic()
        rest = list(told)
        taken_s = time.monotonic() - began

    with stream(served, vote.ballot_id, cookie_of(token)) as again:
        status = again.status_code
    record_property("figure", f"a stream of a session that ended was cut after {taken_s:.1f} s")
    assert (rest, status) == ([], 303)
    assert taken_s < CUT_WITHIN_S


def test_a_stream_of_a_meeting_that_is_not_ones_own_is_refused(served, vote):
    other = make_vote()
    leader = Grant(StaffRole.LEADER, meeting_id=other.meeting_id)
    account_id = make_account("Cy", leader)
    cookie = cookie_of(session_of(account_id, "Cy"))

    with stream(served, other.ballot_id, cookie) as own:
        let_in = own.status_code
    with stream(served, vote.ballot_id, cookie) as foreign:
        refused = foreign.status_code

    assert (let_in, refused) == (200, 403)


def test_a_stream_ends_when_the_vote_closes(served, vote):
    cookie = cookie_of(sign_in("Ann", Grant(StaffRole.LEADER)))
    with stream(served, vote.ballot_id, cookie) as answer:
        told = events(answer)
        next(told)
        ballots.close_ballot(vote.ballot_id)
        rest = list(told)

    assert [one["is_open"] for one in rest] == [False]
    assert rest[0]["told"] == "The vote is closed."


def test_without_scripts_a_link_looks_again(served, vote):
    cookie = cookie_of(sign_in("Ann", Grant(StaffRole.LEADER)))
    with served.browser(cookie) as browser:
        before = browser.get(f"/watch/{vote.ballot_id}").text
        cast(vote, vote.tom)
        after = browser.get(f"/watch/{vote.ballot_id}").text

    assert "<h1>0 of 6 people have answered</h1>" in before
    assert "<h1>1 of 6 people have answered</h1>" in after
    assert "Look again</a>" in after
    assert "<script" not in after


@pytest.mark.browser
def test_a_cast_vote_shows_on_a_screen_without_running_it_again(
    served, vote, chromium, record_property
):
    token = sign_in("Ann", Grant(StaffRole.LEADER))
    context = chromium.new_context()
    context.add_cookies([{"name": accounts.cookie_name(), "value": token, "url": served.address}])
    page = context.new_page()
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", sent.append))
    with page.expect_response(lambda answer: answer.url.endswith("/live")):
        page.goto(f"{served.address}/ballots?programme={vote.programme_id}")
    page.locator(".rt-watch-number", has_text="0").wait_for()
    page.wait_for_timeout(1000)
    n_runs = len(sent)
    cast(vote, vote.maria)
    began = time.monotonic()
    page.locator(".rt-watch-number", has_text="1").wait_for()
    taken_s = time.monotonic() - began
    n_more = len(sent) - n_runs
    ballots.close_ballot(vote.ballot_id)
    page.get_by_role("heading", name="Results").wait_for()
    context.close()

    record_property("figure", f"a cast vote stood on the screen after {taken_s:.2f} s")
    assert n_more == 0
    assert taken_s < SHOWN_WITHIN_S


def test_the_app_ends_while_somebody_watches(tmp_path):
    """A server waits for streams that are open: ours end when it is told to end."""
    with ExitStack() as left_open:
        with house(tmp_path) as made, acting_as(COMMAND_LINE):
            vote = make_vote()
            answer = left_open.enter_context(stream(made, vote.ballot_id, ""))
            next(events(answer))
            began = time.monotonic()
        taken_s = time.monotonic() - began

    assert taken_s < ENDS_WITHIN_S
