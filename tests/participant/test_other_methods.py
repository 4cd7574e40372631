import pytest

from domain.votes import Method
from services import ballots, proxies, voting
from services.ranking import ranking_page
from tests.made_vote import make_vote


@pytest.fixture
def asked(app_runtime, browser):
    def open_by(method, n=3):
        made = make_vote(n)
        ballots.close_ballot(made.ballot_id)
        ballot_id = ballots.open_ballot(made.meeting_id, title="Second", method=method)
        browser.open(f"/p/j/{made.maria}")
        return made, ballot_id

    return open_by


def test_choosing_takes_one_activation_more_than_there_are_recommendations(asked, browser):
    """A-5: Approval."""
    made, ballot_id = asked(Method.APPROVAL, 4)

    browser.follow("Start")
    for word in ("Choose it", "Leave it", "Choose it", "Leave it"):
        browser.press(word)

    assert browser.n_presses == 5
    assert voting.my_answers(made.maria, ballot_id)[1] == {1: 1, 2: 0, 3: 1, 4: 0}


def test_scores_take_two_activations_for_each_recommendation(asked, browser):
    """A-5: Scores, first the third and then the number."""
    made, ballot_id = asked(Method.SCORES, 2)

    browser.follow("Start")
    for word in ("High: 7, 8 or 9", "9", "Low: 1, 2 or 3", "1"):
        browser.press(word)

    assert browser.n_presses == 5
    assert browser.page.headings == ["Your answers are counted"]
    assert voting.my_answers(made.maria, ballot_id)[1] == {1: 9, 2: 1}


def test_a_score_is_kept_from_its_first_step_on(asked, browser):
    made, ballot_id = asked(Method.SCORES, 2)

    browser.follow("Start")
    browser.press("Middle: 4, 5 or 6")

    assert voting.my_answers(made.maria, ballot_id)[1] == {1: 5}


def test_pressing_the_third_of_a_score_again_keeps_its_exact_number(asked, browser):
    made, ballot_id = asked(Method.SCORES, 2)
    browser.follow("Start")
    browser.press("High: 7, 8 or 9")
    browser.press("7")
    browser.follow("Back")

    browser.press("High: 7, 8 or 9")

    assert voting.my_answers(made.maria, ballot_id)[1] == {1: 7}


def test_the_second_step_of_a_score_needs_the_first(asked, browser):
    asked(Method.SCORES)
    browser.follow("Start")

    browser.open(str(browser.response.url.path) + "/exact")

    assert "High: 7, 8 or 9" in browser.page.buttons


def test_an_order_that_is_kept_takes_one_activation_more_than_there_are_recommendations(
    asked, browser
):
    """A-5: Ranking, when the order is right as it stands."""
    made, ballot_id = asked(Method.RANKING, 3)

    browser.follow("Start")
    browser.follow("Next one")
    browser.follow("Next one")
    browser.press("Keep this order")

    assert browser.n_presses == 4
    assert ranking_page(made.maria, ballot_id, 1).is_counted


@pytest.mark.parametrize("method", list(Method))
def test_no_page_has_more_than_six_targets(asked, browser, method):
    """A-4: Every method."""
    asked(method, 3)

    browser.follow("Start")

    assert len(browser.page.buttons) + len(browser.page.links) <= 6


def test_a_move_that_no_page_offers_is_refused(asked, browser):
    """V13: Rankings."""
    asked(Method.RANKING, 3)
    browser.follow("Start")
    address, data = (
        browser.filled("Move down")
        if "Move down" in browser.page.buttons
        else (browser.filled("Move up"))
    )

    response = browser.client.post(address, data={**data, "move": "sideways"})

    assert response.status_code == 400


def test_the_review_of_a_ranking_stands_in_its_order(asked, browser):
    asked(Method.RANKING, 3)
    browser.follow("Start")
    browser.follow("Next one")
    browser.follow("Next one")
    browser.press("Keep this order")

    browser.follow("See or change")

    words = browser.response.text
    assert words.index("Place 1") < words.index("Place 2") < words.index("Place 3")


def test_answering_for_somebody_is_offered_once_they_agreed(asked, browser):
    made, _ = asked(Method.AGREEMENT)
    browser.follow("Who presses")
    before = len(browser.page.buttons)
    proxies.write_down(made.people["Maria Delgado"].attendance_id, "Elena", "in an e-mail of May 3")

    browser.open(str(browser.response.url.path))
    browser.press("I am Elena and answer for Maria Delgado")

    assert before == 2
    assert browser.response.status_code == 200


def test_a_button_that_leads_nowhere_leaves_its_place_empty(asked, browser):
    """A-9: Where a gaze just moved something up, nothing then moves it down."""
    made, ballot_id = asked(Method.RANKING, 3)
    first = ranking_page(made.maria, ballot_id, 1).order[0].position
    browser.follow("Start")

    browser.open(f"{str(browser.response.url.path).rpartition('/')[0]}/{first}")

    buttons = browser.response.text.partition('class="answers"')[2]
    assert buttons.index('class="hold"') < buttons.index("Move down")
    assert "Move up" not in buttons
