import pytest

from analysis.theme_speakers import Amount
from domain.talk import ConsentUse
from services import jobs, live, meetings, theme_desk, theme_edits, theme_speakers, themes
from services.theme_edits import Chosen
from services.theme_finding import find_themes_of_meeting
from store import consent
from store import jobs as kept_jobs
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import THEMES


@pytest.fixture
def meeting_id(app_runtime):
    """A meeting whose themes were found."""
    meeting_id = staged.meeting_with_words(staged.programme())
    find_themes_of_meeting(meeting_id)
    return meeting_id


def test_the_quotes_of_the_first_theme_stand_as_they_were_said(meeting_id, open_page):
    first = themes.theme_report(meeting_id).themes[0]

    at = open_page(THEMES)

    assert not at.exception
    assert first.quotes[0].quote.text in text_of(at)


def test_the_address_opens_the_theme_that_it_names(meeting_id, open_page):
    last = themes.theme_report(meeting_id).themes[-1]

    at = open_page(THEMES, theme=last.theme_id)

    assert f"<h2>{last.name}</h2>" in html_of(at)


def test_a_press_on_a_theme_puts_it_into_the_address(meeting_id, open_page):
    last = themes.theme_report(meeting_id).themes[-1]
    at = open_page(THEMES)

    at.button(key=f"open_{last.theme_id}").click().run()

    assert last.theme_id in at.query_params["theme"]


@pytest.mark.parametrize("view", ["Map", "When", "Who", "Sizes", "Set aside", "Changes"])
def test_every_view_opens_from_its_address(meeting_id, open_page, view):
    at = open_page(THEMES, view=view)

    assert not at.exception


def test_words_without_themes_offer_to_find_them(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    at = open_page(THEMES)

    at.button(key="find").click().run()

    assert not at.exception
    assert jobs.newest(meeting_id, themes.THEMES)
    assert "Stop finding themes" in [b.label for b in at.button]


def test_finding_themes_can_be_stopped(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    themes.request_themes(meeting_id)
    at = open_page(THEMES)

    next(b for b in at.button if b.label == "Stop finding themes").click().run()

    assert jobs.newest(meeting_id, themes.THEMES).state == "cancelled"


def test_a_meeting_without_words_says_what_to_do(app_runtime, open_page):
    staged.meeting_with_people(staged.programme())

    at = open_page(THEMES)

    assert "No words yet" in text_of(at)


def test_a_leader_is_not_offered_to_find_themes(meeting_id, open_page):
    at = open_page(THEMES, **{"as": "leader"})

    assert not any("Find" in b.label for b in at.main.button)


def test_names_of_speakers_do_not_stand_beside_their_words(meeting_id, open_page):
    at = open_page(THEMES)

    assert not any(name in text_of(at) for name in staged.GROUPS)


def test_of_somebody_who_is_only_counted_no_word_is_on_any_view(app_runtime, store, open_page):
    """B-4: Grouped only: the map, the list and what is set aside show none of their words."""
    meeting_id = staged.meeting_with_words(staged.programme())
    ann = next(a for a in meetings.roster(meeting_id) if a.name == staged.ANN)
    with store.write() as tx:
        consent.add_consent(
            tx,
            meeting_id,
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="Ann",
            attendance_id=ann.attendance_id,
        )
    find_themes_of_meeting(meeting_id)
    hers = [words for who, words in staged.SAID if who == staged.ANN]

    for view in ("Themes", "Map", "When", "Who", "Sizes", "Set aside", "Changes"):
        at = open_page(THEMES, view=view)
        drawn = (
            text_of(at) + html_of(at) + repr([chart.proto for chart in at.get("vega_lite_chart")])
        )
        assert not at.exception
        assert not any(words in drawn for words in hers)
    assert {t.n_people for t in themes.theme_report(meeting_id).themes} == {3}


def test_words_that_are_not_shared_yet_offer_no_search_for_themes(app_runtime, open_page):
    meeting_id = staged.meeting_with_people(staged.programme())
    live.scribe(meeting_id, "Nobody was told anything.", stakeholder_group=None)

    at = open_page(THEMES)

    assert "Nothing is shared yet" in text_of(at)
    assert not any(b.key == "find" for b in at.button)


def correcting(open_page, **address):
    """The page with the tools to correct."""
    at = open_page(THEMES, **address)
    at.toggle(key="correct").set_value(True).run()
    assert not at.exception
    return at


def test_the_tools_to_correct_stay_away_until_they_are_asked_for(meeting_id, open_page):
    at = open_page(THEMES)

    assert not [b for b in at.main.button if b.label in ("Rename", "Move", "Pin")]
    assert not at.main.checkbox


def test_whoever_may_not_correct_is_offered_no_tools(meeting_id, open_page):
    at = open_page(THEMES, **{"as": "leader"})

    assert not [t for t in at.main.toggle if t.label == "Correct by hand"]


def test_a_renamed_theme_stands_under_its_name_with_undo_beside_it(meeting_id, open_page):
    first = themes.theme_report(meeting_id).themes[0]
    at = correcting(open_page)

    at.text_input(key=f"name_{first.theme_id}").set_value("Orders that wait").run()
    at.button(key=f"rename_{first.theme_id}").click().run()
    assert "<h2>Orders that wait</h2>" in html_of(at)

    at.button(key="undo_themes").click().run()
    assert f"<h2>{first.name}</h2>" in html_of(at)
    assert not at.exception


def test_two_themes_join_and_part_again(meeting_id, open_page):
    one, other = themes.theme_report(meeting_id).themes[:2]
    at = correcting(open_page)

    at.selectbox(key=f"join_into_{one.theme_id}").set_value(other.theme_id).run()
    at.button(key=f"join_{one.theme_id}").click().run()
    assert [t.theme_id for t in themes.theme_report(meeting_id).themes] == [other.theme_id]

    at.button(key="undo_themes").click().run()
    assert len(themes.theme_report(meeting_id).themes) == 2
    assert not at.exception


def test_ticked_quotes_move_to_another_theme(meeting_id, open_page):
    one, other = themes.theme_report(meeting_id).themes[:2]
    moved = one.quotes[0]
    at = correcting(open_page)

    at.checkbox(key=f"tick_{moved.passage_id}").check().run()
    at.selectbox(key="move_into").set_value(other.theme_id).run()
    at.button(key="move").click().run()

    assert not at.exception
    quotes = themes.theme_quotes(meeting_id, other.theme_id)
    assert moved.passage_id in {q.passage_id for q in quotes}


def test_ticked_quotes_become_a_new_theme(meeting_id, open_page):
    one = themes.theme_report(meeting_id).themes[0]
    at = correcting(open_page)

    at.checkbox(key=f"tick_{one.quotes[0].passage_id}").check().run()
    at.text_input(key="new_theme_name").set_value("Letters").run()
    at.button(key="make_theme").click().run()

    assert "Letters" in [t.name for t in themes.theme_report(meeting_id).themes]
    assert not at.exception


def test_a_pinned_quote_stands_first_and_says_so(meeting_id, open_page):
    one = themes.theme_report(meeting_id).themes[0]
    last = one.quotes[-1]
    at = correcting(open_page)

    at.checkbox(key=f"tick_{last.passage_id}").check().run()
    at.button(key="pin").click().run()

    assert themes.theme_report(meeting_id).themes[0].quotes[0].quote == last.quote
    assert "Pinned." in text_of(at)


def test_what_is_set_aside_can_be_put_back_from_its_list(meeting_id, open_page):
    one = themes.theme_report(meeting_id).themes[0]
    quote = one.quotes[0]
    theme_edits.set_aside(meeting_id, Chosen((quote.passage_id,)))
    at = correcting(open_page, view="Set aside")
    assert "set aside by hand" in text_of(at)

    at.checkbox(key=f"tick_{quote.passage_id}").check().run()
    at.selectbox(key="move_into").set_value(one.theme_id).run()
    at.button(key="move").click().run()

    assert "Nothing is set aside" in text_of(at)


def test_a_refused_correction_says_what_to_do(meeting_id, open_page):
    first = themes.theme_report(meeting_id).themes[0]
    at = correcting(open_page)

    at.text_input(key=f"name_{first.theme_id}").set_value(" ").run()
    at.button(key=f"rename_{first.theme_id}").click().run()

    assert "two to five words" in at.warning[0].value


def test_the_changes_tell_who_corrected_what_and_undo_it(meeting_id, open_page):
    first = themes.theme_report(meeting_id).themes[0]
    edit_id = theme_edits.rename(meeting_id, first.theme_id, "Orders that wait")
    at = open_page(THEMES, view="Changes")
    assert "Named a theme “Orders that wait”" in text_of(at)

    at.button(key=f"end_{edit_id}").click().run()

    assert themes.theme_report(meeting_id).themes[0].name == first.name
    assert "Do again" in [b.label for b in at.main.button]


def test_nothing_corrected_yet_says_how_to_begin(meeting_id, open_page):
    at = open_page(THEMES, view="Changes")

    assert "Turn on “Correct by hand”" in text_of(at)
    assert "nothing to compare with" in text_of(at)


def test_what_the_last_finding_changed_is_told_in_words(meeting_id, open_page):
    find_themes_of_meeting(meeting_id)

    at = open_page(THEMES, view="Changes")

    assert "The same themes" in text_of(at)


def test_a_breadth_in_the_address_shows_so_many_themes(meeting_id, open_page):
    desk = theme_desk.open_themes(meeting_id)

    at = open_page(THEMES, breadth=str(desk.fewest))

    assert not at.exception
    assert len([b for b in at.main.button if b.key and b.key.startswith("open_")]) == desk.fewest


@pytest.mark.parametrize("breadth", ["x", "-1", "²", "99999999"])
def test_an_odd_breadth_in_the_address_shows_the_themes_as_found(meeting_id, open_page, breadth):
    at = open_page(THEMES, breadth=breadth)

    assert not at.exception
    assert len([b for b in at.main.button if b.key and b.key.startswith("open_")]) == 2


def test_words_that_were_typed_by_hand_cannot_become_markup(meeting_id, open_page):
    first = themes.theme_report(meeting_id).themes[0]
    theme_edits.rename(meeting_id, first.theme_id, "<b>Bold</b> :red[x]")
    theme_edits.note(meeting_id, first.theme_id, "<script>alert(1)</script>")

    at = open_page(THEMES)

    assert "<b>Bold" not in html_of(at)
    assert "<script>" not in html_of(at)
    assert "&lt;script&gt;" in html_of(at)


def test_a_failed_search_says_why_and_leaves_the_last_themes(meeting_id, store, open_page):
    first = themes.theme_report(meeting_id).themes[0]
    job_id = themes.request_themes(meeting_id)
    with store.write() as tx:
        kept_jobs.finish(tx, job_id, kept_jobs.JobState.FAILED, "The model is missing.")

    at = open_page(THEMES)

    assert "The model is missing" in at.warning[0].value
    assert f"<h2>{first.name}</h2>" in html_of(at)


def test_the_words_of_the_open_theme_stand_below_the_map(meeting_id, open_page):
    last = themes.theme_report(meeting_id).themes[-1]

    at = open_page(THEMES, view="Map", theme=last.theme_id)

    assert last.quotes[0].quote.text in text_of(at)


def test_when_things_were_said_is_drawn_with_a_lane_for_each_family(meeting_id, open_page):
    at = open_page(THEMES, view="When")

    assert "in the lane of its speaker's family" in text_of(at)


def test_who_speaks_is_not_told_of_three_people(meeting_id, open_page):
    told = html_of(open_page(THEMES, view="Who"))

    assert "too few" in told
    assert " of 3<" not in told


@pytest.fixture
def broad(meeting_id):
    """The fewest themes that a view can show, and the name of the one that holds several."""
    desk = theme_desk.open_themes(meeting_id, 1)
    assert desk.breadth < desk.as_found
    return str(desk.breadth), desk.shown[0]


@pytest.mark.parametrize("view", ["Map", "When", "Who", "Sizes"])
def test_every_picture_follows_the_breadth(broad, open_page, view):
    breadth, family = broad

    at = open_page(THEMES, view=view, breadth=breadth)

    assert not at.exception
    assert family.name in text_of(at) + html_of(at)


def test_quotes_are_corrected_at_another_breadth_too(meeting_id, broad, open_page):
    breadth, _ = broad
    at = open_page(THEMES, breadth=breadth)
    at.toggle(key="correct").set_value(True).run()
    (first, *_) = [box for box in at.checkbox if box.key.startswith("tick_")]
    first.check().run()

    at.button(key="set_aside").click().run()

    assert not at.exception
    (aside, *_) = theme_desk.open_themes(meeting_id).aside
    assert f"tick_{aside.quotes[0].passage_id}" == first.key


def test_one_press_leads_from_another_breadth_to_the_theme_as_found(broad, open_page):
    breadth, family = broad
    at = open_page(THEMES, breadth=breadth)
    at.toggle(key="correct").set_value(True).run()

    at.button(key="go_as_found").click().run()

    assert not at.exception
    assert at.button(key=f"rename_{family.found_in}")


def test_at_another_breadth_who_speaks_is_told_in_words_alone(meeting_id, broad):
    """Between numbers of nested views somebody could count single people."""
    breadth, family = broad

    told = theme_speakers.speakers_at(meeting_id, int(breadth))

    assert family.name in {theme.name for theme in told}
    assert all(
        part.n_speaking is None or part.amount is Amount.NOBODY
        for theme in told
        for part in (theme.on_screen.whole, *theme.on_screen.groups)
    )


def test_the_map_shows_the_themes_of_the_breadth(meeting_id, broad):
    desk = theme_desk.open_themes(meeting_id, int(broad[0]))

    named = {p.theme_name for p in desk.points if p.rank is not None}

    assert named == {theme.name for theme in desk.shown}
