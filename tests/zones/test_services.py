"""No service hands out words that their speakers or a reviewer did not share."""

import time

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from domain.talk import ConsentUse, Zone
from services import exports, meetings, themes, transcripts
from services.access import acting_as
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from services.theme_reading import read_run
from store import consent
from tests.zones.inventory import functions, text_in
from tests.zones.stage import COMBINATIONS, is_countable, marker, person
from tests.zones.surfaces import ALL_NAMED, NO_WORDS, RAW, SHARED

NO_REVIEWER = Actor(
    "Fay", tuple(Grant(role) for role in StaffRole if role is not StaffRole.REVIEWER)
)


def test_every_service_has_its_row():
    """B-3: A service that may return text and is in no row of the inventory fails the build."""
    unknown = {
        name for name in functions().keys() - ALL_NAMED if name.partition(".")[0] not in NO_WORDS
    }

    assert unknown == set()


def test_the_inventory_names_nothing_that_is_gone():
    assert functions().keys() >= ALL_NAMED


def walk(stage):
    """Every word that each service gives to somebody who is no reviewer."""
    with acting_as(NO_REVIEWER):
        return {name: text_in(ask(stage)).lower() for name, ask in SHARED.items()}


def found_in(told, markers):
    return {(name, word) for name, text in told.items() for word in markers if word in text}


def test_no_service_gives_away_what_was_taken_back_or_never_shared(stage, record_property):
    """B-4: All 2^5 agreements on every service: a forbidden use returns nothing at once."""
    before = walk(stage)
    assert found_in(before, {marker(given) for given in COMBINATIONS})

    stage.settle()
    told = walk(stage)

    leaks = found_in(told, stage.hidden_markers)
    n_asked = len(told) * (len(stage.hidden_markers) + len(stage.shared_markers))
    record_property("figure", f"{len(leaks)} of {n_asked:,} service × word pairs leak")
    assert leaks == set()
    for name in ("transcripts.utterances", "exports.export_meeting", "themes.theme_report"):
        assert found_in({name: told[name]}, stage.shared_markers)


def test_finding_the_themes_again_brings_nothing_back(settled):
    """B-3: What is not shared is neither clustered, named nor stored as a shared theme."""
    find_themes_of_meeting(settled.meeting_id)

    assert found_in(walk(settled), settled.hidden_markers) == set()
    with runtime().store.read() as tx:
        rows = [
            row[0]
            for row in tx.exec_driver_sql(
                "SELECT name || ' ' || key_words FROM run_theme JOIN theme_run USING (run_id)"
                " WHERE is_current"
            )
        ]
    assert not any(word in row.lower() for row in rows for word in settled.hidden_markers)


def test_whoever_agreed_to_be_counted_is_counted_and_nobody_else(settled):
    find_themes_of_meeting(settled.meeting_id)

    with runtime().store.read() as tx:
        passages = read_run(tx, settled.meeting_id).passages

    speakers = {p.utterance.speaker for p in passages}

    countable = {person(given) for given in COMBINATIONS if is_countable(given)}
    assert {name for name in speakers if name.startswith("Person")} == countable


@pytest.mark.parametrize("name", sorted(RAW))
def test_raw_words_are_refused_to_everybody_but_a_reviewer(stage, name):
    """B-15: Words that nobody released need the reviewer's role."""
    with acting_as(NO_REVIEWER), pytest.raises(NotPermitted):
        RAW[name](stage)


def test_the_restricted_zone_is_refused_to_everybody_but_a_reviewer(stage):
    """B-15: The same service gives released words to all and raw words to a reviewer."""
    with acting_as(NO_REVIEWER), pytest.raises(NotPermitted):
        transcripts.utterances(stage.meeting_id, Zone.RESTRICTED)


def test_a_withdrawal_holds_on_the_next_request(stage, record_property):
    """B-4: From pressing "no" to the next page without the words: at most one second."""
    who = next(
        a.attendance_id
        for a in meetings.roster(stage.meeting_id)
        if a.name == person(COMBINATIONS[0])
    )
    word = marker(COMBINATIONS[0])
    asks = (
        lambda: themes.theme_report(stage.meeting_id, n_quotes=1000),
        lambda: themes.map_points(stage.meeting_id),
        lambda: exports.export_meeting(stage.meeting_id),
    )
    assert any(word in text_in(ask()) for ask in asks)

    slowest = 0.0
    for ask in asks:
        began = time.perf_counter()
        with runtime().store.write() as tx:
            consent.add_consent(
                tx,
                stage.meeting_id,
                dict.fromkeys(ConsentUse, False),
                written_where="",
                recorded_by="participant",
                attendance_id=who,
            )
        assert word not in text_in(ask())
        slowest = max(slowest, time.perf_counter() - began)

    record_property("figure", f"slowest of 3 surfaces {slowest * 1000:.0f} ms")
    assert slowest <= 1.0


def test_a_person_who_says_no_to_everything_is_in_neither_zone(settled):
    """B-4: Not recorded: hidden from reviewers too."""
    with acting_as(Actor("Rae", (Grant(StaffRole.REVIEWER),))):
        raw = {u.speaker for u in transcripts.utterances(settled.meeting_id, Zone.RESTRICTED)}

    recorded = {person(given) for given in COMBINATIONS if given[0]}
    assert {name for name in raw if name.startswith("Person")} == recorded


def test_no_number_of_a_vector_leaves_the_house(stage):
    """B-16: Vectors come from words: no export, page or service returns one."""
    told = walk(stage)
    with runtime().store.read() as tx:
        vectors = [bytes(row[0]) for row in tx.exec_driver_sql("SELECT vector FROM embedding")]

    assert vectors
    whole = "\n".join(told.values())
    assert "ndarray" not in whole
    assert not any(vector.hex() in whole for vector in vectors)
