import pytest

from services import links, participation, statement_desk, transcripts
from services.participation import ConsentChoice
from tests.made_statement import write_statement
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import STATEMENTS

WORDS = "Our lift broke twice.\n\nLend <b>hoists</b> early."


@pytest.fixture
def meeting_id(app_runtime):
    return staged.meeting_with_people(staged.programme())


@pytest.fixture
def ann(meeting_id):
    """Her link; she agreed to be quoted without her name."""
    secret = next(s for a, s in links.secrets_for(meeting_id) if a.name == staged.ANN)
    mark = participation.consent_mark(secret)
    participation.give_consent(secret, ConsentChoice.QUOTED, mark)
    return secret


@pytest.fixture
def sent(ann):
    return write_statement(ann, WORDS)


@pytest.fixture
def at(meeting_id, open_page):
    return open_page(STATEMENTS)


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def test_an_empty_desk_says_where_statements_come_from(at):
    assert not at.exception
    assert "Nothing waits" in text_of(at)


def test_what_waits_is_shown_as_it_was_written_with_a_group_and_no_name(sent, at):
    told = text_of(at)

    assert not at.exception
    assert "Our lift broke twice.<br><br>Lend &lt;b&gt;hoists&lt;/b&gt; early." in html_of(at)
    assert "Person living with ALS" in told
    assert staged.ANN not in told


def test_a_draft_must_not_appear(ann, meeting_id, open_page):
    write_statement(ann, "A wish that is not ripe", is_sent=False)

    assert "not ripe" not in text_of(open_page(STATEMENTS))


def test_accepting_shares_it_and_makes_a_draft_possible(sent, at, meeting_id):
    press(at, "Accept and share it")
    assert [u.text for u in transcripts.utterances(meeting_id)] == [WORDS]
    assert "behind no recommendation yet" in text_of(at)

    next(a for a in at.text_area).set_value("Lend hoists before they are needed at home.").run()
    assert "Reads like grade" in text_of(at)
    press(at, "Make the draft")

    assert not at.exception
    assert "behind recommendation 1" in text_of(at)


def test_a_refusal_without_a_reason_asks_for_one(sent, at, meeting_id):
    press(at, "Do not take it")

    assert "Say why, in plain words" in text_of(at)
    assert len(statement_desk.waiting(meeting_id)) == 1


def test_what_was_not_taken_can_wait_again(sent, at, meeting_id):
    at.text_input(key=f"why_{sent}").set_value("It is about travel.")
    press(at, "Do not take it")
    assert "Why: It is about travel. (set aside)" in text_of(at)

    press(at, "Undo: it waits again")

    assert len(statement_desk.waiting(meeting_id)) == 1
