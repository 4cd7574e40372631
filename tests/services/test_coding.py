"""Passages coded blind, and what comes of it."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.coding import CodedAs
from domain.errors import NotAllowedNow, NotFound, NotPermitted, TooFewPassages
from domain.ids import AccountId
from domain.talk import ConsentUse, Zone
from services import coding, coding_result, erasure, meetings
from services.access import acting_as
from services.theme_finding import find_themes_of_meeting
from store import audit, consent
from store.tables import passage_coding, theme_check_passage
from tests.made_check import code_as_the_machine, machine_says, make_check, make_meeting
from tests.pages import staged

REVIEWER = Actor("Rae", (Grant(StaffRole.REVIEWER),), AccountId("rae"))
ANALYST = Actor("Ali", (Grant(StaffRole.ANALYST),), AccountId("ali"))


@pytest.fixture
def check(app_runtime):
    return make_check()


def rows(store, table):
    with store.read() as tx:
        return tx.execute(table.select()).all()


def test_the_choices_stand_by_name_whatever_the_machine_said(check):
    """The order of the themes gives no answer away."""
    opened = coding.open_check(check.check_id, "Ann")
    seen = set()
    while turn := coding.next_turn(opened):
        seen.add(tuple(choice.name for choice in turn.choices))
        coding.code(opened, turn.passage_id, CodedAs.NONE)

    (names,) = seen
    assert list(names) == sorted(names, key=str.casefold)
    assert len(names) > 1


def test_what_a_coder_is_given_does_not_hold_the_machines_answer(check):
    turn = coding.next_turn(coding.open_check(check.check_id, "Ann"))

    assert set(vars(turn)) == {"passage_id", "quote", "n_done", "n_passages", "choices"}
    assert set(machine_says(check.check_id).values()) - {None} == {
        choice.theme_id for choice in turn.choices
    }


def test_the_same_seed_draws_the_same_passages(check, store):
    again = coding.draw_sample(check.meeting_id, 60, seed=1)

    by_check = {}
    for row in rows(store, theme_check_passage):
        by_check.setdefault(row.check_id, {})[row.position] = row.passage_id
    assert by_check[check.check_id] == by_check[again]


def test_coding_goes_on_where_it_was_left(check):
    opened = coding.open_check(check.check_id, "Ann")
    first = coding.next_turn(opened)
    coding.code(opened, first.passage_id, CodedAs.NONE)

    later = coding.next_turn(coding.open_check(check.check_id, " ann "))

    assert (later.n_done, later.passage_id != first.passage_id) == (1, True)


def test_undo_brings_the_passage_back_and_keeps_what_was_said(check, store):
    opened = coding.open_check(check.check_id, "Ann")
    first = coding.next_turn(opened)
    coding.code(opened, first.passage_id, CodedAs.NONE)

    assert coding.take_back(opened)

    assert coding.next_turn(opened).passage_id == first.passage_id
    assert [row.answer for row in rows(store, passage_coding)] == ["none of these", "taken back"]


def test_there_is_nothing_to_take_back_before_the_first_answer(check):
    assert not coding.take_back(coding.open_check(check.check_id, "Ann"))


def test_two_coders_do_not_touch_each_others_answers(check):
    one, other = (coding.open_check(check.check_id, name) for name in ("Ann", "Bo"))
    coding.code(one, coding.next_turn(one).passage_id, CodedAs.NONE)

    assert coding.next_turn(other).n_done == 0
    assert not coding.take_back(other)


def test_with_accounts_the_coder_is_whoever_is_signed_in(check):
    with acting_as(REVIEWER):
        opened = coding.open_check(check.check_id, "Somebody else")

    assert (opened.coder.name, opened.coder.account_id) == ("Rae", "rae")


def test_a_theme_of_another_run_is_refused(check):
    opened = coding.open_check(check.check_id, "Ann")
    turn = coding.next_turn(opened)

    with pytest.raises(NotAllowedNow, match="Choose another"):
        coding.code(opened, turn.passage_id, CodedAs.THEME, "elsewhere")


def test_whoever_codes_as_the_machine_agrees_with_it(check):
    n = code_as_the_machine(check.check_id, "Ann")

    (pair,) = coding_result.result(check.check_id, "Ann").pairs

    assert (pair.first, pair.second) == ("Ann", "the machine")
    assert (pair.agreement.n, pair.agreement.n_same, pair.agreement.kappa) == (n, n, 1.0)
    assert pair.differences == ()


def test_persons_are_compared_with_the_machine_and_with_each_other(check):
    n = code_as_the_machine(check.check_id, "Ann")
    code_as_the_machine(check.check_id, "Bo", n_otherwise=4)

    found = coding_result.result(check.check_id, "Cy").pairs

    told = {(p.first, p.second): p.agreement.n_same for p in found}
    assert told == {
        ("Ann", "the machine"): n,
        ("Bo", "the machine"): n - 4,
        ("Ann", "Bo"): n - 4,
    }


def test_differences_are_told_by_name_and_add_up(check):
    code_as_the_machine(check.check_id, "Ann", n_otherwise=5)

    (pair,) = coding_result.result(check.check_id, "Ann").pairs

    assert sum(d.n for d in pair.differences) == 5
    names = {c.name for c in coding.next_turn(coding.open_check(check.check_id, "X")).choices}
    assert {d.first for d in pair.differences} <= names
    assert sum(t.n_second for t in pair.themes) == pair.agreement.n


def test_where_somebody_cannot_tell_nothing_is_compared(check):
    opened = coding.open_check(check.check_id, "Ann")
    coding.code(opened, coding.next_turn(opened).passage_id, CodedAs.CANNOT_TELL)
    code_as_the_machine(check.check_id, "Ann")

    (pair,) = coding_result.result(check.check_id, "Ann").pairs

    assert pair.n_left_out == 1
    assert pair.agreement.n_same == pair.agreement.n


def test_the_result_waits_until_whoever_asks_is_done(check):
    """Blind to the end: where others put passages would sway what is left."""
    code_as_the_machine(check.check_id, "Bo")
    opened = coding.open_check(check.check_id, "Ann")
    coding.code(opened, coding.next_turn(opened).passage_id, CodedAs.NONE)

    with pytest.raises(NotAllowedNow, match=r"You have coded 1 of \d+ passages"):
        coding_result.result(check.check_id, "Ann")

    assert coding_result.result(check.check_id, "Somebody who looks").pairs


def test_a_few_answers_are_not_compared(check):
    opened = coding.open_check(check.check_id, "Bo")
    for _ in range(coding.FEWEST - 1):
        coding.code(opened, coding.next_turn(opened).passage_id, CodedAs.NONE)

    assert coding_result.result(check.check_id, "Ann").pairs == ()


def test_a_new_run_leaves_the_sample_with_the_run_it_is_of(check):
    n = code_as_the_machine(check.check_id, "Ann")

    find_themes_of_meeting(check.meeting_id)

    (told,) = coding.checks(check.meeting_id)
    assert not told.check.is_of_current_run
    assert coding_result.result(check.check_id, "Ann").pairs[0].agreement.n_same == n


def test_erasing_somebody_takes_their_passages_out_of_samples_and_answers(check, store):
    """B-11: What was coded of their words goes with the words."""
    code_as_the_machine(check.check_id, "Rae")
    before = {row.passage_id for row in rows(store, theme_check_passage)}
    ann = next(a for a in meetings.roster(check.meeting_id) if a.name == staged.ANN)

    erasure.erase_person(ann.attendance_id, reason="asked by letter")

    left = {row.passage_id for row in rows(store, theme_check_passage)}
    assert left < before
    assert {row.passage_id for row in rows(store, passage_coding)} == left
    (told,) = coding.checks(check.meeting_id)
    assert told.n_passages == len(left)


def test_whoever_takes_their_agreement_back_is_in_no_sample_any_more(check, store):
    """B-4: On the next request."""
    before = coding.next_turn(coding.open_check(check.check_id, "Rae")).n_passages
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

    opened = coding.open_check(check.check_id, "Rae")
    after = coding.next_turn(opened)

    assert after.n_passages < before
    assert after.n_passages == len(still_coded(opened))


def still_coded(opened):
    """The passages that come to a coder, one after the other."""
    seen = []
    while turn := coding.next_turn(opened):
        seen.append(turn.passage_id)
        coding.code(opened, turn.passage_id, CodedAs.NONE)
    return seen


def test_a_passage_that_may_not_be_read_any_more_cannot_be_coded(check):
    opened = coding.open_check(check.check_id, "Rae")

    with pytest.raises(NotAllowedNow, match="left out"):
        coding.code(opened, "gone", CodedAs.NONE)


def test_restricted_words_need_the_reviewers_role_and_a_reason(app_runtime, store):
    """B-15: As everywhere that words are read which nobody released."""
    meeting_id = make_meeting()
    find_themes_of_meeting(meeting_id, Zone.RESTRICTED)
    with acting_as(ANALYST), pytest.raises(NotPermitted):
        coding.draw_sample(meeting_id, 30, zone=Zone.RESTRICTED, reason="quality")
    with acting_as(REVIEWER), pytest.raises(NotAllowedNow, match="Say why"):
        coding.draw_sample(meeting_id, 30, zone=Zone.RESTRICTED)

    with acting_as(REVIEWER):
        check_id = coding.draw_sample(meeting_id, 30, zone=Zone.RESTRICTED, reason="quality")
        with pytest.raises(NotAllowedNow, match="Say why"):
            coding.open_check(check_id)
        opened = coding.open_check(check_id, reason="second coder")
        assert coding.next_turn(opened)
        with pytest.raises(NotAllowedNow, match="Say why"):
            coding_result.result(check_id)
        assert coding_result.result(check_id, reason=opened.reason).pairs == ()

    with acting_as(ANALYST):
        for ask in (coding.open_check, coding_result.result):
            with pytest.raises(NotPermitted):
                ask(check_id)
        with pytest.raises(NotPermitted):
            coding.next_turn(opened)
    with store.read() as tx:
        reasons = {e.reason for e in audit.events(tx) if e.subject_id == check_id}
    assert reasons == {"quality", "second coder"}


@pytest.mark.parametrize("role", [StaffRole.LEADER, StaffRole.FACILITATOR, StaffRole.ADMIN])
def test_others_neither_draw_nor_code_nor_see_the_result(check, role):
    with acting_as(Actor("Lee", (Grant(role),))):
        for ask in (
            lambda: coding.draw_sample(check.meeting_id, 30),
            lambda: coding.checks(check.meeting_id),
            lambda: coding.open_check(check.check_id),
            lambda: coding_result.result(check.check_id),
        ):
            with pytest.raises(NotPermitted):
                ask()


def test_a_meeting_without_themes_has_nothing_to_draw(app_runtime):
    meeting_id = staged.meeting_with_words(staged.programme())

    with pytest.raises(TooFewPassages):
        coding.draw_sample(meeting_id, 30)


def test_an_unknown_check_is_named(app_runtime):
    with pytest.raises(NotFound, match="check of themes"):
        coding.open_check("gone")
