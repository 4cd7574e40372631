from datetime import UTC, datetime, timedelta

import pytest

from domain.ballots import Quorum, Secrecy, Times
from domain.people import StakeholderGroup as Group
from domain.votes import Answer
from services import ballot_times, ballots, links, meetings, recommendations, voting
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import BALLOTS

WORDS = "Send one letter for the whole wheelchair order."


@pytest.fixture
def meeting_id(app_runtime):
    return staged.meeting_with_people(staged.programme())


@pytest.fixture
def recommendation_id(meeting_id):
    return recommendations.write(meeting_id, WORDS, author="facilitator")


@pytest.fixture
def ballot_id(meeting_id, recommendation_id):
    """An open vote over one recommendation."""
    return ballots.open_ballot(meeting_id, [recommendation_id], "Priorities")


def answer_for_all(meeting_id, ballot_id, recommendation_id):
    for _, secret in links.secrets_for(meeting_id):
        voting.lay_answer(secret, ballot_id, recommendation_id, Answer.AGREE)


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def test_a_vote_opens_over_the_proposed_recommendations(recommendation_id, meeting_id, open_page):
    at = open_page(BALLOTS)

    press(at, "Open the vote")

    (held,) = ballots.ballots_of(meeting_id)
    assert not at.exception
    assert held.ballot.state == "open"
    assert "0 of 3 people have answered" in " ".join(text_of(at).split())


def test_a_share_of_those_invited_can_have_to_answer(recommendation_id, meeting_id, open_page):
    at = open_page(BALLOTS)
    at.number_input(key="vote_quorum_share").set_value(60)

    press(at, "Open the vote")

    (held,) = ballots.ballots_of(meeting_id)
    assert held.ballot.quorum == Quorum(share=0.6)
    assert "2 people have to answer" in " ".join(text_of(at).split())


def test_a_number_and_a_share_at_once_are_refused(recommendation_id, meeting_id, open_page):
    at = open_page(BALLOTS)
    at.number_input(key="vote_quorum").set_value(2)
    at.number_input(key="vote_quorum_share").set_value(60)

    press(at, "Open the vote")

    assert "say one of the two" in at.warning[0].value
    assert ballots.ballots_of(meeting_id) == []


def test_watching_shows_how_many_and_no_answer(ballot_id, recommendation_id, meeting_id, open_page):
    answer_for_all(meeting_id, ballot_id, recommendation_id)

    at = open_page(BALLOTS)

    words = " ".join(text_of(at).split())
    assert "3 of 3 people have answered" in words
    assert "disagree" not in words


def test_where_nothing_moves_by_itself_a_button_looks_again(
    ballot_id, recommendation_id, meeting_id, open_page
):
    at = open_page(BALLOTS, **{"as": "leader"})
    answer_for_all(meeting_id, ballot_id, recommendation_id)

    press(at, "Look again")

    assert "3 of 3 people have answered" in " ".join(text_of(at).split())


def test_a_meeting_without_recommendations_cannot_open_a_vote(meeting_id, open_page):
    at = open_page(BALLOTS)

    assert not at.exception
    assert "Nothing to vote on yet" in text_of(at)
    assert not any(b.label == "Open the vote" for b in at.button)


def test_a_closed_vote_of_three_people_shows_no_count(
    ballot_id, recommendation_id, meeting_id, open_page
):
    answer_for_all(meeting_id, ballot_id, recommendation_id)
    at = open_page(BALLOTS)

    press(at, "Close it for good")

    assert not at.exception
    assert "3 of 3 people answered" in text_of(at)
    assert "3 of 3 agree" not in text_of(at)


def test_personal_links_stay_with_the_facilitator(ballot_id, meeting_id, open_page):
    secrets = [secret for _, secret in links.secrets_for(meeting_id)]

    at = open_page(BALLOTS, **{"as": "leader"})

    assert not at.exception
    assert not any(secret in html_of(at) for secret in secrets)
    assert not any(b.label == "Close it for good" for b in at.button)


def test_without_a_reachable_address_the_page_says_why_there_is_no_code(ballot_id, open_page):
    at = open_page(BALLOTS)
    at.session_state["links"] = True

    at.run()

    assert not at.exception
    assert "No QR code" in text_of(at)
    assert "/p/j/" in html_of(at)


def closed_by_two_groups(meeting_id, ballot_id, recommendation_id, agrees):
    """Twenty clinicians and twenty people from industry answer by a rule; the vote closes."""
    for group in (Group.CLINICIAN, Group.INDUSTRY):
        for n in range(20):
            meetings.add_person(meeting_id, f"{group} {n:02}", group)
    ballots.invite_latecomers(ballot_id)
    for attendance, secret in links.secrets_for(meeting_id):
        number = attendance.name.split()[-1]
        if number.isdigit():
            given = agrees(attendance.stakeholder_group, int(number))
            voting.lay_answer(secret, ballot_id, recommendation_id, given)
    ballots.close_ballot(ballot_id)


def test_common_ground_stands_first(ballot_id, recommendation_id, meeting_id, open_page):
    closed_by_two_groups(
        meeting_id,
        ballot_id,
        recommendation_id,
        lambda group, n: Answer.DISAGREE if n < 5 else Answer.AGREE,
    )

    at = open_page(BALLOTS, **{"as": "leader"})

    words = " ".join(text_of(at).split())
    assert not at.exception
    assert "every group agrees on one; groups really differ on no" in words
    told = words.index(f"1. {WORDS} Two groups, in each of them beyond chance.")
    assert words.index("Everyone agrees on these") < told < words.index("All recommendations")


def test_what_comes_first_stands_before_where_each_group_stands(
    ballot_id, recommendation_id, meeting_id, open_page
):
    closed_by_two_groups(
        meeting_id,
        ballot_id,
        recommendation_id,
        lambda group, n: Answer.DISAGREE if n < 5 else Answer.AGREE,
    )

    at = open_page(BALLOTS, **{"as": "leader"})

    words = " ".join(text_of(at).split())
    assert words.index("No. 1 comes first") < words.index("Every group is behind No. 1")
    assert "Surely among them" in words


def test_a_real_difference_is_told_with_its_range(
    ballot_id, recommendation_id, meeting_id, open_page
):
    closed_by_two_groups(
        meeting_id,
        ballot_id,
        recommendation_id,
        lambda group, n: Answer.AGREE if (n < 5) is (group is Group.INDUSTRY) else Answer.DISAGREE,
    )

    at = open_page(BALLOTS, **{"as": "leader"})

    words = " ".join(text_of(at).split())
    assert "Clinician: 15 of 20 agree, 5 disagree, 0 pass (plausibly 53 to 89 %)" in words
    assert "They differ by 50 points of 100, plausibly" in words


def test_a_vote_of_too_few_people_says_why_groups_are_not_compared(
    ballot_id, recommendation_id, meeting_id, open_page
):
    answer_for_all(meeting_id, ballot_id, recommendation_id)
    ballots.close_ballot(ballot_id)

    at = open_page(BALLOTS)

    words = text_of(at)
    assert not at.exception
    assert "Groups cannot be compared" in words
    assert "Everyone agrees on these" not in words


def test_a_vote_is_prepared_and_opened_later(recommendation_id, meeting_id, open_page):
    at = open_page(BALLOTS)

    press(at, "Prepare it for later")
    state = ballots.ballots_of(meeting_id)[0].ballot.state
    press(at, "Open it now")

    assert not at.exception
    assert state == "draft"
    assert "0 of 3 people have answered" in " ".join(text_of(at).split())


def test_a_prepared_vote_is_taken_away(recommendation_id, meeting_id, open_page):
    at = open_page(BALLOTS)
    press(at, "Prepare it for later")

    press(at, "Take it away for good")

    assert not at.exception
    assert ballots.ballots_of(meeting_id) == []


def test_somebody_gets_more_time_and_the_vote_ends_for_the_others(ballot_id, open_page):
    at = open_page(BALLOTS)
    at.session_state["more_time"] = True
    at.run()
    press(at, "Give them more time")

    press(at, "Close it for the others")

    assert not at.exception
    (one,) = ballot_times.extensions(ballot_id)
    assert one.name in text_of(at)
    assert "It has closed; results are shown when everybody has had the time" in text_of(at)


def test_who_has_more_time_stays_with_the_facilitator(ballot_id, meeting_id, open_page):
    who = links.secrets_for(meeting_id)[0][0]
    until = datetime.now(UTC) + timedelta(days=3)
    ballot_times.extend(ballot_id, who.attendance_id, until)

    at = open_page(BALLOTS, **{"as": "leader"})

    assert not at.exception
    assert who.name not in html_of(at)
    assert "more time" not in text_of(at).lower()


def test_hands_are_shown_to_the_facilitator_alone(meeting_id, recommendation_id, open_page):
    hands = ballots.open_ballot(meeting_id, title="Hands", secrecy=Secrecy.NAMED)
    answer_for_all(meeting_id, hands, recommendation_id)
    ballots.close_ballot(hands)
    name = links.secrets_for(meeting_id)[0][0].name

    facilitator = open_page(BALLOTS)
    facilitator.session_state["hands"] = True
    facilitator.run()
    leader = open_page(BALLOTS, **{"as": "leader"})
    leader.session_state["hands"] = True
    leader.run()

    assert not facilitator.exception
    assert not leader.exception
    assert (name in html_of(facilitator), name in html_of(leader)) == (True, False)


def test_the_result_says_whether_enough_people_answered(meeting_id, recommendation_id, open_page):
    plan = (Times(), Quorum(n=5))
    ballot_id = ballots.open_ballot(meeting_id, title="Again", plan=plan)
    answer_for_all(meeting_id, ballot_id, recommendation_id)
    ballots.close_ballot(ballot_id)

    at = open_page(BALLOTS)

    assert "5 people had to answer, and fewer did." in text_of(at)


def test_the_form_tells_what_a_vote_of_this_roster_can_show(recommendation_id, open_page):
    at = open_page(BALLOTS)

    assert not at.exception
    assert "With 3 people on the roster, results tell only how many answered" in text_of(at)


def test_a_vote_from_polis_asks_for_both_files(recommendation_id, open_page):
    at = open_page(BALLOTS)
    at.session_state["polis"] = True

    at.run()

    assert not at.exception
    assert "Its statements become drafts" in text_of(at)
    assert not any(b.label == "Bring it in" for b in at.button)
