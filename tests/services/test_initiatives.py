from datetime import date

import pytest

from domain.errors import BadRows, NotAllowedNow
from domain.initiatives import InitiativeKind, Milestone, Stage, StageEvent
from services import initiatives, overview, recommendations
from services.initiative_files import import_initiatives


@pytest.fixture
def recommendation_id(meeting_id):
    made = recommendations.write(meeting_id, "Lend cough machines at once.", author="f")
    recommendations.choose([made])
    return made


@pytest.fixture
def initiative_id(programme_id, recommendation_id):
    return initiatives.create(
        programme_id,
        title="Loan shelf",
        kind=InitiativeKind.PLATFORM,
        owner="Jo",
        summary="",
        answers=[recommendation_id],
        proposed_on=date(2025, 1, 10),
    )


def only(programme_id):
    (view,) = initiatives.initiatives(programme_id)
    return view


def test_an_initiative_starts_as_proposed_and_knows_what_it_answers(programme_id, initiative_id):
    view = only(programme_id)

    assert view.initiative.stage is Stage.PROPOSED
    assert [a.text for a in view.answers] == ["Lend cough machines at once."]
    assert view.asked_on == date(2024, 10, 3)


def test_stages_are_appended_and_never_rewritten(programme_id, initiative_id):
    launched = StageEvent(Stage.LAUNCHED, date(2025, 6, 1), "Six counties")

    initiatives.set_stage(programme_id, initiative_id, launched)

    assert [e.stage for e in only(programme_id).initiative.events] == [
        Stage.PROPOSED,
        Stage.LAUNCHED,
    ]


def test_closing_without_implementing_needs_a_reason(programme_id, initiative_id):
    with pytest.raises(NotAllowedNow, match="say why"):
        initiatives.set_stage(
            programme_id,
            initiative_id,
            StageEvent(Stage.CLOSED_NOT_IMPLEMENTED, date(2025, 6, 1)),
        )


def test_a_stage_cannot_be_dated_before_the_one_before_it(programme_id, initiative_id):
    with pytest.raises(NotAllowedNow, match="2025-01-10"):
        initiatives.set_stage(
            programme_id, initiative_id, StageEvent(Stage.REFINING, date(2024, 12, 31))
        )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://x"])
def test_a_link_that_is_no_web_address_is_refused(link):
    with pytest.raises(NotAllowedNow, match="https"):
        initiatives.check_link(link)


def test_the_overview_counts_with_denominators(programme_id, initiative_id):
    told = overview.overview(programme_id, date(2025, 12, 3))

    assert [(n.label, n.value, n.of) for n in told.numbers] == [
        ("recommendations", 1, None),
        ("chosen", 1, 1),
        ("taken up", 1, 1),
        ("launched", 0, 1),
        ("measured", 0, 0),
    ]


def test_an_initiative_that_does_not_move_needs_attention(programme_id, initiative_id):
    (told,) = overview.overview(programme_id, date(2025, 12, 10)).attention

    assert told.sentence == "Loan shelf: proposed for 10 months"


def test_a_late_milestone_needs_attention_by_name(programme_id, initiative_id):
    initiatives.add_milestone(initiative_id, Milestone("First shelf", date(2025, 3, 1), None))

    (told,) = overview.overview(programme_id, date(2025, 6, 10)).attention

    assert told.sentence == "Loan shelf: “First shelf” was due 3 months ago"


def test_a_chosen_recommendation_without_an_initiative_needs_attention(
    programme_id, recommendation_id
):
    (told,) = overview.overview(programme_id, date(2025, 1, 10)).attention

    assert told.recommendation_id == recommendation_id


def test_rows_that_cannot_be_understood_are_told_all_at_once(programme_id):
    files = {
        "initiatives.csv": b"key,title,kind,answers\na,A,rocket,\nb,B,tool,1999-fall#1\n",
        "stage_events.csv": b"key,stage,happened_on\na,begun,2024-01-01\n",
    }

    with pytest.raises(BadRows) as refusal:
        import_initiatives(programme_id, files)

    told = str(refusal.value)
    assert refusal.value.params["n_rows"] == 3
    assert "rocket" in told
    assert "1999-fall#1" in told
    assert "begun" in told
    assert initiatives.initiatives(programme_id) == ()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("initiatives.csv", b"key,title,kind\na,,tool\n", "title is empty"),
        ("initiatives.csv", b"key,title,kind\na,A,tool\na,B,tool\n", "there twice"),
        ("milestones.csv", b"key,title\nlost,First\n", "'lost'"),
        ("readings.csv", b"measure_key,value,read_on\nlost,1,2024-01-01\n", "'lost'"),
        ("stage_events.csv", b"key,stage,happened_on\na,closed: not implemented,\n", "say why"),
        ("measures.csv", b"key,measure_key,name,baseline_value\na,m,M,nan\n", "no number"),
        ("milestones.csv", b"key,due_on\na,2024-01-01\n", "title"),
    ],
)
def test_a_row_that_would_be_lost_or_unclear_stores_nothing(programme_id, name, data, told):
    files = {"initiatives.csv": b"key,title,kind\na,A,tool\nb,B,tool\n"} | {name: data}

    with pytest.raises(BadRows, match=told):
        import_initiatives(programme_id, files)

    assert initiatives.initiatives(programme_id) == ()
