import pytest

from domain.talk import ConsentUse
from services import coding, meetings
from services.theme_finding import find_themes_of_meeting
from store import consent
from tests.made_check import code_as_the_machine, make_check, make_meeting
from tests.pages import staged
from tests.pages.conftest import text_of
from ui.screens import CHECK_MACHINE


@pytest.fixture
def check(app_runtime):
    return make_check()


def press(at, label):
    next(b for b in at.button if b.label.startswith(label)).click()
    return at.run()


def begin(open_page, name="Ann"):
    at = open_page(CHECK_MACHINE)
    at.text_input(key="coder_name").set_value(name)
    return press(at, "Begin")


def test_a_meeting_without_themes_says_what_comes_first(app_runtime, open_page):
    staged.meeting_with_words(staged.programme())

    at = open_page(CHECK_MACHINE)

    assert not at.exception
    assert "No themes yet" in text_of(at)


def test_a_sample_is_drawn_from_the_page(app_runtime, open_page):
    meeting_id = make_meeting()
    at = open_page(CHECK_MACHINE)

    press(at, "Draw a sample")

    assert not at.exception
    (told,) = coding.checks(meeting_id)
    assert told.n_passages == 16
    assert "A sample is drawn" in at.success[0].value


def test_a_passage_stands_alone_with_every_theme_and_two_ways_out(check, open_page):
    at = begin(open_page)
    turn = coding.next_turn(coding.open_check(check.check_id, "Ann"))

    labels = [b.label for b in at.button]
    assert not at.exception
    assert "Passage 1 of 16" in text_of(at)
    assert turn.quote.text in text_of(at)
    assert {"None of these", "Cannot tell"} <= set(labels)
    assert {c.name for c in turn.choices} <= set(labels)


def test_an_answer_leads_to_the_next_passage_and_undo_back(check, open_page):
    at = begin(open_page)

    press(at, "None of these")
    assert "Passage 2 of 16" in text_of(at)
    press(at, "Undo")

    assert "Passage 1 of 16" in text_of(at)


def test_single_keys_answer_only_when_asked_for(check, open_page):
    at = begin(open_page)
    off = [b.proto.shortcut for b in at.button if b.key and b.key.startswith("code_")]

    at.toggle(key="code_keys").set_value(True).run()

    on = [b.proto.shortcut for b in at.button if b.key and b.key.startswith("code_")]
    assert not any(off)
    assert all(on)
    assert len(set(on)) == len(on)


def test_the_last_answer_says_that_all_is_done(check, open_page):
    code_as_the_machine(check.check_id, "Ann")

    at = begin(open_page)

    assert "You have coded all 16 passages" in text_of(at)


def test_the_result_tells_how_far_all_agree_with_denominators(check, open_page):
    code_as_the_machine(check.check_id, "Ann")
    code_as_the_machine(check.check_id, "Bo", n_otherwise=4)

    at = open_page(CHECK_MACHINE, view="Result")

    told = text_of(at)
    assert not at.exception
    assert "Ann and the machine put 16 of 16 passages alike" in told
    assert "Ann and Bo put 12 of 16 passages alike" in told
    assert "What two people reach" in told


def test_before_anybody_coded_the_result_says_what_it_waits_for(check, open_page):
    at = open_page(CHECK_MACHINE, view="Result")

    assert "at least 10 passages" in text_of(at)


def test_whoever_is_in_the_middle_is_not_shown_the_result(check, open_page):
    """Must not appear: where others put passages that are still to be coded."""
    code_as_the_machine(check.check_id, "Bo")
    at = begin(open_page)
    press(at, "None of these")
    at.query_params["view"] = "Result"

    at.run()

    assert "alike" not in text_of(at)


def test_words_that_are_only_counted_are_never_shown_to_a_coder(check, store, open_page):
    """Must not appear: B-4, grouped only."""
    ann = next(a for a in meetings.roster(check.meeting_id) if a.name == staged.ANN)
    with store.write() as tx:
        consent.add_consent(
            tx,
            check.meeting_id,
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="Ann",
            attendance_id=ann.attendance_id,
        )
    at = begin(open_page, "Rae")
    drawn = text_of(at)
    while any(b.label == "None of these" for b in at.button):
        press(at, "None of these")
        drawn += text_of(at)

    assert "You have coded all 10 passages" in drawn
    assert "alarm rang" in drawn


def test_a_sample_of_an_earlier_run_says_so(check, open_page):
    find_themes_of_meeting(check.meeting_id)

    at = open_page(CHECK_MACHINE)

    assert "found again since this sample was drawn" in at.warning[0].value


def test_a_leader_has_no_such_screen(check, open_page):
    with pytest.raises(ValueError, match="navigation page"):
        open_page(CHECK_MACHINE, **{"as": "leader"})
