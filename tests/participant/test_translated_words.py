"""What somebody said in another language, on their own page."""

import pytest

from services import links
from tests.made_translation import PHONE, say_in_spanish, translate_and_review, waiting
from tests.pages import staged

HALF = "I told <him> que no podíamos esperar más, and he left."
ORDER = "The wheelchair order waited for a letter that <the> vendor had lost."


@pytest.fixture
def meeting_id(app_runtime):
    return staged.meeting_with_words(staged.programme())


@pytest.fixture
def own_page(meeting_id, browser):
    """The page of the turn in Spanish, translated and reviewed."""
    say_in_spanish(meeting_id)
    translate_and_review(meeting_id, PHONE, ORDER)
    return page_of(meeting_id, browser, PHONE)


def page_of(meeting_id, browser, words):
    home = browser.client.get(f"/p/j/{links.secrets_for(meeting_id)[0][1]}").url.path
    root = "/".join(home.split("/")[:3])
    return browser.client.get(f"{root}/words/t/{waiting(meeting_id, words).utterance_id}").text


def test_their_words_are_marked_with_the_language_they_said_them_in(own_page):
    assert f'<blockquote class="own" lang="es" dir="auto">{PHONE}</blockquote>' in own_page


def test_the_translation_stands_beside_them_and_says_whose_it_is(own_page):
    _, _, below = own_page.partition("</blockquote>")

    assert "Translation, reviewed by the team:" in below
    assert "letter that &lt;the&gt; vendor" in below
    assert "Whoever takes the words back takes it back too." in below


def test_where_their_words_change_language_the_page_says_so(meeting_id, browser):
    say_in_spanish(meeting_id, HALF)

    told = page_of(meeting_id, browser, HALF)

    assert 'I told &lt;him&gt; <span lang="es">que no podíamos esperar más</span>, and he' in told
