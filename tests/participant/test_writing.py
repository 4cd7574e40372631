"""Somebody writes on their own page: nothing is lost, nothing is cut, and they see what comes."""

import html
import re
from datetime import UTC, datetime, timedelta

import html5lib
import pytest

from domain.statements import MOST_KEPT, MOST_LETTERS, MOST_STATEMENTS, StatementState
from services import ballots, participation, recommendations, statement_desk
from services.participation import ConsentChoice
from services.runtime import runtime
from services.statements import my_statements
from store import statements as kept

WORDS = "Our lift broke twice in May.\n\nLet the clinic lend a second hoist."
HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)> & \"'</textarea>",
    "right to left": "שלום \u202eabc\u202c مرحبا",
    "emoji": "👩‍🦽🧡 I speak with my eyes 👁️",
    "placeholders": "%(name)s {reason} {{ 7*7 }} {% raw %}",
    "many lines": "a\n" * 500,
}


@pytest.fixture
def maria(vote, browser):
    browser.open(f"/p/j/{vote.maria}")
    browser.root = browser.response.url.path
    browser.follow("Write something")
    return browser


def shown(browser):
    """What stands in the field, as a browser reads it."""
    tree = html5lib.parse(browser.response.text, namespaceHTMLElements=False)
    return next(node.text or "" for node in tree.iter("textarea"))


def press(browser, button, words):
    address, data = browser.filled(button)
    browser._shown(browser.client.post(address, data={**data, "text": words}))
    return browser.page


def keep(browser, words, mark=None):
    """What the script sends."""
    address, data = browser.filled("Save")
    told = {"mark": mark or data["mark"], "text": words}
    return browser.client.post(f"{address}/keep", data=told)


def states(secret):
    return [one.statement.state for one in my_statements(secret).statements]


def test_what_is_saved_is_there_on_another_device(maria, vote, new_browser):
    """A-23: Save works without a script."""
    page = press(maria, "Save", WORDS)
    assert "Saved. Only you read it." in page.text

    other = new_browser()
    other.open(f"/p/j/{vote.maria}")
    other.follow("Write something")

    assert shown(other) == WORDS


def test_the_script_keeps_what_is_written_and_gets_the_next_mark(maria, vote):
    """A-23: Autosave, twice on one page."""
    first = keep(maria, "One")
    second = keep(maria, "One two", first.text)

    assert (first.status_code, second.status_code) == (200, 200)
    assert [one.text for one in my_statements(vote.maria).statements] == ["One two"]


def test_a_draft_of_thirty_days_is_there_after_a_restart(maria, vote, store):
    """A-23: As long as its author wants."""
    press(maria, "Save", WORDS)
    long_ago = datetime.now(UTC) - timedelta(days=31)
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE statement SET changed_at = ?", (long_ago.isoformat(" "),))
    store.close()

    maria.open(f"{maria.root}write")

    assert shown(maria) == WORDS


def test_nobody_but_its_author_reads_a_draft(maria, vote):
    press(maria, "Save", WORDS)

    assert statement_desk.waiting(vote.meeting_id) == []


def test_sending_says_so_and_hands_it_over(maria, vote):
    page = press(maria, "Send to the people who run the meeting", WORDS)

    assert "Sent. The people who run the meeting read it" in page.text
    assert "Sent. Nobody has decided yet." in page.text
    assert [one.text for one in statement_desk.waiting(vote.meeting_id)] == [WORDS]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_words_come_back_letter_for_letter(maria, words):
    """A-23: Pasted from a speech device or anywhere."""
    press(maria, "Save", words)

    assert shown(maria) == words
    assert html.escape("<script>alert(1)") in maria.response.text or "<script>" not in words


def test_what_no_database_can_hold_becomes_a_sign_and_nothing_else(maria, vote):
    press(maria, "Save", "before\x00after")

    assert [one.text for one in my_statements(vote.maria).statements] == ["before\ufffdafter"]


def test_the_limit_is_shown(maria):
    """A-23: At least 2,000 letters."""
    assert MOST_LETTERS >= 2000
    assert "At most 4,000 letters can be sent. Letters now: 0" in maria.page.text
    assert "maxlength" not in maria.response.text


def test_what_is_too_long_to_send_is_kept_whole(maria, vote):
    """A-23: Never cut silently."""
    words = "word " * 1000

    page = press(maria, "Send to the people who run the meeting", words)

    assert "These are 5000 letters. At most 4000 can be sent. Nothing was cut" in page.text
    assert shown(maria) == words
    assert [one.text for one in my_statements(vote.maria).statements] == [words]


def test_a_hundred_thousand_letters_come_back_with_the_page(maria, vote):
    """A-23: What cannot be kept is not thrown away either."""
    words = "x" * 100_000

    page = press(maria, "Save", words)

    assert maria.response.status_code == 400
    assert f"at most {MOST_KEPT} can be kept. Nothing was cut" in page.text
    assert shown(maria) == words
    assert states(vote.maria) == []


@pytest.mark.parametrize("words", ["", "  \n "])
def test_nothing_is_not_sent(maria, vote, words):
    page = press(maria, "Send to the people who run the meeting", words)

    assert "There is nothing to send yet." in page.text
    assert states(vote.maria) == []


def test_a_late_press_of_the_script_does_not_undo_the_sending(maria, vote):
    first = keep(maria, WORDS).text
    press(maria, "Save", WORDS)
    press(maria, "Send to the people who run the meeting", WORDS)
    statement_id = my_statements(vote.maria).statements[0].statement.statement_id
    address = f"{maria.root}write/{statement_id}/keep"

    late = maria.client.post(address, data={"mark": first, "text": "later"})

    assert late.status_code == 409
    assert [one.text for one in statement_desk.waiting(vote.meeting_id)] == [WORDS]


def test_what_was_typed_on_an_old_page_stands_on_a_new_one(maria, vote):
    address, data = maria.filled("Save")
    press(maria, "Send to the people who run the meeting", WORDS)

    maria._shown(maria.client.post(address, data={**data, "text": "More words"}))

    assert "older than what is kept" in maria.page.text
    assert shown(maria) == "More words"
    press(maria, "Save", "More words")
    assert sorted(states(vote.maria)) == [StatementState.DRAFT, StatementState.SENT]


def test_what_was_deleted_is_not_brought_back_by_an_old_page(maria, vote):
    mark = keep(maria, WORDS).text
    statement_id = my_statements(vote.maria).statements[0].statement.statement_id
    address = f"{maria.root}write/{statement_id}/keep"
    maria.open(f"{maria.root}written/s/{statement_id}/delete")
    maria.press("Delete for good")
    assert "Deleted. The words are not here any more." in maria.page.text

    late = maria.client.post(address, data={"mark": mark, "text": WORDS})

    assert late.status_code == 409
    assert states(vote.maria) == []


def test_a_statement_is_taken_back_to_be_changed(maria, vote):
    press(maria, "Send to the people who run the meeting", WORDS)
    maria.follow("Open")

    maria.press("Change it")

    assert shown(maria) == WORDS
    assert statement_desk.waiting(vote.meeting_id) == []


def test_somebody_elses_statement_is_not_there(maria, vote, new_browser):
    press(maria, "Send to the people who run the meeting", WORDS)
    statement_id = my_statements(vote.maria).statements[0].statement.statement_id
    tom = new_browser()
    tom.open(f"/p/j/{vote.tom}")
    root = tom.response.url.path

    for path in ("write/{}", "written/s/{}", "written/s/{}/delete"):
        tom.open(root + path.format(statement_id))
        assert tom.response.status_code == 404
        assert "lift" not in tom.page.text


def test_whoever_wants_no_words_used_is_told_and_writes_none(maria, vote):
    keep(maria, WORDS)
    choice = ConsentChoice.NOTHING
    participation.give_consent(vote.maria, choice, participation.consent_mark(vote.maria))

    maria.open(f"{maria.root}write")

    assert "none are kept" in maria.page.text
    assert "Save" not in maria.page.buttons
    assert "May we use your words?" in maria.page.links


def test_nobody_fills_the_house_with_statements(maria, vote, store):
    who = vote.people["Maria Delgado"].attendance_id
    with store.write() as tx:
        for n in range(MOST_STATEMENTS):
            kept.put(tx, f"statement{n:03}", who, "words", "en")
            kept.move(tx, f"statement{n:03}", StatementState.SENT)
    maria.open(f"{maria.root}write")

    page = press(maria, "Save", WORDS)

    assert f"You have written {MOST_STATEMENTS} statements." in page.text
    assert shown(maria) == WORDS


def test_its_author_reads_why_it_came_back_and_why_it_was_not_taken(maria, vote):
    press(maria, "Send to the people who run the meeting", WORDS)
    statement_id = my_statements(vote.maria).statements[0].statement.statement_id
    statement_desk.send_back(statement_id, "Say which clinic you mean.", author="Fay")
    maria.open(f"{maria.root}written/s/{statement_id}")
    assert "Sent back to you to change." in maria.page.text
    assert "Why: Say which clinic you mean." in maria.page.text
    maria.press("Change it")
    assert "sent it back, because: Say which clinic you mean." in maria.page.text
    press(maria, "Send to the people who run the meeting", WORDS)

    statement_desk.set_aside(statement_id, "This meeting is about travel.", author="Fay")

    maria.open(f"{maria.root}written/1")
    assert "Not taken." in maria.page.text
    maria.follow("Open")
    assert "Why: This meeting is about travel." in maria.page.text


def test_its_author_follows_it_into_the_vote(maria, vote):
    choice = ConsentChoice.QUOTED
    participation.give_consent(vote.maria, choice, participation.consent_mark(vote.maria))
    press(maria, "Send to the people who run the meeting", WORDS)
    statement_id = my_statements(vote.maria).statements[0].statement.statement_id
    told = []

    def look():
        maria.open(f"{maria.root}written/s/{statement_id}")
        told.append(re.search(r"Accepted[^.]*\.", maria.page.text)[0])

    utterance_id = statement_desk.accept(statement_id, is_shared=True, author="Fay")
    look()
    draft = statement_desk.draft(utterance_id, "Lend a second hoist.", author="Fay")
    look()
    recommendations.accept_draft(draft)
    ballots.open_ballot(vote.meeting_id, [draft], title="Second vote")
    look()

    assert told == [
        "Accepted.",
        "Accepted, and a recommendation rests on it.",
        "Accepted, and in the vote.",
    ]
    assert "People vote on it, or voted, in “Second vote”." in maria.page.text
    assert "Open these words" in maria.page.links


def test_a_press_too_soon_keeps_the_words_and_sends_nothing(maria, vote, app_runtime, monkeypatch):
    """A-9: The gaze that still rests on the page before sends nothing."""
    from dataclasses import replace

    slow = replace(app_runtime.settings, dwell_guard_ms=60_000)
    monkeypatch.setattr(app_runtime, "settings", slow)

    press(maria, "Send to the people who run the meeting", WORDS)

    assert shown(maria) == WORDS
    assert states(vote.maria) == [StatementState.DRAFT]


def test_the_page_to_write_on_is_small(maria, record_property):
    """A-11: Page, style and script together."""
    n_bytes = len(maria.response.content)
    for address in re.findall(r'(?:href|src)="(/p/[^"]+\?v=[^"]+)"', maria.response.text):
        n_bytes += len(maria.client.get(address).content)

    record_property("figure", f"{n_bytes} bytes with style and script")
    assert n_bytes <= 14_000


def test_only_the_page_to_write_on_may_run_a_script(maria):
    writing = maria.response.headers["content-security-policy"]
    maria.open(maria.root)

    assert "script-src 'self'; connect-src 'self'" in writing
    assert "script-src" not in maria.response.headers["content-security-policy"]


def test_two_statements_in_spanish_say_so(maria, vote):
    maria.open(f"{maria.root}in/es")
    maria.follow("Escribir algo")

    press(maria, "Guardar", "Queremos una segunda grúa.")

    assert [one.statement.language for one in my_statements(vote.maria).statements] == ["es"]
    with runtime().store.read() as tx:
        who = vote.people["Maria Delgado"].attendance_id
        assert len(kept.statements_of(tx, who)) == 1
