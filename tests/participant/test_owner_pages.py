"""The pages behind an owner's link, without scripts: one initiative, written to in plain words."""

from datetime import date

import pytest

from domain.ids import MeasureId
from domain.initiatives import InitiativeKind, Measure, Milestone
from services import initiatives, owner_links, recommendations, whose
from services.owner_links import open_link

BEFORE = {"on": "2026-03-14"}


def make(vote, title="Loan pool", n_milestones=1):
    asked = recommendations.recommendations(vote.meeting_id)[0].recommendation.recommendation_id
    initiative_id = initiatives.create(
        vote.programme_id,
        title=title,
        kind=InitiativeKind.PROGRAMME,
        owner="June",
        summary="Chairs go out within a week.",
        answers=[asked],
        proposed_on=date(2026, 1, 5),
    )
    for n in range(1, n_milestones + 1):
        due = Milestone(f"{title}, step {n}", date(2026, 3, n), None)
        initiatives.add_milestone(initiative_id, due)
    named = Measure(MeasureId(""), "Days of waiting", "days", False, 80, None, "", 20, None)
    initiatives.add_measure(initiative_id, named)
    return initiative_id


def link_to(initiative_id, name="June"):
    return owner_links.make_link(initiative_id, name).rpartition("/")[2]


@pytest.fixture
def pool(vote):
    return make(vote)


@pytest.fixture
def secret(pool):
    return link_to(pool)


@pytest.fixture
def june(secret, browser):
    """A browser that shows June's initiative."""
    browser.open(f"/i/{secret}")
    return browser


def send(browser, button, **typed):
    address, data = browser.filled(button)
    return browser._shown(browser.client.post(address, data={**data, **typed}))


def test_the_owner_sees_the_initiative_and_who_they_are_here(june):
    text = june.page.text

    assert june.page.headings == ["Loan pool"]
    assert "Here as June" in text
    assert "recommendation 1: Lend equipment number 1" in text
    assert "5 January 2026: proposed" in text
    assert "Loan pool, step 1: due on 1 March 2026" in text
    assert "Before: 80 days" in text


def test_a_milestone_is_marked_done(june, secret):
    june.follow("Mark a milestone done")
    june.follow("Loan pool, step 1")

    page = send(june, "Mark as done", **BEFORE)

    assert "Loan pool, step 1: done on 14 March 2026" in page.text
    assert "Mark a milestone done" not in page.links


def test_a_reading_is_added(june):
    june.follow("Add a reading")

    page = send(june, "Add the reading", value="31.5", source="loan register", **BEFORE)

    assert "14 March 2026: 31.5 days (source: loan register)" in page.text


def test_a_stage_is_noted_and_earlier_ones_stay(june):
    june.follow("Note a stage")

    page = send(june, "Write down the stage", stage="launched", words="In two states.", **BEFORE)

    assert "5 January 2026: proposed" in page.text
    assert "14 March 2026: launched. In two states." in page.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "many", "source": "x"}, "Write the value as a number, as in 12.5."),
        ({"value": "NaN", "source": "x"}, "Write the value as a number"),
        ({"value": "1e999", "source": "x"}, "Write the value as a number"),
        ({"value": "", "source": "x"}, "Write the value as a number"),
        ({"value": "3", "source": " "}, "A reading (its source) needs its words."),
        ({"value": "3", "source": "x", "on": "soon"}, "Write the day as in 2026-03-14."),
        ({"value": "3", "source": "x" * 2001}, "at most 2000 fit"),
    ],
)
def test_what_cannot_be_is_told_in_plain_words_and_what_was_typed_stays(june, secret, typed, told):
    """V13: Nothing is stored."""
    june.follow("Add a reading")

    page = send(june, "Add the reading", **{**BEFORE, **typed})

    assert june.response.status_code == 400
    assert told in page.text
    assert "Nothing was changed yet." in page.text
    assert page.forms[0].hidden["value"] == typed["value"]
    assert open_link(secret).initiative.measures[0].readings == ()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"stage": "closed: not implemented"}, "say why: the people who asked will read it"),
        ({"stage": "finished"}, "Choose the stage that was reached."),
        ({"stage": "launched", "on": "2020-01-01"}, "The stage before is dated 2026-01-05"),
    ],
)
def test_a_stage_is_checked_as_on_the_screens_of_the_staff(june, secret, typed, told):
    june.follow("Note a stage")

    page = send(june, "Write down the stage", words="", **{**BEFORE, **typed})

    assert told in page.text
    assert len(open_link(secret).initiative.events) == 1


def test_an_ending_without_being_done_is_told_with_its_reason(june, secret):
    june.follow("Note a stage")

    send(june, "Write down the stage", stage="closed: not implemented", words="No funds.", **BEFORE)

    assert open_link(secret).initiative.events[-1].reason == "No funds."


def test_many_milestones_are_shown_three_at_a_time(vote, browser):
    """A-4: At most six targets a page."""
    browser.open(f"/i/{link_to(make(vote, n_milestones=5))}")
    first = list(browser.follow("Mark a milestone done").links)

    second = list(browser.follow("More").links)

    assert first == [f"Loan pool, step {n}" for n in (1, 2, 3)] + ["More", "Back", "Help"]
    assert second[:2] == ["Loan pool, step 4", "Loan pool, step 5"]


def test_another_owners_initiative_stays_shut(vote, june, new_browser):
    """S6: Own and other, by address and by cookie."""
    other = new_browser()
    other.open(f"/i/{link_to(make(vote, 'Night line'), 'Kim')}")

    theirs = june.client.get(other.response.url.path)
    mine = june.page.text

    assert theirs.status_code == 404
    assert "Night line" not in theirs.text + mine


def test_two_owners_in_one_browser_stay_two(vote, june):
    """S2: The address decides."""
    home = june.response.url.path
    june.open(f"/i/{link_to(make(vote, 'Night line'), 'Kim')}")

    assert june.page.headings == ["Night line"]
    assert june.open(home).headings == ["Loan pool"]


def test_an_owners_link_opens_no_participants_page_and_none_of_theirs_an_initiative(
    vote, secret, browser, new_browser
):
    """S6: Each kind of link has its own pages."""
    assert browser.client.get(f"/p/j/{secret}").status_code == 404
    assert browser.client.get(f"/p/f/{secret}").status_code == 404
    assert new_browser().client.get(f"/i/{vote.maria}").status_code == 404


def test_a_revoked_link_is_shut_on_the_next_press(pool, june):
    """S5: Also for a form that was open."""
    june.follow("Note a stage")
    (link,) = owner_links.links_of(pool)
    owner_links.revoke(link.owner_link_id)

    send(june, "Write down the stage", stage="launched", words="", **BEFORE)

    assert june.response.status_code == 404
    assert len(initiatives.initiatives(whose.initiative(pool))[0].initiative.events) == 1


def test_the_cookie_is_for_this_initiatives_pages_alone(secret, browser):
    """S3: HttpOnly, one path, and the secret leaves the address."""
    browser.open(f"/i/{secret}")

    told = browser.response.history[0].headers["set-cookie"]
    assert f"Path={browser.response.url.path}" in told
    assert "HttpOnly" in told
    assert secret not in str(browser.response.url) + browser.response.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(june, secret, site):
    """S4: By Sec-Fetch-Site."""
    june.follow("Note a stage")
    address, data = june.filled("Write down the stage")

    response = june.client.post(
        address, data={**data, "stage": "launched", **BEFORE}, headers={"sec-fetch-site": site}
    )

    assert response.status_code == 403
    assert len(open_link(secret).initiative.events) == 1


@pytest.mark.parametrize("path", ["measure/2", "milestone/9", "measures/0", "milestones/4", "x"])
def test_what_is_not_there_is_a_plain_page(june, path):
    response = june.client.get(june.response.url.path + path)

    assert response.status_code == 404
    assert "There is nothing for you at this address." in response.text


def test_words_of_people_are_shown_as_they_are(vote, browser):
    """O1, O2: No markup comes alive."""
    hostile = "<script>alert(1)</script> $x$ *stars* {{ 7*7 }} %(n)s"
    browser.open(f"/i/{link_to(make(vote, hostile), hostile)}")

    assert browser.page.headings == [hostile]
    assert f"Here as {hostile}" in browser.page.text
