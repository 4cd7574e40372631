import pytest

from domain.people import Family
from tests.ui.test_charts import contrast
from ui import theme_charts
from ui.chart_theme import DARK, LIGHT, dressed

FIELD = {
    "row": "Night alarms",
    "column": "Caregivers",
    "told": "7 of 12",
    "middle": 7 / 12,
    "is_most": False,
}
STOP = {
    "meeting": "Fall 2022",
    "told": "7 of 12",
    "share": 7 / 12,
    "low": 0.32,
    "high": 0.81,
    "is_ring": False,
    "nothing": 0.0,
}
PHRASE = STOP | {"meeting": "Fall 2023", "told": "most of 25", "share": None}
ABSENT = STOP | {"meeting": "Fall 2024", "share": None, "low": None, "high": None, "is_ring": True}
MARK = {
    "theme": "Night alarms",
    "family": "lived experience",
    "at": 12.5,
    "words": "It rings.",
    "group": "Current caregiver",
    "clock": "12:30",
}


def drawings():
    lived = [Family.LIVED_EXPERIENCE]
    return {
        "speakers_grid": theme_charts.speakers_grid([FIELD]),
        "trajectory": theme_charts.trajectory([STOP, PHRASE, ABSENT]),
        "said_when": theme_charts.said_when([MARK], ["Night alarms"], lived),
        "said_when without times": theme_charts.said_when(
            [MARK, MARK | {"at": None, "clock": ""}], ["Night alarms"], lived
        ),
    }


def marks(drawn, kind):
    return [layer for layer in drawn["layer"] if layer["mark"]["type"] == kind]


def data_of(drawn, layer):
    source = layer.get("data") or drawn["data"]
    return drawn["datasets"][source["name"]]


@pytest.mark.parametrize("name", sorted(drawings()))
def test_every_picture_is_a_valid_drawing_on_a_clear_ground(name):
    drawn = dressed(drawings()[name]).to_dict()

    assert drawn["config"]["background"] == "transparent"


def test_a_grid_has_a_field_for_each_theme_and_group_in_their_order():
    rows = [FIELD | {"row": r, "column": c} for r in ("B", "A") for c in ("Z", "Y")]

    drawn = theme_charts.speakers_grid(rows).to_dict()

    (fields,) = marks(drawn, "rect")
    assert fields["encoding"]["x"]["sort"] == ["Z", "Y"]
    tops = {row["row"]: row["top"] for row in data_of(drawn, fields)}
    assert tops["B"] < tops["A"]


def test_two_thirds_are_a_solid_field():
    (fields,) = marks(
        drawn := theme_charts.speakers_grid([FIELD | {"is_most": True}]).to_dict(), "rect"
    )

    assert data_of(drawn, fields)[0]["tint"] == 1.0


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_the_darkest_tint_have_a_contrast_of_seven_to_one(look):
    share = theme_charts.DARKEST_TINT
    mixed = [
        round(
            (1 - share) * int(look.ground[i : i + 2], 16) + share * int(look.accent[i : i + 2], 16)
        )
        for i in (1, 3, 5)
    ]

    assert contrast(look.ink, "#" + "".join(f"{part:02x}" for part in mixed)) >= 7
    assert contrast(look.ground, look.accent) >= 7


def test_a_trajectory_begins_at_zero_and_ends_at_all():
    drawn = theme_charts.trajectory([STOP]).to_dict()

    rule = marks(drawn, "rule")[0]
    scale = rule["encoding"]["y"]["scale"]
    assert scale["domain"][0] == 0
    assert scale["domain"][1] >= 1


def test_meetings_stand_in_the_order_in_which_they_were_held():
    drawn = theme_charts.trajectory([STOP, PHRASE, ABSENT]).to_dict()

    order = drawn["layer"][0]["encoding"]["x"]["sort"]
    assert [name.replace("\x1f", " ") for name in order] == ["Fall 2022", "Fall 2023", "Fall 2024"]


def test_what_has_no_time_stands_right_of_everything_that_has_one():
    rows = [MARK, MARK | {"at": None}]

    drawn = theme_charts.said_when(rows, ["Night alarms"], [Family.LIVED_EXPERIENCE]).to_dict()

    (ticks,) = marks(drawn, "tick")
    first, last = (row["at"] for row in data_of(drawn, ticks))
    assert last > first


def test_each_lane_names_its_family():
    drawn = theme_charts.said_when([MARK], ["Night alarms"], list(Family)).to_dict()

    named = {row["lane"] for data in drawn["datasets"].values() for row in data if "lane" in row}
    assert named == set(theme_charts.LANES.values())
