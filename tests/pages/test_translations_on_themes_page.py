"""Words in another language on the screen of themes: their translation is written beside them."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.translations import TranslationState
from services import jobs, themes, translations
from services.access import acting_as
from services.theme_finding import find_themes_of_meeting
from tests.made_translation import (
    CHAIR,
    PHONE,
    PHONE_IN_ENGLISH,
    say_in_spanish,
    translate,
    translate_and_review,
    waiting,
)
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import MEETING, THEMES

IN_ENGLISH = "The wheelchair order waited for a letter that the wheelchair vendor had lost again."


@pytest.fixture
def meeting_id(app_runtime):
    """A meeting with six English turns and two Spanish ones, its themes found."""
    meeting_id = staged.meeting_with_words(staged.programme())
    say_in_spanish(meeting_id)
    return meeting_id


def key_of(meeting_id, words=PHONE):
    one = waiting(meeting_id, words)
    return f"{one.utterance_id}_{one.original_sha256[:12]}"


def test_the_list_tells_how_many_wait_for_what(meeting_id, open_page):
    translate(meeting_id)

    told = text_of(open_page(THEMES, view="Set aside"))

    assert "2 of 8 passages in another language, not grouped yet" in told
    assert "2 not grouped: 1 without a translation, 1 waiting for review." in told


def test_a_translation_is_written_reviewed_and_undone_on_the_screen(meeting_id, open_page):
    key = key_of(meeting_id)
    at = open_page(THEMES, view="Set aside")

    at.text_area(key=f"english_{key}").set_value(IN_ENGLISH).run()
    at.button(key=f"keep_{key}").click().run()
    assert waiting(meeting_id).state is TranslationState.WAITING
    at.button(key=f"review_{key}").click().run()
    assert waiting(meeting_id).state is TranslationState.REVIEWED
    at.button(key="undo_themes").click().run()

    assert not at.exception
    assert waiting(meeting_id).state is TranslationState.WAITING


def test_what_is_refused_stays_in_its_field(meeting_id, open_page):
    key = key_of(meeting_id)
    at = open_page(THEMES, view="Set aside")
    at.text_area(key=f"english_{key}").set_value(IN_ENGLISH).run()
    translate(meeting_id)  # somebody else is faster

    at.button(key=f"keep_{key}").click().run()

    assert "Somebody else wrote a translation" in " ".join(w.value for w in at.warning)
    assert at.text_area(key=f"english_{key}").value == IN_ENGLISH
    assert PHONE_IN_ENGLISH in text_of(at)


def test_the_quote_is_drawn_in_its_language_with_the_translation_outside_of_it(
    meeting_id, open_page
):
    translate_and_review(meeting_id, PHONE, IN_ENGLISH)
    theme = next(
        t
        for t in themes.theme_report(meeting_id, n_quotes=99).themes
        if PHONE in [q.quote.text for q in t.quotes]
    )

    drawn = html_of(open_page(THEMES, theme=theme.theme_id))

    quote, _, below = drawn.partition(f'lang="es">“{PHONE}”</p>')[2].partition("</blockquote>")
    assert IN_ENGLISH not in quote
    assert below.startswith('<p class="rt-translation" dir="auto"><strong>Translation, reviewed')
    assert f'<span lang="en">{IN_ENGLISH}</span>' in below
    assert f"“{IN_ENGLISH}" not in drawn


def test_the_list_says_who_wrote_and_who_reviewed(meeting_id, open_page):
    with acting_as(Actor("Ann", (Grant(StaffRole.FACILITATOR),))):
        made = translate(meeting_id)
    with acting_as(Actor("Bea", (Grant(StaffRole.REVIEWER),))):
        translations.review(made)

    told = text_of(open_page(THEMES, view="Set aside"))

    assert "Written by Ann" in told
    assert "reviewed by Bea" in told


def test_one_person_who_did_both_is_told(meeting_id, open_page):
    translations.review(translate(meeting_id))

    assert "reviewed by the same person" in text_of(open_page(THEMES, view="Set aside"))


def test_what_somebody_typed_stays_text(meeting_id, open_page):
    translate_and_review(meeting_id, PHONE, "The <script>wheelchair</script> **order** was lost.")

    drawn = html_of(open_page(THEMES, view="Set aside"))

    assert "<script>" not in drawn
    assert "&lt;script&gt;wheelchair" in drawn


def test_who_may_not_translate_reads_the_list_and_has_no_field(meeting_id, open_page):
    translate(meeting_id)

    at = open_page(THEMES, view="Set aside", **{"as": "leader"})

    assert CHAIR in text_of(at)
    assert not at.text_area
    assert not [b for b in at.button if b.label == "Mark as reviewed"]


def test_a_reviewed_translation_asks_for_the_themes_to_be_found_again(meeting_id, open_page):
    translations.review(translate(meeting_id))

    at = open_page(THEMES, view="Set aside")

    assert at.button(key="main_action").label == "Find themes again"


def test_grouped_by_their_translation_words_are_still_listed_to_change_it(meeting_id, open_page):
    translate_and_review(meeting_id, PHONE, IN_ENGLISH)
    key = key_of(meeting_id)
    at = open_page(THEMES, view="Set aside")

    at.button(key=f"end_{key}").click().run()

    assert waiting(meeting_id).translation is None
    assert not at.exception


def test_what_is_half_in_another_language_has_a_place_of_its_own(meeting_id, open_page):
    half = "We wait for the chair and nobody calls. No hay nadie que nos ayude con el papeleo."
    say_in_spanish(meeting_id, half, who=1)
    key = key_of(meeting_id, half)
    at = open_page(THEMES, view="Set aside")

    at.text_area(key=f"english_{key}").set_value(IN_ENGLISH).run()
    at.button(key=f"keep_{key}").click().run()
    at.button(key=f"review_{key}").click().run()

    told = text_of(at)
    assert "1 of 9 passages partly in another language, grouped as they stand" in told
    assert "1 reviewed since the themes were found. Where somebody changes language" in told
    assert "Partly in Spanish. Written by" in told
    assert at.button(key="main_action").label == "Find themes again"


@pytest.mark.parametrize("where", ["find_translated", "find_{}"])
def test_the_way_from_a_review_to_the_theme_needs_no_other_screen(meeting_id, open_page, where):
    translations.review(translate(meeting_id, PHONE, IN_ENGLISH))
    at = open_page(THEMES, view="Set aside")
    before = text_of(at)

    at.button(key=where.format(key_of(meeting_id))).click().run()
    find_themes_of_meeting(meeting_id)  # what the worker does
    at.run()

    assert "1 translation was reviewed since the themes were found" in before
    assert jobs.newest(meeting_id, themes.THEMES) is not None
    told = text_of(at)
    assert "reviewed since the themes were found: what they say" not in told
    assert "Grouped in “" in told
    assert not at.exception


def test_who_may_not_find_themes_is_told_that_they_are_behind(meeting_id, open_page):
    translations.review(translate(meeting_id, PHONE, IN_ENGLISH))

    at = open_page(THEMES, view="Set aside", **{"as": "leader"})

    assert "1 translation was reviewed since the themes were found" in text_of(at)
    assert not [b for b in at.button if b.key == "find_translated"]


def test_a_grouped_translation_leads_to_its_theme(meeting_id, open_page):
    translate_and_review(meeting_id, PHONE, IN_ENGLISH)
    theme = waiting(meeting_id).theme

    at = open_page(THEMES, view="Set aside")

    assert f"Grouped in “{theme[1]}”." in text_of(at)


def test_at_a_glance_what_is_not_grouped_leads_to_the_list(meeting_id, open_page):
    at = open_page(MEETING, meeting=meeting_id)

    links = [one.proto for one in at.get("page_link") if "not grouped (Spanish)" in one.proto.label]

    assert len(links) == 1
    assert "view=Set+aside" in links[0].query_string
