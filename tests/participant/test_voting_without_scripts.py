from dataclasses import replace

from domain.votes import Answer
from services import ballots, links, recommendations, voting
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from tests.made_vote import make_vote


def join(browser, secret):
    return browser.open(f"/p/j/{secret}")


def test_a_whole_vote_takes_one_activation_more_than_it_has_recommendations(app_runtime, browser):
    """A-5, A-21: From the personal link, with nothing to type or remember."""
    vote = make_vote(10)
    join(browser, vote.maria)

    browser.follow("Start")
    for _ in range(10):
        browser.press("Agree")

    assert browser.n_presses == 11
    assert browser.page.headings == ["Your answers are counted"]
    assert len(voting.my_answers(vote.maria, vote.ballot_id)[1]) == 10


def test_with_consent_it_takes_two_more(app_runtime, browser):
    """A-5: Where consent is asked for the first time."""
    vote = make_vote(3, is_consent_known=False)
    join(browser, vote.maria)

    browser.press("Yes, but never quote me")
    browser.follow("Start")
    for _ in range(3):
        browser.press("Pass")

    assert browser.n_presses == 5
    assert browser.page.headings == ["Your answers are counted"]


def test_consent_is_asked_once_and_not_on_the_next_device(app_runtime, new_browser):
    vote = make_vote(3, is_consent_known=False)
    first, second = new_browser(), new_browser()
    join(first, vote.maria)
    first.press("No, do not use my words")

    join(second, vote.maria)

    assert "May we use your words?" not in second.page.headings


def test_the_statement_stands_before_its_answers_and_those_before_the_rest(vote, browser):
    join(browser, vote.maria)

    browser.follow("Start")

    html = browser.response.text.partition("<main>")[2]
    order = [
        "<h1",
        "Lend equipment number 1",
        "1 of 3",
        ">Agree<",
        ">Pass<",
        ">Disagree<",
        ">Back<",
    ]
    places = [html.index(words) for words in order]
    assert places == sorted(places)


def test_a_ballot_page_has_six_targets(vote, browser):
    """A-4: Answers, back, stop and help."""
    join(browser, vote.maria)

    browser.follow("Start")

    assert browser.page.buttons + list(browser.page.links) == [
        "Agree",
        "Pass",
        "Disagree",
        "Back",
        "Stop for now",
        "Help",
    ]


def test_every_page_says_who_answers_and_that_the_sample_is_invented(app_runtime, browser):
    vote = make_vote(1, is_sample=True)
    pages = [join(browser, vote.maria), browser.follow("Start"), browser.follow("Stop")]
    pages += [browser.follow("Help"), browser.follow("Back to")]
    pages += [
        browser.press("Agree"),
        browser.follow("See or change"),
        browser.follow("To the start"),
    ]
    pages += [
        browser.follow("Help"),
        browser.follow("What happened"),
        browser.follow("To the start"),
        browser.follow("Who"),
    ]

    for page in pages:
        assert "Answering as Maria Delgado" in page.text
        assert "Sample: people, words and votes are invented." in page.text


def test_back_and_another_answer_undo_a_wrong_one_in_two_activations(vote, browser):
    join(browser, vote.maria)
    browser.follow("Start")
    browser.press("Disagree")
    before = browser.n_presses

    browser.follow("Back")
    browser.press("Agree")

    assert browser.n_presses - before == 2
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.AGREE}


def test_an_answer_can_be_taken_back(vote, browser):
    join(browser, vote.maria)
    browser.follow("Start")
    browser.press("Disagree")
    browser.follow("Stop")

    browser.press("Take back answer 1")

    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {}
    assert "1 of 3" in browser.page.text


def test_a_whole_ballot_can_be_taken_back(vote, browser):
    join(browser, vote.maria)
    browser.follow("Start")
    browser.press("Disagree")
    browser.follow("Stop")
    browser.follow("Take all back")

    browser.press("Take all back")

    assert ballots.progress(vote.ballot_id).n_answered == 0
    assert browser.page.links["Start Priorities"]


def test_a_vote_goes_on_on_another_device_where_it_stopped(vote, new_browser):
    """A-19: What was acknowledged is there on the next device."""
    phone, tablet = new_browser(), new_browser()
    join(phone, vote.maria)
    phone.follow("Start")
    phone.press("Agree")

    join(tablet, vote.maria)
    tablet.follow("Go on")

    assert "2 of 3" in tablet.page.text


def test_a_vote_goes_on_after_the_server_was_started_again(vote, browser, app_runtime):
    """A-17: A new server knows what was answered."""
    join(browser, vote.maria)
    browser.follow("Start")
    browser.press("Agree")
    app_runtime.store.close()
    again = Runtime(app_runtime.settings)
    use_runtime(again)

    browser.press("Disagree")

    assert "3 of 3" in browser.page.text
    again.store.close()
    use_runtime(app_runtime)


def test_two_links_in_one_browser_stay_two_people(vote, browser):
    """S2: The address decides who answers, never the newest cookie."""
    maria = join(browser, vote.maria)
    home = browser.response.url.path
    tom = join(browser, vote.tom)
    browser.follow("Start")
    browser.press("Disagree")

    browser.open(home)
    browser.follow("Start")
    browser.press("Agree")

    assert ("Answering as Maria Delgado" in maria.text, "Answering as Tom Okafor" in tom.text) == (
        True,
        True,
    )
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.AGREE}
    assert voting.my_answers(vote.tom, vote.ballot_id)[1] == {1: Answer.DISAGREE}


def test_the_link_is_not_in_any_address_after_it_was_opened(vote, browser):
    """S3, B-9: The secret leaves the address bar."""
    join(browser, vote.maria)
    browser.follow("Start")

    assert vote.maria not in str(browser.response.url)
    assert vote.maria not in browser.response.text


def test_a_cookie_is_for_one_persons_pages_and_out_of_reach_of_scripts(vote, browser):
    """S3: HttpOnly, SameSite, one path."""
    join(browser, vote.maria)

    told = browser.response.history[0].headers["set-cookie"]
    assert "HttpOnly" in told
    assert "SameSite=lax" in told
    assert f"Path={browser.response.url.path}" in told
    assert "Secure" not in told


def test_over_https_the_cookie_never_travels_in_the_clear(vote, browser, app_runtime, tmp_path):
    """S3: Secure."""
    told = {"ROUNDTABLE_FOLDER": str(tmp_path), "ROUNDTABLE_PUBLIC_URL": "https://vote.example.org"}
    again = Runtime(read_settings(told))
    use_runtime(again)

    response = browser.client.get(f"/p/j/{vote.maria}", follow_redirects=False)

    assert response.headers["set-cookie"].startswith("__Secure-rt-")
    assert "; Secure" in response.headers["set-cookie"]
    again.store.close()
    use_runtime(app_runtime)


def test_a_second_copy_of_a_press_leads_to_the_same_place(vote, browser):
    """V1: The second copy is no fault of the voter."""
    join(browser, vote.maria)
    browser.follow("Start")
    address, data = browser.filled("Agree")

    first = browser.client.post(address, data=data, follow_redirects=False)
    second = browser.client.post(address, data=data, follow_redirects=False)

    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])


def test_an_old_press_after_a_change_shows_the_page_anew(vote, browser):
    """V2: On the page."""
    join(browser, vote.maria)
    browser.follow("Start")
    address, data = browser.filled("Agree")
    browser.press("Agree")
    browser.follow("Back")
    browser.press("Disagree")

    response = browser.client.post(address, data=data)

    assert response.status_code == 409
    assert "older than your answer" in response.text
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.DISAGREE}


def test_a_second_dwell_on_the_same_spot_answers_nothing(app_runtime, vote, browser):
    """A-9: Within 0.7 seconds."""
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=3000)
    join(browser, vote.maria)
    browser.follow("Start")

    browser.press("Agree")

    assert browser.response.status_code == 200
    assert "1 of 3" in browser.page.text
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {}


def test_more_than_ten_recommendations_are_two_sittings(app_runtime, browser):
    """A-7: After ten, a rest is offered."""
    vote = make_vote(12)
    join(browser, vote.maria)
    browser.follow("Start")
    for _ in range(10):
        browser.press("Agree")
    resting = browser.page.headings

    browser.follow("Go on")

    assert resting == ["Your answers are kept"]
    assert "11 of 12" in browser.page.text


def test_answers_can_be_read_and_changed_three_at_a_time(app_runtime, browser):
    vote = make_vote(4)
    join(browser, vote.maria)
    browser.follow("Start")
    for _ in range(4):
        browser.press("Agree")
    browser.follow("See or change")
    first = list(browser.page.links)
    browser.follow("More")

    browser.follow("Change answer 4")

    assert first == [
        "Change answer 1",
        "Change answer 2",
        "Change answer 3",
        "More",
        "To the start",
        "Help",
    ]
    assert "Your answer: Agree" in browser.page.text


def test_who_presses_can_be_told(vote, browser):
    join(browser, vote.maria)
    browser.follow("Who presses")

    browser.press("Someone presses for me; the answers are mine")

    assert voting.votes_of(vote.maria)[0].mode == "someone presses for me"


def test_help_names_the_person_to_ask(app_runtime, vote, browser):
    app_runtime.settings = replace(app_runtime.settings, contact="Michelle, 555 0100")
    join(browser, vote.maria)

    assert "This person helps you: Michelle, 555 0100" in browser.follow("Help").text


def test_help_leads_back_to_the_same_recommendation(vote, browser):
    join(browser, vote.maria)
    browser.follow("Start")
    browser.press("Agree")
    browser.follow("Help")

    assert "2 of 3" in browser.follow("Back to where I was").text


def test_words_of_people_are_shown_as_they_are(vote, browser):
    hostile = "<script>alert(1)</script> $x$ *stars* :red[x] {{ 7*7 }} שלום"
    recommendations.write(vote.meeting_id, hostile, author="test")
    ballots.open_ballot(vote.meeting_id, title="<b>Bold</b>")
    join(browser, vote.maria)
    browser.open(
        f"{browser.response.url.path}v/{ballots.ballots_of(vote.meeting_id)[0].ballot.ballot_id}/4"
    )

    assert hostile in browser.page.text
    assert browser.page.headings == ["<b>Bold</b>"]


def test_what_happened_tells_the_vote_in_words(vote, browser):
    for secret in vote.secrets.values():
        item = voting.ballot_page(secret, vote.ballot_id, 1).item
        voting.lay_answer(secret, vote.ballot_id, item.recommendation_id, Answer.AGREE)
    ballots.close_ballot(vote.ballot_id)
    join(browser, vote.maria)

    text = browser.follow("What happened").text

    assert "The vote: two thirds or more agree (6 answered)." in text
    assert "Nothing has been begun yet that answers these." in text


def test_after_the_close_the_receipt_says_that_nothing_can_change(vote, browser):
    join(browser, vote.maria)
    browser.follow("Start")
    browser.press("Agree")
    root = browser.response.url.path.rpartition("/")[0]
    ballots.close_ballot(vote.ballot_id)

    browser.open(f"{root}/done")

    assert "they can no longer be changed" in browser.page.text
    assert "Take all back" not in browser.page.links


def test_a_replaced_link_shuts_the_pages_of_the_old_one(vote, browser):
    join(browser, vote.maria)
    links.replace_link(vote.people["Maria Delgado"].attendance_id)

    browser.open(browser.response.url.path)

    assert browser.response.status_code == 404
    assert "ask the person who sent it" in browser.page.text


def test_a_first_ballot_page_with_its_style_fits_in_14_kB(app_runtime, browser):
    """A-11: With its style."""
    vote = make_vote(10)
    join(browser, vote.maria)
    browser.follow("Start")
    style = browser.client.get("/p/style.css")

    n_bytes = len(browser.response.content) + len(style.content)

    assert n_bytes <= 14_000
    assert browser.response.text.count("src=") + browser.response.text.count("<link") == 1


def test_a_vote_without_an_open_ballot_says_so(vote, browser):
    ballots.close_ballot(vote.ballot_id)

    join(browser, vote.maria)

    assert "The vote is closed." in browser.page.text
