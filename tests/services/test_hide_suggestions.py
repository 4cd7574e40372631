"""Suggestions of a meeting: stored once, only for what others do not see, for reviewers alone."""

import hashlib

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import ModelMissing, NameModelBroken, NotPermitted
from domain.people import StakeholderGroup
from domain.talk import Zone
from services import hide_suggestions, jobs, meetings, transcripts, worker
from services.access import acting_as
from services.hide_suggestions import IDENTIFIERS, hide, request_suggestions, suggest
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from services.transcripts import ConsentGiven
from store import hide_suggestions as kept
from store import talk
from store.jobs import JobState
from store.tables import hide_search, suggested_hide, text_revision
from tests.services.conftest import AGREED

TALK = b"""Ann Lee: My neighbor Maria Kowalski drove me to Portland on March 3rd.
Bo Diaz: Thank you, Ann. Write to bo@example.org about it.
Ann Lee: The mask leaks every single night.
"""


def bring_in(meeting_id, words: bytes, *, is_released: bool, agreed: ConsentGiven = AGREED):
    understood = transcripts.understand(meeting_id, "talk.txt", words)
    people = {match.label: match.attendance_id for match in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=is_released)


@pytest.fixture
def waiting_meeting(meeting_id):
    """With words that nobody released yet."""
    bring_in(meeting_id, TALK, is_released=False)
    return meeting_id


@pytest.fixture
def said(waiting_meeting, store):
    with store.read() as tx:
        return talk.utterances_of(tx, waiting_meeting, Zone.RESTRICTED)


def n_rows(store, table):
    with store.read() as tx:
        return len(tx.execute(table.select()).all())


def test_what_is_suggested_can_be_hidden(waiting_meeting, said):
    suggest(waiting_meeting)

    found = hide_suggestions.suggestions_of([one.revision_id for one in said])

    assert [hide(one.text, found.get(one.revision_id, ())) for one in said] == [
        "My neighbor [name] drove me to [place] on [date].",
        "Thank you, [name]. Write to [e-mail] about it.",
        "The mask leaks every single night.",
    ]


def test_a_text_is_looked_through_once(waiting_meeting):
    first = suggest(waiting_meeting)

    assert (first, suggest(waiting_meeting)) == (
        "3 turns looked through.",
        "0 turns looked through.",
    )


def test_a_text_in_which_nothing_was_found_is_not_looked_through_again(waiting_meeting, store):
    suggest(waiting_meeting)

    assert n_rows(store, hide_search) == 3


def test_somebody_new_on_the_roster_makes_every_text_be_looked_through_again(waiting_meeting, said):
    suggest(waiting_meeting)
    meetings.add_person(waiting_meeting, "Mask Leaks", StakeholderGroup.OTHER)

    suggest(waiting_meeting)

    last = said[2]
    found = hide_suggestions.suggestions_of([last.revision_id])[last.revision_id]
    assert hide(last.text, found) == "The [name] every single night."


def test_searching_again_replaces_what_was_found_before(waiting_meeting, store):
    suggest(waiting_meeting)
    before = n_rows(store, suggested_hide)
    meetings.add_person(waiting_meeting, "Zyx Wvut", StakeholderGroup.OTHER)

    suggest(waiting_meeting)

    assert n_rows(store, suggested_hide) == before


def test_words_that_others_see_already_are_not_looked_through(meeting_id, store):
    bring_in(meeting_id, TALK, is_released=True)

    suggest(meeting_id)

    assert n_rows(store, hide_search) == 0


def test_suggestions_go_with_the_words_they_are_about(waiting_meeting, said, store):
    """B-10: A purged revision leaves no offsets behind."""
    suggest(waiting_meeting)

    with store.write() as tx:
        for one in said:
            gone = text_revision.c.revision_id == one.revision_id
            tx.execute(text_revision.delete().where(gone))

    assert n_rows(store, suggested_hide) + n_rows(store, hide_search) == 0


def test_words_that_went_while_the_machine_read_them_stay_gone(waiting_meeting, store):
    """B-10: What was purged between reading and writing is passed over."""
    with store.write() as tx:
        kept.replace_suggestions(tx, {"no such revision": ()}, "rules")

    assert n_rows(store, hide_search) == 0


def test_the_store_holds_no_word_of_what_was_said(waiting_meeting, store):
    suggest(waiting_meeting)

    with store.read() as tx:
        rows = str(tx.execute(suggested_hide.select()).all()).lower()

    assert not [word for word in ("kowalski", "maria", "portland", "ann") if word in rows]


@pytest.mark.parametrize("role", [r for r in StaffRole if r is not StaffRole.REVIEWER])
def test_only_a_reviewer_has_suggestions_made(waiting_meeting, role):
    with acting_as(Actor("Kim", (Grant(role),))), pytest.raises(NotPermitted):
        suggest(waiting_meeting)


@pytest.mark.parametrize("role", [r for r in StaffRole if r is not StaffRole.REVIEWER])
def test_only_a_reviewer_reads_them(waiting_meeting, said, role):
    suggest(waiting_meeting)

    with acting_as(Actor("Kim", (Grant(role),))), pytest.raises(NotPermitted):
        hide_suggestions.suggestions_of([said[0].revision_id])


def test_a_reviewer_of_this_meeting_reads_them(waiting_meeting, said):
    suggest(waiting_meeting)
    reviewer = Actor("Kim", (Grant(StaffRole.REVIEWER, meeting_id=waiting_meeting),))

    with acting_as(reviewer):
        assert hide_suggestions.suggestions_of([said[0].revision_id])


def test_a_reviewer_of_another_meeting_does_not(waiting_meeting, said):
    suggest(waiting_meeting)
    reviewer = Actor("Kim", (Grant(StaffRole.REVIEWER, meeting_id="another"),))

    with acting_as(reviewer), pytest.raises(NotPermitted):
        hide_suggestions.suggestions_of([said[0].revision_id])


def test_the_worker_does_it_when_asked(waiting_meeting, said):
    request_suggestions(waiting_meeting)

    worker.work_once()

    job = jobs.newest(waiting_meeting, IDENTIFIERS)
    assert (job.state, job.message) == (JobState.DONE, "3 turns looked through.")
    assert hide_suggestions.suggestions_of([said[0].revision_id])


def test_a_facilitator_who_brings_words_in_may_ask_for_it(waiting_meeting):
    with acting_as(Actor("Kim", (Grant(StaffRole.FACILITATOR),))):
        assert request_suggestions(waiting_meeting)


def test_progress_is_told(waiting_meeting):
    told = []

    suggest(waiting_meeting, on_progress=lambda share, message: told.append((share, message)))

    assert told == [(0.0, "Looking for what could tell who somebody is")]


@pytest.fixture
def with_model_in(tmp_path, app_runtime, migrated_file):
    """A runtime whose setting names another folder."""
    made = []

    def make(folder):
        told = {"ROUNDTABLE_FOLDER": str(tmp_path), "ROUNDTABLE_NAME_MODEL": str(folder)}
        made.append(Runtime(read_settings(told)))
        use_runtime(made[-1])

    yield make
    for one in made:
        one.store.close()


def test_a_named_model_that_is_not_there_is_said_in_words(waiting_meeting, with_model_in, tmp_path):
    with_model_in(tmp_path / "none")

    with pytest.raises(ModelMissing):
        suggest(waiting_meeting)


def test_a_worker_with_a_broken_model_says_so(waiting_meeting, with_model_in, tmp_path):
    (tmp_path / "broken").mkdir()
    with_model_in(tmp_path / "broken")
    request_suggestions(waiting_meeting)

    worker.work_once()

    job = jobs.newest(waiting_meeting, IDENTIFIERS)
    assert job.state is JobState.FAILED
    assert "cannot be used" in job.message


def test_another_model_looks_through_every_text_again(waiting_meeting, with_model_in, tmp_path):
    suggest(waiting_meeting)
    weights = tmp_path / "other" / "ner" / "model"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"other")
    with_model_in(tmp_path / "other")

    with pytest.raises(NameModelBroken):
        suggest(waiting_meeting)


def test_the_roster_is_kept_as_a_hash_only(waiting_meeting, store):
    suggest(waiting_meeting)
    names = "\n".join(sorted(["Ann Lee", "Cyrus Ode", "Dr. Bo Diaz"]))

    with store.read() as tx:
        told = {row.searched_with for row in tx.execute(hide_search.select())}

    assert [one.split()[-1] for one in told] == [hashlib.sha256(names.encode()).hexdigest()[:12]]
