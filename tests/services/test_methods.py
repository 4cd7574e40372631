import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.suppression import in_words
from domain.errors import FormRefused
from domain.votes import Answer, Method, standing
from services import ballots, voting
from services.pressing import keep
from services.ranking import Move, MovePress, own_order, ranking_page
from services.voting import Outcome
from store import ballot_box
from tests.made_vote import make_vote


def vote_by(method, n=3):
    made = make_vote(n)
    return made, ballots.open_ballot(made.meeting_id, method=method)


def press(made, ballot_id, position, wanted):
    page = ranking_page(made.maria, ballot_id, position)
    return keep(MovePress(made.maria, ballot_id, position, wanted, page.mark))


def order(made, ballot_id):
    return [item.position for item in ranking_page(made.maria, ballot_id, 1).order]


@pytest.mark.parametrize(
    ("method", "refused"),
    [
        (Method.AGREEMENT, 2),
        (Method.APPROVAL, -1),
        (Method.SCORES, 0),
        (Method.SCORES, 10),
        (Method.RANKING, 0),
        (Method.RANKING, 4),
    ],
)
def test_a_number_that_the_method_does_not_know_is_no_answer(app_runtime, method, refused):
    """V13: By each method."""
    made, ballot_id = vote_by(method)
    asked = voting.ballot_page(made.maria, ballot_id, 1).item.recommendation_id

    with pytest.raises(FormRefused):
        voting.lay_answer(made.maria, ballot_id, asked, refused)


@pytest.mark.parametrize(
    ("method", "answers", "told"),
    [
        (Method.APPROVAL, [1, 1, 1, 1, 1, 0], "two thirds or more choose it"),
        (Method.SCORES, [9, 9, 8, 7, 7, 7], "two thirds or more score it 7 to 9"),
        (Method.RANKING, [3, 3, 3, 3, 3, 3], "6 answered; counts would tell"),
    ],
)
def test_results_speak_in_the_words_of_the_method(app_runtime, method, answers, told):
    made, ballot_id = vote_by(method)
    asked = voting.ballot_page(made.maria, ballot_id, 1).item.recommendation_id
    for secret, value in zip(made.secrets.values(), answers, strict=True):
        voting.lay_answer(secret, ballot_id, asked, value)
    ballots.close_ballot(ballot_id)

    found = ballots.export_results_csv(ballot_id).decode("utf-8-sig")
    shown = ballots.results(ballot_id).results[0]

    assert in_words(shown.vote.whole, shown.wording).startswith(told)
    assert shown.wording.high in found


def test_everybody_begins_a_ranking_with_an_order_of_their_own(app_runtime):
    made, ballot_id = vote_by(Method.RANKING, 8)
    ballot = voting.ballot_page(made.maria, ballot_id, 1).ballot

    orders = {tuple(i.position for i in own_order(s, ballot)) for s in made.secrets.values()}

    assert len(orders) > 1


def test_a_ranking_counts_from_the_first_move_on(app_runtime, store):
    made, ballot_id = vote_by(Method.RANKING)
    before = ranking_page(made.maria, ballot_id, 1).is_counted

    press(made, ballot_id, order(made, ballot_id)[1], Move.UP)

    with store.read() as tx:
        assert sorted(row[2] for row in ballot_box.box_of(tx, ballot_id)) == [1, 2, 3]
    assert not before


def test_moving_up_changes_places_with_the_one_above(app_runtime):
    made, ballot_id = vote_by(Method.RANKING)
    first, second, third = order(made, ballot_id)

    press(made, ballot_id, third, Move.UP)

    assert order(made, ballot_id) == [first, third, second]


@pytest.mark.parametrize(("place", "wanted"), [(0, Move.UP), (2, Move.DOWN), (1, Move.KEEP)])
def test_a_move_that_leads_nowhere_keeps_the_order_and_counts_it(app_runtime, place, wanted):
    made, ballot_id = vote_by(Method.RANKING)
    before = order(made, ballot_id)

    press(made, ballot_id, before[place], wanted)

    assert order(made, ballot_id) == before
    assert ranking_page(made.maria, ballot_id, 1).is_counted


def test_the_same_move_sent_twice_moves_once(app_runtime):
    """V1: For rankings."""
    made, ballot_id = vote_by(Method.RANKING)
    first, second, third = order(made, ballot_id)
    mark = ranking_page(made.maria, ballot_id, first).mark

    for _ in range(2):
        outcome = keep(MovePress(made.maria, ballot_id, first, Move.DOWN, mark))

    assert outcome is Outcome.SAVED
    assert order(made, ballot_id) == [second, first, third]


def test_a_vote_that_is_no_ranking_is_not_moved(app_runtime):
    made = make_vote()

    with pytest.raises(FormRefused):
        ranking_page(made.maria, made.ballot_id, 1)


@given(n=st.integers(1, 12), score=st.integers(1, 9))
def test_standings_of_scores_are_thirds_of_the_scale(n, score):
    assert (
        standing(Method.SCORES, score, n)
        is [Answer.DISAGREE, Answer.PASS, Answer.AGREE][(score - 1) // 3]
    )


@given(n=st.integers(1, 30))
def test_the_first_and_the_last_third_of_a_ranking_are_of_one_size(n):
    standings = [standing(Method.RANKING, place, n) for place in range(1, n + 1)]

    assert standings == sorted(standings, reverse=True)
    assert n < 2 or standings.count(Answer.AGREE) == standings.count(Answer.DISAGREE)
