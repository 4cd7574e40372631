import pytest

from domain.access import Grant, StaffRole
from domain.guided import Round, Step
from services import group_orders, guided_sessions, recommendations, small_groups
from tests.made_accounts import make_account, make_first
from tests.made_session import begin, make
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui import visitor
from ui.screens import GUIDED


@pytest.fixture
def made(app_runtime):
    return make(n_options=3)


@pytest.fixture
def session_id(made):
    return begin(made)


@pytest.fixture
def finished(session_id, made):
    """A session that came to its end: the first and the second tie."""
    a, b, c = made.options
    guided_sessions.go_on(session_id)
    for number in (1, 2, 3):
        group_orders.save_order(session_id, Round.FIRST, number, (c, b, a))
    guided_sessions.go_on(session_id)
    guided_sessions.go_on(session_id)
    for number, order in enumerate(((a, c, b), (b, a, c), (b, a, c)), start=1):
        group_orders.save_order(session_id, Round.SECOND, number, order)
    guided_sessions.go_on(session_id)
    return session_id


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def words(at):
    return " ".join(text_of(at).split())


def test_a_meeting_without_recommendations_says_what_is_needed(app_runtime, open_page):
    staged.meeting_with_people(staged.programme())

    at = open_page(GUIDED)

    assert not at.exception
    assert "Write at least two recommendations first" in text_of(at)
    assert not any(b.label == "Start the session" for b in at.button)


def test_a_small_roster_says_how_many_people_are_needed(app_runtime, open_page):
    meeting_id = staged.meeting_with_people(staged.programme())
    for n in range(2):
        recommendations.write(meeting_id, f"Lend chair number {n} at once.", author="test")

    at = open_page(GUIDED)

    assert "need six people; the roster has 3" in words(at)


def test_a_session_starts_with_everybody_seated(made, open_page):
    at = open_page(GUIDED)
    at.number_input(key="session_size").set_value(5)

    press(at, "Start the session")

    (held,) = guided_sessions.sessions_of(made.meeting_id)
    assert not at.exception
    assert len(held.options) == 3
    assert "Step 1 of 5: everybody alone" in words(at)
    assert "3 small groups of 5, 5 and 5 people" in words(at)


def test_too_large_groups_are_refused_in_words(made, open_page):
    at = open_page(GUIDED)
    at.number_input(key="session_size").set_value(12)

    press(at, "Start the session")

    assert "do not make two small groups of 12" in at.warning[0].value
    assert guided_sessions.sessions_of(made.meeting_id) == []


def test_a_group_moves_one_up_and_undoes_it(session_id, made, open_page):
    guided_sessions.go_on(session_id)
    at = open_page(GUIDED, guided=session_id)

    press(at, "2 up")
    moved = group_orders.board(session_id, Round.FIRST).groups[0]
    press(at, "Undo")

    a, b, c = made.options
    assert (moved.order, moved.is_kept) == ((b, a, c), True)
    assert not group_orders.board(session_id, Round.FIRST).groups[0].is_kept
    assert not at.exception


def test_an_order_is_typed_as_numbers(session_id, made, open_page):
    guided_sessions.go_on(session_id)
    at = open_page(GUIDED, guided=session_id)

    at.text_input(key=f"numbers_{session_id}_first_1").set_value("3 1, 2")
    press(at, "Keep this order")

    a, b, c = made.options
    assert group_orders.board(session_id, Round.FIRST).groups[0].order == (c, a, b)


def test_numbers_that_are_missing_or_double_are_told(session_id, open_page):
    guided_sessions.go_on(session_id)
    at = open_page(GUIDED, guided=session_id)

    at.text_input(key=f"numbers_{session_id}_first_1").set_value("3 3 9")
    press(at, "Keep this order")

    told = at.warning[0].value.replace("\\", "")
    assert "1, 2 missing; 3 there twice; 9 not in this session" in told


def test_going_on_too_early_says_which_group_is_missing(session_id, open_page):
    guided_sessions.go_on(session_id)
    at = open_page(GUIDED, guided=session_id)

    press(at, "Go on: other groups")

    assert "small group 1 and 2 and 3" in at.warning[0].value.replace("\\", "")
    assert guided_sessions.open_session(session_id).session.step is Step.FIRST


def test_the_end_shows_both_rounds_and_ties(finished, open_page):
    at = open_page(GUIDED, guided=finished)

    told = words(at)
    assert not at.exception
    assert "No. 1 and No. 2 tie for the first place" in told
    assert "1, tied No. 1: Lend equipment number 1 in a week. 5 1, 2, 2 3 9" in told
    assert "3 of 3 small groups put 3 recommendations in order" in told
    assert "Nobody was asked alone in this session" in told


@pytest.fixture
def of_fours(app_runtime):
    """A session of three groups of four people, at its end."""
    made = make(n_each=4, n_options=3)
    session_id = begin(made, group_size=4)
    for of in Round:
        guided_sessions.go_on(session_id)
        for number in (1, 2, 3):
            group_orders.save_order(session_id, of, number, made.options)
        guided_sessions.go_on(session_id)
    return session_id


def test_of_small_groups_whoever_runs_it_reads_that_others_do_not(of_fours, open_page):
    at = open_page(GUIDED, guided=of_fours)

    told = words(at)
    warned = told.index("You see this because you run the session. Others are shown nothing of it")
    assert warned < told.index("1 No. 1: Lend equipment number 1 in a week. 3 1, 1, 1 1 3")


def test_a_leader_reads_why_nothing_of_small_groups_is_shown(of_fours, open_page, as_leader):
    at = open_page(GUIDED, guided=of_fours)

    assert not at.exception
    assert "The order is not shown A small group had fewer than five people" in words(at)
    assert "Lend equipment number 1" not in words(at)
    assert not at.get("download_button")


@pytest.fixture
def as_leader(app_runtime):
    """The browser of a leader, who runs nothing."""
    make_first("June")
    token = make_account("Lea", Grant(StaffRole.LEADER))
    visitor.read_token_with(lambda: token)
    yield
    visitor.read_token_with(visitor.cookie_of_browser)


def test_going_back_is_one_press(finished, open_page):
    at = open_page(GUIDED, guided=finished)

    press(at, "Go back a step")

    assert "Step 4 of 5" in words(at)


def test_somebody_is_moved_and_everybody_put_back(session_id, open_page):
    before = small_groups.seating(session_id, Round.FIRST)
    who = before.groups[0][0]
    at = open_page(GUIDED, guided=session_id)

    at.selectbox(key="move_who_first").set_value(who.attendance_id)
    at.selectbox(key="move_to_first").set_value(3)
    press(at, "Move")
    moved = small_groups.seating(session_id, Round.FIRST).seats.group_of[who.attendance_id]
    press(at, "Seat them as before")

    assert moved == 3
    assert small_groups.seating(session_id, Round.FIRST).seats == before.seats


def test_a_leader_sees_the_result_and_no_name(finished, open_page):
    at = open_page(GUIDED, guided=finished, **{"as": "leader"})

    assert not at.exception
    assert "tie for the first place" in words(at)
    assert "Zq" not in html_of(at)
    assert not any(b.label == "Go back a step" for b in at.button)


def test_a_leader_sees_nothing_of_a_round_that_goes_on(session_id, made, open_page):
    guided_sessions.go_on(session_id)
    group_orders.save_order(session_id, Round.FIRST, 1, made.options)

    at = open_page(GUIDED, guided=session_id, **{"as": "leader"})

    assert "Nothing is told of a round before it is over" in words(at)
    assert "Zq" not in html_of(at)
    assert "equipment number" not in html_of(at)


def test_a_session_of_another_meeting_is_not_opened(session_id, open_page):
    at = open_page(GUIDED, guided="nowhere")

    assert not at.exception
    assert "Guided sessions" in words(at)
