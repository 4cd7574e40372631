"""The screen "Who did what"."""

from tests.pages.conftest import text_of
from ui.screens import AUDIT


def test_the_language_model_and_its_way_are_named(open_page, app_runtime):
    page = open_page(AUDIT)

    assert not page.exception
    assert "read meaning with" in text_of(page)
    assert app_runtime.model_name[1] in text_of(page)


def test_a_log_without_events_says_so(open_page):
    page = open_page(AUDIT)

    assert "The log is whole" in page.success[0].value
