import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from domain.votes import Asks
from services import links, panels, voting
from tests.made_session import make
from tests.pages.conftest import html_of, text_of
from tests.services.test_panels import GOLDEN
from ui.screens import GUIDED


@pytest.fixture
def made(app_runtime):
    return make(n_options=2)


@pytest.fixture
def rated(made):
    """A panel of fifteen whose first round closed."""
    panel_id = panels.start(made.meeting_id, made.options, made.people)
    ballot_id = panels.open_panel(panel_id).panel.ballots[1, Asks.IMPORTANCE]
    for (_, secret), score in zip(links.secrets_for(made.meeting_id), GOLDEN, strict=True):
        voting.lay_answer(secret, ballot_id, made.options[0], score)
    panels.close_round(panel_id)
    return panel_id


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def words(at):
    return " ".join(text_of(at).split())


def test_a_panel_starts_with_its_members(made, open_page):
    at = open_page(GUIDED)
    at.multiselect(key="panel_members").set_value(list(made.people[:6]))

    press(at, "Open the first round")

    (panel,) = panels.panels_of(made.meeting_id)
    assert not at.exception
    assert panels.open_panel(panel.panel_id).n_members == 6
    assert "0 of 6 people" in words(at)


def test_a_panel_without_members_is_refused_in_words(made, open_page):
    at = open_page(GUIDED)

    press(at, "Open the first round")

    assert "A panel has 2 to 30 members; chosen are 0" in at.warning[0].value
    assert panels.panels_of(made.meeting_id) == []


def test_what_a_small_panel_cannot_be_told_is_said_beforehand(made, open_page):
    at = open_page(GUIDED)

    assert "Of five ratings or fewer neither a median nor a verdict is told" in words(at)


def test_a_closed_round_shows_verdict_and_numbers(rated, open_page):
    at = open_page(GUIDED, panel=rated)

    told = words(at)
    assert not at.exception
    assert "Importance: 1 important and 1 withheld" in told
    assert "15 of 15 rated: median 7, middle 7 to 8" in told
    assert "Now the panel talks" in told


def test_what_may_be_told_is_drawn_and_nothing_else(rated, open_page):
    at = open_page(GUIDED, panel=rated)

    (chart,) = at.get("vega_lite_chart")
    frames = [convert_arrow_bytes_to_pandas_df(part.data.data) for part in chart.proto.datasets]
    told = [frame[["low", "median", "high"]] for frame in frames if "median" in frame]
    assert {tuple(row) for frame in told for row in frame.values} == {(7.0, 7.0, 8.0)}
    assert "Where nothing is drawn, numbers would tell" in words(at)


def test_the_second_round_opens_with_one_press(rated, open_page):
    at = open_page(GUIDED, panel=rated)

    press(at, "Open the second round")

    assert "Panel: round 2 of 2, open" in words(at)
    assert "median 7" in words(at)


def test_a_round_that_is_open_shows_no_rating(made, open_page):
    panel_id = panels.start(made.meeting_id, made.options, made.people)
    ballot_id = panels.open_panel(panel_id).panel.ballots[1, Asks.IMPORTANCE]
    for _, secret in links.secrets_for(made.meeting_id):
        voting.lay_answer(secret, ballot_id, made.options[0], 9)

    at = open_page(GUIDED, panel=panel_id)

    assert "15 of 15 people" in words(at)
    assert "median" not in words(at)


def test_a_leader_sees_verdicts_and_no_name(rated, open_page):
    at = open_page(GUIDED, panel=rated, **{"as": "leader"})

    assert "15 of 15 rated: median 7" in words(at)
    assert "Zq" not in html_of(at)
    assert not any(b.label == "Open the second round" for b in at.button)
