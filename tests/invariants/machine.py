"""A vote under everything that can happen to it, in any order. Start at `HouseOfVotes`."""

from contextlib import suppress
from copy import deepcopy

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from domain.ballots import AnsweringMode
from domain.errors import BallotClosed, LinkUnknown, NotAllowedNow
from domain.votes import Answer
from services import (
    backups,
    ballots,
    erasure,
    links,
    participation,
    proxies,
    voters,
    voting,
)
from services.page_marks import make_mark, purpose_of
from services.pressing import keep_together, pressing
from tests.invariants import looking
from tests.invariants.house import House

N_ITEMS = 3
PEOPLE = st.integers(0, 1)  # few, so that much happens to each
PLACES = st.integers(1, N_ITEMS)
ANSWERS = st.sampled_from(list(Answer))


class _Gone(Exception):
    """The process is no more."""


class HouseOfVotes(House):
    """Six people by name and a crowd, one vote, the real services over a store of its own."""

    # What people do

    @rule(who=PEOPLE)
    def join(self, who: int) -> None:
        """An erased person's link opens nothing."""
        voter = self.expected.voters[who]
        found = None
        with suppress(LinkUnknown):
            found = voters.enter(voter.secret).attendance.attendance_id
        assert found == (None if who in self.expected.gone else voter.attendance_id)

    @rule(
        presses=st.lists(
            st.tuples(PEOPLE, PLACES, ANSWERS, st.integers(1, 2)), min_size=3, max_size=6
        )
    )
    def press(self, presses: list[tuple[int, int, Answer, int]]) -> None:
        """People at their pages."""
        for one in presses:
            self._answer(*one)

    @rule(presses=st.lists(st.tuples(PEOPLE, PLACES, ANSWERS), min_size=2, max_size=8))
    def press_at_once(self, presses: list[tuple[int, int, Answer]]) -> None:
        """Several people, with one commit; each is told what they would be told alone."""
        told, wanted, spent = [], [], set()
        for who, place, given in presses:
            mark = self._mark("answer", who, place)
            secret = self.expected.voters[who].secret
            told.append(voting.given_press(secret, self.ballot_id, place, given, mark))
            wanted.append(self._told_of(who, place, given, is_new=(mark, given) not in spent))
            spent |= {(mark, given)} if wanted[-1] is voting.Outcome.SAVED else set()

        found = keep_together(told)

        assert wanted == [type(one) if isinstance(one, Exception) else one.outcome for one in found]

    def _told_of(self, who: int, place: int, given: Answer, *, is_new: bool) -> object:
        """What becomes of a press, and what is expected from then on."""
        voter = self.expected.voters[who]
        if who in self.expected.gone:
            return LinkUnknown
        if not self.expected.is_open:
            return BallotClosed
        if voter.answers.get(place) != given:
            if not is_new:
                return voting.Outcome.OLD_PAGE
            if voter.is_proxy and not voter.may_be_answered_for:
                return NotAllowedNow
            voter.answers[place] = given
        return voting.Outcome.SAVED

    def _answer(self, who: int, place: int, given: Answer, n_times: int) -> None:
        """An answer or a change of it; the same press may arrive twice."""
        voter = self.expected.voters[who]
        if who in self.expected.gone:
            return
        mark = self._mark("answer", who, place)
        try:
            for _ in range(n_times):
                voting.answer(voter.secret, self.ballot_id, place, given, mark)
        except BallotClosed:
            assert not self.expected.is_open
        except NotAllowedNow:
            assert voter.is_proxy
            assert not voter.may_be_answered_for
        else:
            assert self.expected.is_open
            is_same = voter.answers.get(place) == given  # changes nothing, whoever presses
            assert not voter.is_proxy or voter.may_be_answered_for or is_same
            voter.answers[place] = given

    @rule(who=PEOPLE, place=st.one_of(st.none(), PLACES))
    def take_out(self, who: int, place: int | None) -> None:
        """One answer, or the whole ballot."""
        if not self._may_act(who):
            return
        voter = self.expected.voters[who]
        if place is None:
            mark = make_mark(voter.secret, purpose_of("withdraw", self.ballot_id))
            voting.withdraw(voter.secret, self.ballot_id, mark)
            voter.answers.clear()
        else:
            voting.undo(voter.secret, self.ballot_id, place, self._mark("undo", who, place))
            voter.answers.pop(place, None)

    @precondition(lambda self: self.expected.is_open)
    @rule(given=ANSWERS, n=st.integers(1, 12))
    def crowd(self, given: Answer, n: int) -> None:
        """Many at once, so that there is something to release."""
        for voter in self.expected.voters[6 : 6 + n]:
            with pressing(voter.secret, self.ballot_id) as booth:
                asked = [item.recommendation_id for item in booth.ballot.items]
                booth.lay(dict.fromkeys(asked, given))
            voter.answers = dict.fromkeys(range(1, N_ITEMS + 1), given)

    # Who presses

    @rule(who=PEOPLE)
    def agree_to_a_proxy(self, who: int) -> None:
        if who not in self.expected.gone:
            voter = self.expected.voters[who]
            proxies.write_down(voter.attendance_id, "Sam", "by the eyes, on 3 May")
            voter.may_be_answered_for = True

    @rule(who=PEOPLE)
    def end_the_agreement(self, who: int) -> None:
        if who not in self.expected.gone:
            proxies.take_back(self.expected.voters[who].attendance_id)
            self.expected.voters[who].may_be_answered_for = False

    @rule(who=PEOPLE, mode=st.sampled_from(AnsweringMode))
    def say_who_presses(self, who: int, mode: AnsweringMode) -> None:
        """A proxy needs the agreement, and gives way to the person; never the other way round."""
        if not self._may_act(who):
            return
        voter = self.expected.voters[who]
        is_free = voter.may_be_answered_for and (voter.is_proxy or not voter.answers)
        is_proxy = mode is AnsweringMode.PROXY
        try:
            mark = participation.who_mark(voter.secret)
            participation.set_who_presses(voter.secret, mode, mark)
        except NotAllowedNow:
            assert is_proxy
            assert not is_free
            return
        assert is_free or not is_proxy
        if voter.is_proxy and not is_proxy:
            voter.answers.clear()
        voter.mode = mode

    @rule(who=PEOPLE, place=PLACES, given=ANSWERS)
    def let_a_proxy_answer(self, who: int, place: int, given: Answer) -> None:
        """The usual way: it is agreed, said and done."""
        if self._may_act(who):
            self.agree_to_a_proxy(who)
            self.say_who_presses(who, AnsweringMode.PROXY)
            self._answer(who, place, given, 1)

    # What the staff does

    @precondition(lambda self: self.n_moves > 35)
    @rule()
    def close(self) -> None:
        ballots.close_ballot(self.ballot_id)
        self.expected.is_open = False

    @rule(who=PEOPLE)
    def replace_link(self, who: int) -> None:
        """What was answered moves along."""
        if who not in self.expected.gone:
            voter = self.expected.voters[who]
            voter.secret = links.replace_link(voter.attendance_id).rpartition("/")[2]

    @precondition(lambda self: len(self.expected.gone) < 3 and self.n_moves > 10)
    @rule(who=PEOPLE)
    def erase(self, who: int) -> None:
        if who not in self.expected.gone:
            erasure.erase_person(self.expected.voters[who].attendance_id, reason="asked for it")
            self.expected.erase(who)

    @precondition(lambda self: self.kept_at is None)
    @rule()
    def back_up(self) -> None:
        backups.back_up(self.folder / "backup.db")
        self.kept_at = deepcopy(self.expected)

    @precondition(lambda self: self.kept_at is not None and self.n_moves % 3 == 0)
    @rule()
    def restore(self) -> None:
        assert self.kept_at is not None
        backups.restore(self.folder / "backup.db")
        self.expected, self.frozen = self.expected.put_back(self.kept_at), None
        self._check_log()

    # What breaks

    @rule(who=PEOPLE, place=PLACES, given=ANSWERS)
    def crash_in_a_press(self, who: int, place: int, given: Answer) -> None:
        """The process is gone before its transaction ends: nothing of the press is left."""
        if not self._may_act(who):
            return
        secret = self.expected.voters[who].secret
        left = self.house
        with (
            suppress(NotAllowedNow, _Gone),
            pressing(secret, self.ballot_id) as booth,
        ):
            booth.lay({booth.ballot.items[place - 1].recommendation_id: given})
            self._move_house()
            raise _Gone
        if self.house != left:
            self._start()

    @precondition(lambda self: self.n_moves > 35)
    @rule()
    def crash_in_a_close(self) -> None:
        """The process is gone after the commit and before the key is: closing again ends it."""
        held = {path.name: path.read_bytes() for path in self._keys()}
        ballots.close_ballot(self.ballot_id)
        self.expected.is_open = False
        for name, content in held.items():
            (self.house / "keys" / name).write_bytes(content)
        self._move_house()
        self._start()
        ballots.close_ballot(self.ballot_id)

    @rule()
    def restart(self) -> None:
        self.runtime.store.close()
        self._start()

    # What always holds

    @initialize()
    def begin(self) -> None:
        self._check_log()

    @invariant()
    def the_box_holds_what_was_acknowledged_and_nothing_else(self) -> None:
        """I1, I2, I3 and I7."""
        self.n_moves += 1
        found = looking.look(self.runtime.store, self.made)
        assert found.box == self.expected.box()
        assert found.n_keys == found.n_on_roll == self.expected.n_ballots()
        assert found.is_open is self.expected.is_open
        assert found.answered_for == self.expected.answered_for()

    @invariant()
    def after_the_close_everybody_reads_one_result(self) -> None:
        """I4 and I5."""
        if self.expected.is_open or (self.frozen and self.n_moves % 5):
            return
        told = looking.results(self.ballot_id, self.expected)
        assert self.frozen in (None, told)
        self.frozen = told
        assert not [path for path in self._keys() if path.name.startswith("ballot-")]

    @invariant()
    def every_source_is_there_or_said_to_be_gone(self) -> None:
        """I8."""
        if self.n_moves % 5 == 0:
            self._check_sources()
