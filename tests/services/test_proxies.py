import pytest
from sqlalchemy import select

from domain.ballots import AnsweringMode
from domain.errors import NotAllowedNow
from domain.votes import Answer
from services import ballots, participation, proxies, voting
from store import ballot_box
from store.tables import audit_event
from tests.made_vote import make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote(1)


def who(vote, name="Maria Delgado"):
    return vote.people[name].attendance_id


def set_mode(vote, mode, name="Maria Delgado"):
    secret = vote.secrets[name]
    participation.set_who_presses(secret, mode, participation.who_mark(secret))


def lay(vote, given, name="Maria Delgado"):
    item = kept_item(vote)
    voting.lay_answer(vote.secrets[name], vote.ballot_id, item.recommendation_id, given)


def kept_item(vote):
    return ballots.ballots_of(vote.meeting_id)[0].ballot.items[0]


def allow(vote, name="Maria Delgado"):
    proxies.write_down(who(vote, name), "Elena Delgado", "by her eyes, on 3 May, Amara saw it")


def test_without_the_persons_agreement_nobody_answers_for_them(vote):
    with pytest.raises(NotAllowedNow, match="own agreement"):
        set_mode(vote, AnsweringMode.PROXY)


def test_how_the_person_agreed_has_to_be_written_down(vote):
    with pytest.raises(NotAllowedNow, match="how the person agreed"):
        proxies.write_down(who(vote), "Elena Delgado", " ")


def test_who_may_answer_is_told_on_the_persons_page(vote):
    allow(vote)

    assert participation.may_be_answered_for(vote.maria) == "Elena Delgado"


def test_what_was_written_down_is_noted_without_names(vote, store):
    allow(vote)

    with store.read() as tx:
        noted = tx.execute(select(audit_event)).all()[-1]
    assert noted.action == "answering for somebody allowed"
    assert "Elena" not in str(noted)


def test_an_answer_in_somebodys_place_is_counted_apart_and_in_no_group(vote):
    for name in vote.people:
        if name != "Wei Chen":
            lay(vote, Answer.AGREE, name)
    allow(vote, "Wei Chen")
    set_mode(vote, AnsweringMode.PROXY, "Wei Chen")
    lay(vote, Answer.DISAGREE, "Wei Chen")

    ballots.close_ballot(vote.ballot_id)

    (result,) = ballots.results(vote.ballot_id).results
    assert result.vote.whole.n == 5
    assert result.by_proxy is not None
    assert result.by_proxy.n == 1
    assert result.by_proxy.counts is None


def test_the_persons_own_vote_takes_the_place_of_what_was_answered_for_them(vote, store):
    allow(vote)
    set_mode(vote, AnsweringMode.PROXY)
    lay(vote, Answer.DISAGREE)
    set_mode(vote, AnsweringMode.MYSELF)

    before = voting.my_answers(vote.maria, vote.ballot_id)[1]
    lay(vote, Answer.AGREE)

    with store.read() as tx:
        (row,) = ballot_box.box_of(tx, vote.ballot_id)
    assert before == {}
    assert (row[2], row[4]) == (Answer.AGREE, False)


def test_once_the_person_answered_nobody_answers_for_them(vote):
    allow(vote)
    lay(vote, Answer.AGREE)

    with pytest.raises(NotAllowedNow, match="has answered"):
        set_mode(vote, AnsweringMode.PROXY)


def test_what_was_answered_for_somebody_moves_along_with_a_new_link(vote, store):
    from services import links

    allow(vote)
    set_mode(vote, AnsweringMode.PROXY)
    lay(vote, Answer.AGREE)

    links.replace_link(who(vote))

    with store.read() as tx:
        (row,) = ballot_box.box_of(tx, vote.ballot_id)
    assert row[4]


def test_an_agreement_that_was_taken_back_allows_nothing_more(vote):
    allow(vote)
    proxies.take_back(who(vote))

    with pytest.raises(NotAllowedNow):
        set_mode(vote, AnsweringMode.PROXY)


def test_after_the_agreement_ended_no_further_answer_is_taken_for_the_person(vote, store):
    allow(vote)
    set_mode(vote, AnsweringMode.PROXY)
    lay(vote, Answer.AGREE)
    proxies.take_back(who(vote))

    with pytest.raises(NotAllowedNow, match="can still answer"):
        lay(vote, Answer.DISAGREE)

    with store.read() as tx:
        assert [row[2] for row in ballot_box.box_of(tx, vote.ballot_id)] == [Answer.AGREE]


def test_after_the_agreement_ended_the_person_answers_themselves(vote, store):
    allow(vote)
    set_mode(vote, AnsweringMode.PROXY)
    lay(vote, Answer.AGREE)
    proxies.take_back(who(vote))

    set_mode(vote, AnsweringMode.MYSELF)
    lay(vote, Answer.DISAGREE)

    with store.read() as tx:
        ((*_, given, _, is_proxy),) = ballot_box.box_of(tx, vote.ballot_id)
    assert (given, is_proxy) == (Answer.DISAGREE, False)
