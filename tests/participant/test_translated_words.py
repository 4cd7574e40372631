"""What somebody said in another language, on their own page."""

import pytest

from services import links
from tests.made_translation import PHONE, say_in_spanish, translate_and_review, waiting
from tests.pages import staged

ORDER = "The wheelchair order waited for a letter that <the> vendor had lost."


@pytest.fixture
def own_page(app_runtime, browser):
    """The page of the turn in Spanish, translated and reviewed."""
    meeting_id = staged.meeting_with_words(staged.programme())
    say_in_spanish(meeting_id)
    translate_and_review(meeting_id, PHONE, ORDER)
    home = browser.client.get(f"/p/j/{links.secrets_for(meeting_id)[0][1]}").url.path
    root = "/".join(home.split("/")[:3])
    return browser.client.get(f"{root}/words/t/{waiting(meeting_id).utterance_id}").text


def test_their_words_are_marked_with_the_language_they_said_them_in(own_page):
    assert f'<blockquote class="own" lang="es" dir="auto">{PHONE}</blockquote>' in own_page


def test_the_translation_stands_beside_them_and_says_whose_it_is(own_page):
    _, _, below = own_page.partition("</blockquote>")

    assert "Translation, reviewed by the team:" in below
    assert "letter that &lt;the&gt; vendor" in below
    assert "Whoever takes the words back takes it back too." in below
