from datetime import date
from pathlib import Path

import altair as alt
import pytest

from domain.people import Family
from ui import charts, vote_charts
from ui.chart_theme import DARK, LIGHT, dressed

LOOK = Path(__file__).parents[2] / ".streamlit" / "config.toml"
THEMES = [
    {"name": "Getting through the night", "n_utterances": 12, "n_people": 5},
    {"name": "Waiting for equipment", "n_utterances": 7, "n_people": 6},
]
READINGS = [{"on": "2025-03-01", "value": 30.0}, {"on": "2026-03-01", "value": 21.0}]


def drawings() -> dict[str, alt.Chart]:
    shares = {"family": "lived experience", "share_people": 0.4, "share_said": 0.5}
    votes = {"group": "clinician", "family": "care and research", "n": 6}
    span = {"title": "A", "start": "2024-01-01", "end": "2026-01-01", "stage": "launched"}
    step = {"title": "A", "on": "2025-01-01", "stage": "launched", "is_launched": True}
    point = {"x": 0.1, "y": 0.2, "theme": "A", "words": "yes", "group": "clinician", "at": "0:10"}
    return {
        "theme_sizes": charts.theme_sizes(THEMES, chosen="Waiting for equipment"),
        "theme_map": charts.theme_map([point], chosen="A"),
        "group_mix": charts.group_mix([{"theme": "A", "family": "lived experience", "n": 3}]),
        "votes_by_group": charts.votes_by_group(
            [votes | {"share_agree": 0.5, "low": 0.2, "high": 0.8}]
        ),
        "stances": vote_charts.stances(
            [{"row": "1. A", "column": "Clinician", "stance": "high", "told": "", "spoken": ""}],
            ["Clinician"],
        ),
        "ratings": vote_charts.ratings(
            [{"row": "1. A", "low": 7.0, "median": 7.0, "high": 8.0, "is_newest": True}]
        ),
        "support": vote_charts.support(
            [
                {
                    "row": "1. A",
                    "low": 0.7,
                    "high": 1.0,
                    "told": "",
                    "spoken": "",
                    "tier": "surely",
                },
                {
                    "row": "2. B",
                    "low": 0.4,
                    "high": 0.4,
                    "told": "",
                    "spoken": "",
                    "tier": "surely not",
                },
            ]
        ),
        "timeline": charts.timeline([span], [step], date(2026, 1, 1)),
        "sparkline": charts.sparkline(READINGS, 41.0, 10.0),
        "speaking_share": charts.speaking_share([shares]),
    }


@pytest.mark.parametrize("name", sorted(drawings()))
def test_every_chart_is_a_valid_drawing_on_a_clear_ground(name):
    drawn = dressed(drawings()[name]).to_dict()

    assert drawn["config"]["background"] == "transparent"


def scale_of(drawn: dict, mark: str, axis: str) -> dict:
    """The scale of the first layer that is drawn with this mark."""
    layer = next(part for part in drawn["layer"] if part["mark"]["type"] == mark)
    return layer["encoding"][axis]["scale"]


def test_a_measure_is_drawn_from_zero():
    drawn = charts.sparkline(READINGS, 41.0, None).to_dict()

    assert scale_of(drawn, "line", "y")["domain"][0] == 0


def test_bars_of_themes_begin_at_zero():
    drawn = charts.theme_sizes(THEMES).to_dict()

    assert scale_of(drawn, "bar", "x")["domain"][0] == 0


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_every_family_has_a_colour_of_its_own(look):
    assert len({look.families[family] for family in Family}) == len(Family)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("word", ["ink", "soft", "accent"])
def test_words_have_a_contrast_of_seven_to_one(look, word):
    assert contrast(getattr(look, word), look.ground) >= 7


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("family", list(Family))
def test_marks_have_a_contrast_of_three_to_one(look, family):
    assert contrast(look.families[family], look.ground) >= 3


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_charts_and_screens_share_their_colours(look):
    told = LOOK.read_text(encoding="utf-8")

    assert look.accent in told
    assert look.ink in told
    assert look.ground in told


def test_names_of_themes_on_one_spot_of_the_map_stand_apart():
    here = {"x": 0.5, "y": 0.5, "words": "", "group": "", "at": ""}
    far = {**here, "x": 0.0, "y": 0.0, "theme": "C"}
    rows = [{**here, "theme": "A"}, {**here, "theme": "B"}, far]

    drawn = charts.theme_map(rows).to_dict()

    named = drawn["datasets"][drawn["layer"][-1]["data"]["name"]]
    placed = {row["theme"]: row["y"] for row in named}
    assert abs(placed["A"] - placed["B"]) >= 0.02
