import re

import pytest

from domain.votes import Answer
from services import ballots, voting
from services.page_marks import make_mark
from tests.made_vote import make_vote


@pytest.fixture
def asked(vote, browser):
    """A browser that shows the first recommendation."""
    browser.open(f"/p/j/{vote.maria}")
    browser.follow("Start")
    return browser


@pytest.mark.parametrize(
    "address",
    [
        "/p/j/unknown",
        "/p/j/" + "A" * 43,
        "/p/aaaaaaaaaaaaaaaa/",
        "/p/x",
        "/p/aaaaaaaaaaaaaaaa/v/x/1",
        "/p/",
    ],
)
def test_an_unknown_address_is_a_plain_page(vote, browser, address):
    browser.open(address)

    assert browser.response.status_code == 404
    assert browser.page.headings == ["This did not work"]


def test_the_pages_of_somebody_whose_link_was_not_opened_here_stay_shut(vote, asked, new_browser):
    """S6: An address alone opens nothing."""
    other = new_browser()

    other.open(asked.response.url.path)

    assert other.response.status_code == 404


def test_somebody_elses_cookie_opens_nothing(vote, asked, new_browser):
    """S2, S6: A cookie from elsewhere is not honoured."""
    other = new_browser()
    other.open(f"/p/j/{vote.tom}")
    pid = asked.response.url.path.split("/")[2]
    tom = other.client.cookies.jar
    value = next(cookie.value for cookie in tom)

    response = other.client.get(asked.response.url.path, headers={"cookie": f"rt-{pid}={value}"})

    assert response.status_code == 404


def test_an_answer_after_the_close_is_told_the_moment(vote, asked):
    """V5: After the close."""
    ballots.close_ballot(vote.ballot_id)

    asked.press("Agree")

    assert asked.response.status_code == 409
    assert "This vote closed at" in asked.page.text
    assert "Answering as Maria Delgado" in asked.page.text


@pytest.mark.parametrize("mark", ["", "forged", "0.none.0000"])
def test_a_forged_mark_is_refused(vote, asked, mark):
    """V4: A mark that we did not make."""
    response = send(asked, mark=mark)

    assert response.status_code == 403
    assert_box_is_empty(vote)


def test_the_mark_of_another_recommendation_is_refused(vote, asked):
    """V4: A mark of another recommendation."""
    address, data = asked.filled("Agree")

    response = asked.client.post(address.removesuffix("/1") + "/2", data=data)

    assert response.status_code == 403
    assert_box_is_empty(vote)


def test_the_mark_of_another_person_is_refused(vote, asked):
    """V4: A mark of another person."""
    item = voting.ballot_page(vote.tom, vote.ballot_id, 1).item
    purpose = f"answer|{vote.ballot_id}|{item.recommendation_id}"

    response = send(asked, mark=make_mark(vote.tom, purpose, "none"))

    assert response.status_code == 403
    assert_box_is_empty(vote)


def test_another_persons_vote_and_an_unknown_one_give_the_same_page(vote, asked):
    """V4: Neither page tells which of both it is."""
    out = [vote.people["Maria Delgado"].attendance_id]
    other = ballots.open_ballot(vote.meeting_id, excluded=out)
    root = asked.response.url.path.rpartition("/v/")[0]

    theirs = asked.client.get(f"{root}/v/{other}/1")
    unknown = asked.client.get(f"{root}/v/nowhere/1")

    assert (theirs.status_code, theirs.text) == (404, unknown.text)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(vote, asked, site):
    """S4: By Sec-Fetch-Site."""
    response = send(asked, headers={"sec-fetch-site": site})

    assert response.status_code == 403
    assert_box_is_empty(vote)


def test_an_older_browsers_form_from_another_site_is_refused(vote, asked):
    """S4: By Origin."""
    response = send(asked, headers={"origin": "https://elsewhere.example.org"})

    assert response.status_code == 403
    assert_box_is_empty(vote)


@pytest.mark.parametrize("origin", ["null", "http://localhost:8501"])
def test_an_older_browsers_own_form_is_taken(vote, asked, origin):
    send(asked, headers={"origin": origin})

    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.AGREE}


@pytest.mark.parametrize("given", ["", "NaN", "1e999", "2", "AGREE", "[]", "é"])
def test_an_answer_that_is_none_is_refused(vote, asked, given):
    """V13: Values that no page of ours offers."""
    response = send(asked, answer=given)

    assert response.status_code == 400
    assert_box_is_empty(vote)


def test_ten_megabytes_are_refused(vote, asked):
    """V13: A body beyond all forms."""
    response = send(asked, answer="a" * 10_000_000)

    assert response.status_code == 400
    assert "more than our page sends" in response.text


def test_a_hundred_fields_are_refused(vote, asked):
    """V13: Fields beyond all forms."""
    address, _ = asked.filled("Agree")

    response = asked.client.post(address, data={f"f{n}": "1" for n in range(100)})

    assert response.status_code == 400


def test_a_file_is_refused(vote, asked):
    address, data = asked.filled("Agree")

    response = asked.client.post(address, data=data, files={"file": b"x"})

    assert response.status_code == 400
    assert_box_is_empty(vote)


def test_an_answer_that_could_not_be_saved_is_still_on_the_page(vote, asked, store):
    """V9: Nothing is acknowledged, and nothing is lost."""
    address, data = asked.filled("Agree")
    store.close()
    moved = [path.rename(path.with_suffix(".away" + path.suffix)) for path in files(store)]

    asked.press("Agree")
    broken = (
        asked.response.status_code,
        asked.response.headers["retry-after"],
        asked.filled("Try again"),
    )
    store.close()
    for path in files(store):
        path.unlink()
    for path in moved:
        path.rename(path.with_name(path.name.replace(".away", "")))
    asked.press("Try again")

    assert broken == (503, "5", (address, data))
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.AGREE}


def test_every_answer_carries_the_headers_that_protect_it(vote, asked):
    """S8: On every kind of page."""
    for response in (asked.response, asked.client.get("/p/j/unknown"), send(asked, mark="forged")):
        told = response.headers
        assert told["content-security-policy"] == (
            "default-src 'none'; style-src 'self'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        )
        assert (told["cache-control"], told["referrer-policy"]) == ("no-store", "no-referrer")
        assert told["x-content-type-options"] == "nosniff"


def test_no_page_title_tells_what_was_answered(app_runtime, browser):
    """B-9: Nor does the browser's history."""
    vote = make_vote(2)
    browser.open(f"/p/j/{vote.maria}")
    browser.follow("Start")
    titles = []

    for step in ("press", "follow", "press", "press"):
        getattr(browser, step)("Disagree" if step == "press" else "Back")
        titles += re.findall("<title>(.*)</title>", browser.response.text)

    assert titles == [
        "2 of 2 - Priorities",
        "1 of 2 - Priorities",
        "2 of 2 - Priorities",
        "Your answers are counted",
    ]


def send(browser, *, headers=None, **changed):
    address, data = browser.filled("Agree")
    return browser.client.post(address, data={**data, **changed}, headers=headers)


def assert_box_is_empty(vote):
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {}


def files(store):
    return [p for p in store.path.parent.glob("roundtable*") if ".away" not in p.name]
