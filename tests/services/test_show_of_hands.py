import pytest
from sqlalchemy.exc import DatabaseError

from domain.access import Actor, Grant, StaffRole
from domain.ballots import Secrecy
from domain.errors import NotAllowedNow, NotPermitted
from domain.votes import Answer
from services import ballots, erasure, links, show_of_hands, voting
from services.access import acting_as
from services.page_marks import make_mark, purpose_of
from store import ballot_box
from store import show_of_hands as kept
from tests.made_vote import make_vote

LEADER = Actor("Ann", (Grant(StaffRole.LEADER),))


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def hands(vote):
    """A show of hands beside the confidential vote, in which three people answered."""
    ballot_id = ballots.open_ballot(vote.meeting_id, title="Hands", secrecy=Secrecy.NAMED)
    for name in ("Maria Delgado", "Tom Okafor", "Wei Chen"):
        raise_hand(vote, ballot_id, name, Answer.AGREE)
    return ballot_id


def raise_hand(vote, ballot_id, name, given):
    item = first_item(vote, ballot_id)
    voting.lay_answer(vote.secrets[name], ballot_id, item.recommendation_id, given)


def first_item(vote, ballot_id):
    held = ballots.ballots_of(vote.meeting_id)
    return next(one.ballot for one in held if one.ballot.ballot_id == ballot_id).items[0]


def told(ballot_id):
    return {one.name: dict(one.given) for one in show_of_hands.who_answered(ballot_id).people}


def notes(store):
    with store.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT * FROM named_ballot").all()


def test_after_the_close_staff_see_who_answered_what(hands):
    ballots.close_ballot(hands)

    assert told(hands) == {
        "Maria Delgado": {1: Answer.AGREE},
        "Tom Okafor": {1: Answer.AGREE},
        "Wei Chen": {1: Answer.AGREE},
    }


def test_before_the_close_nobody_does(hands):
    with pytest.raises(NotAllowedNow, match="has closed"):
        show_of_hands.who_answered(hands)


def test_a_leader_does_not(hands):
    ballots.close_ballot(hands)

    with acting_as(LEADER), pytest.raises(NotPermitted):
        show_of_hands.who_answered(hands)


def test_a_confidential_vote_tells_nobody(vote):
    """B-7: Asked afterwards."""
    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(NotAllowedNow, match="confidential"):
        show_of_hands.who_answered(vote.ballot_id)


@pytest.mark.parametrize("has_answers", [False, True])
@pytest.mark.parametrize("first", list(Secrecy))
def test_the_store_never_lets_a_vote_become_another_kind(vote, store, first, has_answers):
    """B-7: In the database itself, before the first vote and after it."""
    ballot_id = ballots.open_ballot(vote.meeting_id, title="Again", secrecy=first)
    if has_answers:
        raise_hand(vote, ballot_id, "Tom Okafor", Answer.AGREE)
    other = next(s for s in Secrecy if s is not first)

    with pytest.raises(DatabaseError, match="chosen when it is made"), store.write() as tx:
        tx.exec_driver_sql(f"UPDATE ballot SET secrecy = '{other}' WHERE ballot_id = '{ballot_id}'")

    assert (
        next(
            one.ballot.secrecy
            for one in ballots.ballots_of(vote.meeting_id)
            if one.ballot.ballot_id == ballot_id
        )
        is first
    )


def test_the_store_keeps_no_name_for_a_confidential_vote(vote, store):
    """B-7: Whatever code asks it to."""
    who = vote.people["Tom Okafor"].attendance_id

    with pytest.raises(DatabaseError, match="only a show of hands"), store.write() as tx:
        kept.note_whose(tx, vote.ballot_id, who, "a" * 64)

    assert notes(store) == []


def test_a_name_cannot_be_moved_to_a_confidential_vote(vote, hands, store):
    """B-7: Nor along another way."""
    statement = f"UPDATE named_ballot SET ballot_id = '{vote.ballot_id}'"

    with pytest.raises(DatabaseError), store.write() as tx:
        tx.exec_driver_sql(statement)

    assert {row.ballot_id for row in notes(store)} == {hands}


def test_a_confidential_vote_leaves_no_note_of_a_person(vote, store):
    """B-7: In ordinary use."""
    raise_hand(vote, vote.ballot_id, "Tom Okafor", Answer.AGREE)

    ballots.close_ballot(vote.ballot_id)

    assert notes(store) == []


def test_whoever_takes_their_answers_back_raised_no_hand(vote, hands):
    mark = make_mark(vote.tom, purpose_of("withdraw", hands))

    voting.withdraw(vote.tom, hands, mark)

    ballots.close_ballot(hands)
    assert set(told(hands)) == {"Maria Delgado", "Wei Chen"}


def test_a_new_link_keeps_whose_hand_it_was(vote, hands):
    links.replace_link(vote.people["Tom Okafor"].attendance_id)

    ballots.close_ballot(hands)

    assert told(hands)["Tom Okafor"] == {1: Answer.AGREE}


@pytest.mark.parametrize("is_closed", [False, True])
def test_erasing_a_person_takes_their_hand_down(vote, hands, store, is_closed):
    if is_closed:
        ballots.close_ballot(hands)

    erasure.erase_person(vote.people["Tom Okafor"].attendance_id, reason="Asked for it.")

    with store.read() as tx:
        in_box = {row[0] for row in ballot_box.box_of(tx, hands)}
    if not is_closed:
        ballots.close_ballot(hands)
    assert (len(in_box), set(told(hands))) == (2, {"Maria Delgado", "Wei Chen"})


def test_what_others_see_of_hands_is_what_suppression_releases(hands):
    ballots.close_ballot(hands)

    whole = ballots.results(hands).results[0].vote.whole

    assert (whole.n, whole.counts, whole.n_agree, whole.phrase) == (3, None, None, None)
