"""My words on pages without scripts: everything is seen, taken back, put back and deleted."""

from dataclasses import replace

import pytest

from domain.promises import PROMISES
from services import family, links, recommendations
from services.my_words import my_words
from services.word_uses import Shown
from tests.made_vote import make_vote
from tests.made_words import ALARM, MARIA, TOM, make_words, withhold

WISH = "Elena may act for her, as she wrote on her form."


@pytest.fixture
def words(vote):
    """The vote with what Maria and Tom said."""
    make_words(vote)
    return vote


@pytest.fixture
def maria(words, browser):
    """A browser that shows Maria's first turn."""
    browser.open(f"/p/j/{words.maria}")
    browser.follow("My words")
    browser.follow("See my words")
    return browser


def family_link(words):
    attendance_id = words.people["Maria Delgado"].attendance_id
    url = family.record_death(attendance_id, name="Elena Delgado", wish=WISH)
    return url[url.index("/p/f/") :]


def second(browser):
    """Maria's second turn, which is quoted."""
    return browser.follow("Next")


def test_every_turn_is_reached_one_after_the_other(maria):
    pages = [maria.page, second(maria), maria.follow("Next"), maria.follow("Next")]

    assert [said in page.text for said, page in zip(MARIA, pages, strict=True)] == [True] * 4
    assert "4 of 4" in pages[-1].text
    assert maria.follow("To the overview").headings == ["My words"]


def test_the_overview_says_how_much_others_can_read(words, browser):
    withhold(words, MARIA[0][:20])
    browser.open(f"/p/j/{words.maria}")

    text = browser.follow("My words").text

    assert "You said or wrote 4 things. Others can read 3 of them, without a name." in text


def test_what_is_kept_back_from_others_is_shown_to_the_person_as_it_was_heard(words, browser):
    withhold(words, MARIA[0][:20])
    browser.open(f"/p/j/{words.maria}")
    browser.follow("My words")

    text = browser.follow("See my words").text

    assert MARIA[0] in text
    assert "Only the people who run the meeting can read this." in text


def test_a_use_is_told_with_the_exact_quote_the_recommendation_and_the_vote(maria):
    text = second(maria).text

    assert f"Recommendation 1 quotes “{ALARM}”." in text
    assert "Lend equipment number 1 within a week" in text
    assert "in “Priorities”" in text


def test_quoted_words_are_listed_and_open(words, browser):
    browser.open(f"/p/j/{words.maria}")
    browser.follow("My words")

    page = browser.follow("Where I am quoted")
    opened = browser.follow("Open these words")

    assert ALARM in page.text
    assert MARIA[1] in opened.text


def test_one_press_takes_words_back_and_one_puts_them_back(words, maria):
    """B-4: With the way back on the same page."""
    taken = maria.press("Take this back")
    hidden = my_words(words.maria).turns[0].shown
    put = maria.press("Put this back")

    assert "Nobody is shown it." in taken.text
    assert hidden is Shown.NOBODY
    assert "Others can read this, without a name." in put.text


def test_a_recommendation_loses_the_quote_that_was_taken_back(words, maria):
    """B-11: It keeps its text."""
    second(maria)

    page = maria.press("Take this back")

    (view, *_) = recommendations.recommendations(words.meeting_id)
    assert view.evidence == ()
    assert "recommendations that had quoted it do not get it back by themselves" in page.text


def test_words_can_be_made_private_and_open_again(words, maria):
    kept = maria.press("Private from the person I came with")
    opened = maria.press("No longer private")

    assert "It is private from the person who came with you" in kept.text
    assert "private from the person who came with you" not in opened.text


def test_deleting_is_asked_once_and_can_be_left(words, maria):
    """B-10: This cannot be undone, so it is asked."""
    asked = maria.follow("Delete these words for good")
    maria.follow("Keep them")

    assert "This cannot be undone." in asked.text
    assert len(my_words(words.maria).turns) == 4


def test_deleted_words_are_gone(words, maria):
    """B-10: In two presses."""
    maria.follow("Delete these words for good")

    page = maria.press("Delete for good")

    assert "Deleted. The words are not here any more." in page.text
    assert MARIA[0] not in [turn.text for turn in my_words(words.maria).turns]


def test_everything_is_taken_back_put_back_and_deleted(words, browser):
    """B-10: All at once, each in one press."""
    browser.open(f"/p/j/{words.maria}")
    browser.follow("My words")
    browser.follow("All at once")

    taken = browser.press("Take everything back")
    put = browser.press("Put everything back")
    browser.follow("Delete all my words")
    gone = browser.press("Delete all for good")

    assert "Everything is taken back. Nobody is shown any of it." in taken.text
    assert "0 of 4 are taken back." in put.text
    assert "No words of yours are kept here." in gone.text
    assert [turn.text for turn in my_words(words.tom).turns] == list(TOM)


def test_two_links_in_one_browser_show_two_peoples_words(words, browser):
    """S2: The address decides whose words they are, never the newest cookie."""
    browser.open(f"/p/j/{words.maria}")
    home = browser.response.url.path
    browser.open(f"/p/j/{words.tom}")
    toms = browser.follow("My words")

    browser.open(f"{home}words")
    marias = browser.follow("See my words")
    maria_takes = browser.press("Take this back")

    assert "You said or wrote 1 thing." in toms.text
    assert MARIA[0] in marias.text
    assert "Answering as Maria Delgado" in maria_takes.text
    assert my_words(words.tom).turns[0].shown is Shown.WORDS


def test_somebody_elses_words_and_none_give_the_same_page(words, maria):
    """S6, V4: Own and other."""
    root = maria.response.url.path.partition("/words/")[0]
    theirs = my_words(words.tom).turns[0].utterance_id

    other = maria.client.get(f"{root}/words/t/{theirs}")
    unknown = maria.client.get(f"{root}/words/t/nowhere")

    assert (other.status_code, other.text) == (404, unknown.text)


@pytest.mark.parametrize("wanted", ["take-back", "put-back", "private", "not-private"])
def test_a_press_on_somebody_elses_words_changes_nothing(words, maria, wanted):
    """S6: With one's own mark."""
    theirs = my_words(words.tom).turns[0].utterance_id
    mine = my_words(words.maria).turns[0].utterance_id
    address, data = maria.filled("Take this back")

    response = maria.client.post(address.replace(mine, theirs), data={**data, "wanted": wanted})

    assert response.status_code in (403, 404)
    assert my_words(words.tom).turns[0].shown is Shown.WORDS
    assert not my_words(words.tom).turns[0].is_private


@pytest.mark.parametrize("wanted", ["", "delete", "everything", "é"])
def test_a_change_that_no_button_offers_is_refused(words, maria, wanted):
    """V13: Values that no page of ours offers."""
    address, data = maria.filled("Take this back")

    response = maria.client.post(address, data={**data, "wanted": wanted})

    assert response.status_code == 400
    assert len(my_words(words.maria).turns) == 4


def test_a_form_from_another_site_takes_nothing_back(words, maria):
    """S4: By Sec-Fetch-Site."""
    address, data = maria.filled("Take this back")

    response = maria.client.post(address, data=data, headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert my_words(words.maria).n_taken_back == 0


def test_a_second_dwell_on_the_same_spot_takes_nothing_back(app_runtime, words, maria):
    """A-9: Within 0.7 seconds."""
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=3000)
    maria.open(maria.response.url.path)

    maria.press("Take this back")

    assert my_words(words.maria).n_taken_back == 0


def test_what_is_private_is_on_no_page_of_anybody_else(words, maria, new_browser):
    """B-4: Nor on the pages that all share."""
    maria.follow("Next")
    maria.press("Private from the person I came with")
    other = new_browser()
    other.open(f"/p/j/{words.tom}")
    pages = [
        other.page,
        other.follow("Help"),
        other.follow("What happened"),
        other.follow("To the start"),
    ]
    pages += [other.follow("My words"), other.follow("See my words")]

    assert not [page for page in pages if ALARM in page.text]


def test_the_family_reads_the_words_with_warm_words_first(words, browser):
    page = browser.open(family_link(words))

    assert page.headings == ["The words of Maria Delgado"]
    assert "Acting for Maria Delgado, as they wished" in page.text
    assert "We are sorry for your loss, Elena Delgado." in page.text
    assert browser.follow("See the words").text.count(MARIA[0]) == 1


def test_the_family_takes_back_and_deletes(words, browser):
    browser.open(family_link(words))
    browser.follow("See the words")
    taken = browser.press("Take this back")
    browser.follow("Delete these words for good")
    browser.press("Delete for good")

    assert "Nobody is shown it." in taken.text
    assert "Maria Delgado said or wrote 3 things." in browser.page.text


def test_the_family_is_not_asked_what_only_the_person_can_say(words, browser):
    browser.open(family_link(words))
    overview = browser.page
    browser.follow("See the words")

    assert "Private from the person I came with" not in browser.page.buttons
    assert "May we use your words?" not in overview.links


@pytest.mark.parametrize("path", ["who", "consent", "happened", "v/x/1"])
def test_the_familys_link_opens_no_other_page(words, browser, path):
    """S6: The words, help, and what is promised; nothing else."""
    browser.open(family_link(words))
    root = browser.response.url.path.rpartition("/")[0]

    assert browser.client.get(f"{root}/{path}").status_code == 404


def test_to_the_start_is_the_words_for_the_family(words, browser):
    browser.open(family_link(words))
    root = browser.response.url.path.rpartition("/")[0]

    assert browser.open(f"{root}/").headings == ["The words of Maria Delgado"]


def test_the_familys_link_is_not_in_the_address_after_it_was_opened(words, browser):
    """S3: The secret leaves the address bar, and its cookie is for these pages alone."""
    secret = family_link(words).rpartition("/")[2]
    browser.open(f"/p/f/{secret}")
    told = browser.response.history[0].headers["set-cookie"]

    assert secret not in str(browser.response.url) + browser.response.text
    assert "HttpOnly" in told
    assert f"Path={browser.response.url.path.rpartition('/')[0]}/" in told


def test_the_persons_own_link_says_that_it_stopped(words, maria):
    """S5: On the next press."""
    family_link(words)

    maria.press("Take this back")

    assert maria.response.status_code == 404
    assert my_words_of_family_is_whole(words)


def my_words_of_family_is_whole(words):
    (contact,) = family.contacts_of(words.meeting_id)
    return my_words(contact.url.rpartition("/")[2]).n_taken_back == 0


def test_a_replaced_link_shuts_my_words(words, maria):
    """S5: On the next request."""
    links.replace_link(words.people["Maria Delgado"].attendance_id)

    maria.open(maria.response.url.path)

    assert maria.response.status_code == 404
    assert MARIA[0] not in maria.page.text


def test_words_of_people_are_shown_as_they_are(app_runtime, browser):
    """O1, O2: No markup comes alive."""
    hostile = "<script>alert(1)</script> $x$ *stars* :red[x] {{ 7*7 }} %(n)s שלום"
    vote = make_vote()
    make_words(vote, extra=hostile)
    browser.open(f"/p/j/{vote.maria}")
    browser.follow("My words")
    browser.follow("See my words")

    for _ in range(4):
        browser.follow("Next")

    assert hostile in browser.page.text


@pytest.mark.parametrize("path", ["words", "words/all", "words/all/delete", "promises", "hard"])
def test_a_page_with_its_style_fits_in_14_kB(words, maria, path, record_property):
    """A-11: With its style, in at most two requests."""
    root = maria.response.url.path.partition("/words/")[0]
    page = maria.client.get(f"{root}/{path}")

    n_bytes = len(page.content) + len(maria.client.get("/p/style.css").content)

    record_property("figure", f"{n_bytes:,} bytes for {path}")
    assert page.status_code == 200
    assert n_bytes <= 14_000


def test_every_page_names_the_person_who_helps(app_runtime, words, maria):
    app_runtime.settings = replace(app_runtime.settings, contact="Michelle, 555 0100")
    root = maria.response.url.path.partition("/words/")[0]
    vote = f"/v/{words.ballot_id}"
    paths = [
        "/",
        "/help",
        "/hard",
        "/promises",
        "/words",
        f"{vote}/1",
        f"{vote}/stop/1",
        "/nowhere",
    ]

    pages = {path: maria.open(root + path).text for path in paths}

    assert [
        p for p, text in pages.items() if "A person helps you: Michelle, 555 0100" not in text
    ] == []


def test_one_press_on_help_says_that_stopping_is_fine_and_who_to_call(app_runtime, words, maria):
    app_runtime.settings = replace(app_runtime.settings, contact="Michelle, 555 0100")
    maria.follow("Help")

    text = maria.follow("This is hard today").text

    assert "You can stop now" in text
    assert "Nothing is lost" in text
    assert "Michelle, 555 0100" in text


def test_what_is_promised_is_one_press_from_home_help_and_consent(words, browser):
    browser.open(f"/p/j/{words.maria}")
    home = browser.page
    consent = browser.open(f"{browser.response.url.path}consent")
    helped = browser.follow("Help")
    page = browser.follow("What we promise")

    sentences = [sentence for promise in PROMISES for sentence in promise.sentences]
    assert "What we promise" in home.links
    assert "What we promise" in consent.links
    assert "What we promise" in helped.links
    assert [sentence for sentence in sentences if sentence not in page.text] == []
