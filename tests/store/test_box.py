import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from store.tables import box
from tests.made_vote import make_vote


@pytest.fixture
def laid(app_runtime, store):
    """One answer in the box, and a function that lays another beside it."""
    vote = make_vote(1)
    row = {
        "ballot_id": vote.ballot_id,
        "ballot_key": "k",
        "recommendation_id": "r",
        "answer": 1,
        "stakeholder_group": "clinician",
        "is_proxy": False,
    }

    def lay(**other):
        with store.write() as tx:
            tx.execute(insert(box).values({**row, **other}))

    lay()
    return lay


def test_the_database_itself_takes_one_answer_of_a_ballot_to_a_recommendation(laid):
    """I3: Whatever the program does."""
    with pytest.raises(IntegrityError):
        laid(answer=-1)


def test_another_ballots_answer_has_room_beside_it(laid):
    laid(ballot_key="another")


def test_no_answer_has_another_sign(laid):
    with pytest.raises(IntegrityError):
        laid(ballot_key="another", answer=-2)
