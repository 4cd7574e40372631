from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ballots import AnsweringMode, Secrecy
from domain.votes import Answer
from participant.words import until
from services import ballot_times, ballots, participation, proxies, voting
from services.page_marks import make_mark
from tests.services.test_ballots import lay

HANDS = "A show of hands: whoever runs the meeting sees who answered what."
PLACES = ("", "v/{}/1", "v/{}/stop/1", "v/{}/done", "v/{}/answers/1", "v/{}/withdraw")


def pages_of(browser, vote, ballot_id):
    browser.open(f"/p/j/{vote.maria}")
    root = browser.response.url.path
    return {place: browser.open(root + place.format(ballot_id)).text for place in PLACES}


def answer_first(vote, ballot_id):
    held = next(
        b.ballot for b in ballots.ballots_of(vote.meeting_id) if b.ballot.ballot_id == ballot_id
    )
    voting.lay_answer(vote.maria, ballot_id, held.items[0].recommendation_id, Answer.AGREE)


def test_every_page_of_a_show_of_hands_says_so(vote, browser):
    hands = ballots.open_ballot(vote.meeting_id, title="Hands", secrecy=Secrecy.NAMED)
    answer_first(vote, hands)

    told = pages_of(browser, vote, hands)

    assert [place for place, text in told.items() if HANDS not in text] == []


def test_no_page_of_a_confidential_vote_does(vote, browser):
    answer_first(vote, vote.ballot_id)

    told = pages_of(browser, vote, vote.ballot_id)

    assert [place for place, text in told.items() if "show of hands" in text] == []


def test_pages_say_in_words_until_when(vote, browser):
    day = datetime.now(UTC).date() + timedelta(days=5)
    ballot_times.move_close(vote.ballot_id, ballot_times.end_of(day, "UTC"))
    answer_first(vote, vote.ballot_id)

    told = pages_of(browser, vote, vote.ballot_id)

    words = f"You can answer until the end of {day:%A} {day.day} {day:%B %Y}."
    assert [
        p for p in ("", "v/{}/stop/1", "v/{}/done") if words not in told[p].replace(",", "")
    ] == []


def test_whoever_has_more_time_is_told_until_when_and_answers(vote, browser):
    day = datetime.now(UTC).date() + timedelta(days=5)
    who = vote.people["Maria Delgado"].attendance_id
    ballot_times.extend(vote.ballot_id, who, ballot_times.end_of(day, "UTC"))
    ballots.close_ballot(vote.ballot_id)
    browser.open(f"/p/j/{vote.maria}")

    browser.follow("Start")
    browser.press("Agree")

    assert (
        f"{day.day} {day:%B %Y}"
        in browser.open(browser.response.url.path.rpartition("/v/")[0] + "/").text
    )
    assert ballots.progress(vote.ballot_id).n_answered == 1


def test_the_others_find_the_vote_closed_and_their_answers_counted(vote, browser):
    lay(vote, "Tom Okafor", 1, Answer.AGREE)
    who = vote.people["Maria Delgado"].attendance_id
    ballot_times.extend(vote.ballot_id, who, datetime.now(UTC) + timedelta(days=2))
    ballots.close_ballot(vote.ballot_id)
    browser.open(f"/p/j/{vote.tom}")
    root = browser.response.url.path

    page = browser.open(f"{root}v/{vote.ballot_id}/done")

    assert "Your answers are counted and can no longer be changed." in page.text
    assert "Maria" not in page.text
    assert "more time" not in page.text
    assert browser.open(f"{root}v/{vote.ballot_id}/1").text.count("This vote closed at") == 1


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_somebody_who_is_answered_for_say_whose_answers_they_are(vote, browser, place):
    who = vote.people["Maria Delgado"].attendance_id
    proxies.write_down(who, "Elena", "by the eyes, with Tom")
    mark = make_mark(vote.maria, "who")
    participation.set_who_presses(vote.maria, AnsweringMode.PROXY, mark)
    answer_first(vote, vote.ballot_id)

    told = pages_of(browser, vote, vote.ballot_id)

    assert "Answers for Maria Delgado" in told[place]
    assert "Answering as" not in told[place]


def test_a_moment_within_a_day_is_told_with_its_zone():
    moment = datetime(2026, 12, 4, 17, 30, tzinfo=UTC)

    assert until(moment, "America/New_York") == "12:30 on 4 December 2026 (America/New_York)"


def test_the_end_of_a_day_is_told_as_that_day():
    over = ballot_times.end_of(date(2026, 12, 4), "America/New_York")

    assert until(over, "America/New_York").startswith("the end of Friday")
