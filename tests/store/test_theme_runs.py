"""Runs of themes in both databases: both levels, what passages also speak of, how themes join."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from domain.ids import MeetingId, RunId, TranscriptId, new_id
from domain.meetings import Meeting, MeetingFormat, Pillar, Season
from domain.talk import Transcript, Zone
from domain.themes import AlsoSpeaks, AsideReason, FineMerge, Membership, RunTheme, ThemeRun
from store import meetings, sources, tables, talk, themes
from store.passages import add_passages, passages_of
from store.talk import NewUtterance


def add_meeting(tx, programme_id, year=2024):
    held = Meeting(
        MeetingId(""),
        programme_id,
        Season.FALL,
        date(year, 10, 3),
        "Nights",
        Pillar.CARE,
        MeetingFormat.ONLINE,
    )
    return meetings.add_meeting(tx, held)


def say(tx, meeting_id, texts):
    """Released turns of one passage each; the passages."""
    source = Transcript(TranscriptId(""), meeting_id, "f", "text", "", "", datetime.now(UTC))
    kept = Transcript(**{**vars(source), "transcript_id": sources.add_transcript(tx, source)})
    turns = [NewUtterance(None, text, None, None, "") for text in texts]
    ids = talk.add_utterances(tx, kept, turns, {}, author="f")
    talk.release_all(tx, ids, author="f")
    said = talk.utterances_of(tx, meeting_id, Zone.RESTRICTED)
    new = [(u.revision_id, 0, len(u.text), u.text) for u in said]
    add_passages(tx, new)
    return passages_of(tx, [u.revision_id for u in said])


def run_over(meeting_id, n_passages):
    return ThemeRun(
        RunId(new_id()),
        meeting_id,
        Zone.SHARED,
        "m",
        "p",
        datetime.now(UTC),
        n_passages,
        0,
    )


@pytest.fixture
def programme_id(any_store):
    with any_store.write() as tx:
        return meetings.add_programme(tx, "P", is_sample=False)


@pytest.fixture
def published(any_store, programme_id):
    """A run over three passages, two in one broad theme with two fine ones, one set aside."""
    with any_store.write() as tx:
        meeting_id = add_meeting(tx, programme_id)
        one, two, three = say(tx, meeting_id, ["Masks.", "Nights.", "Next slide."])
        broad, mask, night = themes.add_themes(tx, programme_id, 3)
        run = run_over(meeting_id, 3)
        members = [
            Membership(
                one.passage_id, broad, mask, 0.7, 0, 0.1, 0.2, also=(AlsoSpeaks(night, 0.3),)
            ),
            Membership(two.passage_id, broad, night, 0.9, 1, 0.3, 0.4),
            Membership(
                three.passage_id, None, None, 0.0, 3, 0.5, 0.6, aside=AsideReason.MEETING_TALK
            ),
        ]
        found = [
            RunTheme(broad, 0, "Masks", "masks", 2),
            RunTheme(mask, 0, "Masks", "masks", 1, broad),
            RunTheme(night, 1, "Nights", "nights", 1, broad),
        ]
        merges = [FineMerge(mask, night, 2.5)]
        themes.publish_run(tx, run, found, members, merges)
    return run, members, merges


def test_what_a_passage_also_speaks_of_and_why_one_is_set_aside_come_back(any_store, published):
    run, members, _ = published

    with any_store.read() as tx:
        found = [member for member, *_ in themes.memberships_of_run(tx, run.run_id)]

    assert found == members


def test_how_fine_themes_join_comes_back_in_order(any_store, published):
    run, _, merges = published

    with any_store.read() as tx:
        assert themes.merges_of_run(tx, run.run_id) == merges


def test_a_run_goes_with_all_that_belongs_to_it(any_store, published):
    run, *_ = published

    with any_store.write() as tx:
        tx.execute(tables.theme_run.delete().where(tables.theme_run.c.run_id == run.run_id))

    with any_store.read() as tx:
        for table in (tables.also_speaks, tables.theme_merge, tables.membership):
            assert tx.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_what_is_typical_is_read_of_other_meetings_of_the_programme_alone(
    any_store, programme_id, published
):
    run, members, _ = published

    with any_store.write() as tx:
        later = add_meeting(tx, programme_id, 2025)
        elsewhere = themes.typical_elsewhere(tx, programme_id, later, 1)
        own = themes.typical_elsewhere(tx, programme_id, run.meeting_id, 1)
        others = meetings.add_programme(tx, "Q", is_sample=False)
        of_others = themes.typical_elsewhere(tx, others, later, 1)

    assert [row.theme_id for row in elsewhere] == [members[0].theme_id]
    assert (own, of_others) == ([], [])
