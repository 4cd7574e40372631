"""The sample comes in through the same doors as anyone's files."""

import shutil
import tomllib
from datetime import date

import pytest

from domain.ballots import BallotState
from domain.translations import TranslationState
from services import (
    ballots,
    initiatives,
    meetings,
    overview,
    recommendations,
    review,
    statement_desk,
    story,
    theme_years,
    themes,
    transcripts,
    translations,
)
from services.access import COMMAND_LINE, acting_as
from services.recommendation_story import vote_told
from services.runtime import Runtime, use_runtime
from services.sample import FOLDER, load_sample
from services.settings import read_settings
from services.upkeep import is_whole
from store import declarations

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class PowerCut(Exception):
    """In the midst of the second meeting."""


def cut(told):
    if "2023" in told:
        raise PowerCut


@pytest.fixture(scope="module")
def house(migrated_file, tmp_path_factory):
    """A first start: nothing is here, and no model was loaded."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(migrated_file, folder / "roundtable.db")
    made = Runtime(read_settings({"ROUNDTABLE_FOLDER": str(folder), "ROUNDTABLE_WORKER": "0"}))
    use_runtime(made)
    yield made
    use_runtime(None)
    made.store.close()


@pytest.fixture(scope="module")
def interrupted(house):
    """Whether the sample counts as whole when its loading was cut off."""
    with acting_as(COMMAND_LINE), pytest.raises(PowerCut):
        load_sample(cut)
    return is_whole()


@pytest.fixture(scope="module")
def sample(house, interrupted):
    """Loaded again, to its end: twelve seconds, so that all facts share it."""
    with acting_as(COMMAND_LINE):
        return load_sample()


def test_a_sample_that_was_interrupted_is_not_whole(interrupted):
    assert not interrupted


def test_a_sample_that_was_interrupted_is_loaded_from_its_beginning(house, sample):
    held = meetings.meetings_of(sample)

    assert len(held) == 4
    with house.store.read() as tx:
        assert declarations.read(tx, "sample") == "whole"


def test_a_first_start_needs_no_model(house, sample):
    assert not house.is_model_loaded


def test_the_sample_is_whole_and_true_to_its_files(sample):
    held = meetings.meetings_of(sample)
    views = [v for m in held for v in recommendations.recommendations(m.meeting.meeting_id)]

    assert [m.meeting.label for m in held] == [
        "Spring 2026",
        "Fall 2024",
        "Fall 2023",
        "Fall 2022",
    ]
    assert all(m.n_utterances >= 150 for m in held)
    assert all(8 <= m.n_recommendations <= 15 for m in held)
    assert all(themes.theme_report(m.meeting.meeting_id) for m in held)
    assert sum(v.n_broken for v in views) == 0
    assert all(len(v.evidence) >= 2 for v in views)
    assert is_whole()
    no_links_to_real_initiatives(sample)
    themes_carry_their_names(held)
    themes_come_up_again(sample)
    words_in_spanish_are_grouped_or_wait(held[0].meeting.meeting_id)
    votes_are_counted(held)
    the_chain_is_unbroken(sample)
    words_wait_for_a_person(held[0].meeting.meeting_id)
    loading_again_changes_nothing(sample)


def no_links_to_real_initiatives(sample):
    real = [v for v in initiatives.initiatives(sample) if v.initiative.is_documented]

    assert len(real) == 4
    assert all(not v.answers for v in real)
    assert all(v.initiative.source for v in real)


def votes_are_counted(held):
    for summary in held:
        found = ballots.ballots_of(summary.meeting.meeting_id)
        closed = [b for b in found if b.ballot.state is BallotState.CLOSED]
        assert len(closed) == 1
        assert closed[0].progress.n_answered >= 15
    newest = ballots.ballots_of(held[0].meeting.meeting_id)
    assert any(b.ballot.state is BallotState.OPEN for b in newest)


def the_chain_is_unbroken(sample):
    told = story.chain_story(sample)

    assert told is not None
    assert told.evidence.quote.text
    assert "agree" in vote_told(told.meeting_id, told.recommendation_id)
    assert overview.overview(sample, date(2026, 11, 22)).numbers[0].value == 54


def words_wait_for_a_person(newest):
    """Both desks have something to try, and nobody else reads any of it."""
    sent = [statement.text for statement in statement_desk.waiting(newest)]
    shared = {said.text for said in transcripts.utterances(newest)}

    assert len(sent) == 3
    assert review.progress(newest).n_in_queue == 3
    assert not shared & set(sent)
    assert not any("Kosiak" in text for text in shared)


def loading_again_changes_nothing(sample):
    assert load_sample() == sample
    assert len(meetings.meetings_of(sample)) == 4


def themes_carry_their_names(held):
    """What the facilitator named is found again by words said in it, however themes part."""
    files = (FOLDER / "sample").glob("*/meeting.toml")
    rows = [
        row
        for file in files
        for row in tomllib.loads(file.read_text("utf-8")).get("same_theme", [])
    ]
    joined = {row["name"] for row in rows if "name" in row}
    for m in held:
        report = themes.theme_report(m.meeting.meeting_id)
        folder = f"{m.meeting.held_on.year}-{m.meeting.season}"
        told = tomllib.loads((FOLDER / "sample" / folder / "meeting.toml").read_text("utf-8"))
        names = {row["name"] for row in told["theme_names"]} | joined
        assert len(names & {t.name for t in report.themes}) >= 4


def themes_come_up_again(sample):
    """Somebody said so, of themes that are there; a first start has ways over the years to show."""
    seen = theme_years.theme_years(sample)

    assert sum(theme.n_meetings > 1 for theme in seen.themes) >= 2
    assert len(seen.said_same) >= 2


def words_in_spanish_are_grouped_or_wait(newest):
    """A newcomer finds both: what a reviewed translation did, and what is left to do."""
    listed = translations.other_languages(newest)
    done = [one for one in listed.words if not one.is_set_aside and one.translation]
    report = themes.theme_report(newest, n_quotes=1000)
    grouped = {q.quote.text for theme in report.themes for q in theme.quotes}

    assert [one.state for one in done] == [TranslationState.REVIEWED]
    assert not done[0].translation.is_by_one_person
    assert done[0].quote.text in grouped
    assert listed.told == "2 without a translation"
    assert listed.languages == ["Spanish"]
