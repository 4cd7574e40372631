"""A statement goes from its author's page into the vote, and takes their consent along."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.talk import Manner, Zone
from services import (
    ballots,
    erasure,
    my_words,
    participation,
    recommendations,
    retention,
    statement_desk,
    statements,
    themes,
    transcripts,
)
from services.access import acting_as
from services.my_words import Change, mark_of
from services.participation import ConsentChoice
from services.theme_finding import find_themes_of_meeting
from store import tables
from tests.made_statement import write_statement
from tests.made_vote import make_vote

WORDS = "Our lift broke twice in May. Lend a second hoist from the clinic."
FAY = "Fay"
FACILITATOR = Actor(FAY, (Grant(StaffRole.FACILITATOR),))
REVIEWER = Actor("Rae", (Grant(StaffRole.REVIEWER),))


def agree(secret, choice=ConsentChoice.QUOTED):
    participation.give_consent(secret, choice, participation.consent_mark(secret))


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def sent(vote):
    """Maria agreed to be quoted, and sent a statement."""
    agree(vote.maria)
    return write_statement(vote.maria, WORDS)


@pytest.fixture
def accepted(sent):
    return statement_desk.accept(sent, is_shared=True, author=FAY)


def n_rows(store, table):
    with store.read() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def texts(vote, zone=Zone.SHARED):
    return [u.text for u in transcripts.utterances(vote.meeting_id, zone)]


def test_what_is_sent_waits_with_its_authors_group_and_without_a_name(vote, sent):
    (found,) = statement_desk.waiting(vote.meeting_id)

    assert (found.text, found.stakeholder_group.value) == (WORDS, "person living with ALS")
    assert "Maria" not in repr(replace(found, attendance_id=""))


def test_an_accepted_statement_is_a_written_contribution_of_its_author(vote, accepted):
    (said,) = transcripts.utterances(vote.meeting_id)

    assert (said.text, said.manner) == (WORDS, Manner.WRITTEN)
    assert said.attendance_id == vote.people["Maria Delgado"].attendance_id
    assert [turn.text for turn in my_words.my_words(vote.maria).turns] == [WORDS]


def test_one_accepted_for_the_review_is_restricted_until_somebody_releases_it(vote, sent):
    """B-3: Restricted first."""
    statement_desk.accept(sent, is_shared=False, author=FAY)

    assert (texts(vote), texts(vote, Zone.RESTRICTED)) == ([], [WORDS])
    assert statement_desk.accepted(vote.meeting_id) == []


@pytest.mark.parametrize("choice", [ConsentChoice.GROUPED, ConsentChoice.NOTHING])
def test_an_accepted_statement_obeys_its_author_on_the_next_request(vote, accepted, choice):
    """B-4: On the next request."""
    assert texts(vote) == [WORDS]

    agree(vote.maria, choice)

    assert texts(vote) == []
    assert statement_desk.accepted(vote.meeting_id) == []
    with pytest.raises(NotAllowedNow, match="Others may not read"):
        statement_desk.draft(accepted, "Lend a hoist.", author=FAY)


def test_of_somebody_who_wants_no_words_kept_nothing_waits_and_nothing_is_accepted(vote, sent):
    """B-4: Staff reads it no more."""
    agree(vote.maria, ConsentChoice.NOTHING)

    assert statement_desk.waiting(vote.meeting_id) == []
    with pytest.raises(NotAllowedNow, match="no words of theirs are kept"):
        statement_desk.accept(sent, is_shared=True, author=FAY)


def test_a_draft_recommendation_rests_on_the_whole_statement(vote, accepted):
    recommendation_id = statement_desk.draft(accepted, "Lend a second hoist.", author=FAY)

    view = next(
        v
        for v in recommendations.recommendations(vote.meeting_id)
        if v.recommendation.recommendation_id == recommendation_id
    )
    assert [evidence.quote.text for evidence in view.evidence] == [WORDS]
    (one,) = statement_desk.accepted(vote.meeting_id)
    assert one.recommendations == (view.recommendation.number,)


def test_others_vote_on_what_rests_on_it_and_the_author_sees_where(vote, accepted):
    draft = statement_desk.draft(accepted, "Lend a second hoist.", author=FAY)
    recommendations.accept_draft(draft)
    ballots.open_ballot(vote.meeting_id, [draft], title="Hoists")

    (mine,) = statements.my_statements(vote.maria).statements

    assert [quoted.votes for quoted in mine.uses.quoted] == [("Hoists",)]


def test_taking_the_words_back_takes_them_from_the_recommendation(vote, accepted):
    statement_desk.draft(accepted, "Lend a second hoist.", author=FAY)
    (turn,) = my_words.my_words(vote.maria).turns

    my_words.change(
        vote.maria, accepted, Change.TAKE_BACK, mark_of(vote.maria, Change.TAKE_BACK, turn)
    )

    assert texts(vote) == []
    assert statement_desk.accepted(vote.meeting_id) == []


@pytest.mark.parametrize("settle", [statement_desk.send_back, statement_desk.set_aside])
def test_a_refusal_needs_its_reason(sent, settle):
    with pytest.raises(NotAllowedNow, match="Say why"):
        settle(sent, "  ", author=FAY)


def test_a_decision_can_be_undone_until_the_author_changes_it(vote, sent):
    statement_desk.set_aside(sent, "It is about travel.", author=FAY)
    assert [one.reason for one in statement_desk.settled(vote.meeting_id)] == [
        "It is about travel."
    ]

    statement_desk.take_up(sent, author=FAY)

    assert [one.reason for one in statement_desk.waiting(vote.meeting_id)] == [""]


def test_two_who_decide_at_once_decide_once(vote, accepted, sent):
    with pytest.raises(NotAllowedNow, match="not waiting any more"):
        statement_desk.accept(sent, is_shared=True, author="Another")

    assert texts(vote) == [WORDS]


def test_the_author_cannot_be_overtaken(vote, sent):
    statements.change(vote.maria, sent, statements.change_mark(vote.maria, sent))

    with pytest.raises(NotAllowedNow, match="not waiting any more"):
        statement_desk.accept(sent, is_shared=True, author=FAY)


def test_only_a_reviewer_reads_what_was_sent(vote, sent):
    """B-15: The facilitator sees how many wait, and not what they say."""
    with acting_as(FACILITATOR):
        assert statement_desk.n_waiting(vote.meeting_id) == 1
        for refused in (
            lambda: statement_desk.waiting(vote.meeting_id),
            lambda: statement_desk.accept(sent, is_shared=True, author=FAY),
            lambda: statement_desk.set_aside(sent, "No", author=FAY),
            lambda: statement_desk.take_up(sent, author=FAY),
        ):
            with pytest.raises(NotPermitted):
                refused()


def test_only_who_runs_the_meeting_makes_a_draft(accepted):
    with acting_as(REVIEWER), pytest.raises(NotPermitted):
        statement_desk.draft(accepted, "Lend a hoist.", author="Rae")


def test_accepted_statements_are_grouped_into_themes_like_speech(vote, accepted):
    for name in ("Tom Okafor", "Priya Raman", "Elena Delgado"):
        agree(vote.secrets[name])
        words = f"The lift broke for {name.split()[0]} too. Lend a hoist from the clinic in May."
        statement_desk.accept(
            write_statement(vote.secrets[name], words), is_shared=True, author=FAY
        )

    find_themes_of_meeting(vote.meeting_id)

    found = themes.theme_report(vote.meeting_id).themes
    assert sum(theme.n_utterances for theme in found) >= 3


def test_deleting_a_statement_takes_its_row_and_writes_it_down(vote, sent, store):
    """B-10: And an older backup forgets it again."""
    erasure.erase_statement(vote.maria, sent)

    assert n_rows(store, tables.statement) == 0
    with store.read() as tx:
        kinds = tx.execute(select(tables.tombstone.c.subject_kind)).scalars().all()
    assert "statement" in kinds


def test_somebody_elses_statement_is_not_deleted(vote, sent, store):
    with pytest.raises(NotFound):
        erasure.erase_statement(vote.tom, sent)

    assert n_rows(store, tables.statement) == 1


def test_deleting_all_my_words_deletes_drafts_and_statements_too(vote, accepted, store):
    """B-10: What was accepted, what waits and what nobody else has read."""
    write_statement(vote.maria, "A wish", is_sent=False)
    write_statement(vote.maria, "A second wish")

    my_words.change_all(vote.maria, Change.DELETE, mark_of(vote.maria, Change.DELETE))

    assert n_rows(store, tables.statement) == 0
    assert texts(vote, Zone.RESTRICTED) == []


def test_deleting_the_accepted_words_leaves_no_copy_beside_them(vote, accepted, store):
    """B-10: An accepted statement has no words of its own."""
    with store.read() as tx:
        assert tx.execute(select(tables.statement.c.text)).scalars().all() == [""]

    erasure.erase_own(vote.maria, accepted)

    assert n_rows(store, tables.statement) == 0


def test_when_the_programme_ends_what_was_written_goes_too(vote, sent, store):
    """B-13: Unless its author agreed to more."""
    write_statement(vote.tom, "A draft", is_sent=False)
    with store.write() as tx:
        tx.execute(update(tables.programme).values(ended_on=date(2026, 1, 1)))

    purged = retention.purge(now=datetime(2026, 1, 2, tzinfo=UTC))

    assert purged.n_turns == 2
    assert n_rows(store, tables.statement) == 0
