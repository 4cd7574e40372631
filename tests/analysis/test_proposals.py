import csv
import json

import numpy as np
import pytest

from analysis.proposal_features import traits_of
from analysis.proposals import (
    WEIGHTS_PATH,
    find_proposals,
    is_proposal,
    proposal_strength,
)
from benchmarks._proposal_sentences import from_file, voices
from benchmarks._proposal_strangers import strangers

PROPOSES = [
    "We should lend devices within a week.",
    "It would help if the clinic called first.",
    "Could we train more caregivers?",
    "I’d suggest a single form.",
    "There needs to be one phone number.",
    "What if every clinic had a social worker?",
    "Let's ask the insurers.",
    "Please add an option to switch it off.",
    "Make sure you book early.",
    "If you go, ask for a room on the top floor.",
    "Don't park there.",
    "It should be possible to undo this.",
    "They could improve the breakfast.",
    "Allow us to sort the list.",
    "my suggestion is that we start with three clinics",
    "Consider adding a second lift.",
    "Ask for a quiet room and bring earplugs.",
    "Let's use hers to train a detector.",
    "Let's meet the families first.",
    "Then reinstate it.",
    "Reword the note on page nine.",
    "Do your homework before you book.",
    "They must not see each other's devices.",
    "Maybe a little icon for muted chats?",
    "They need to fix the shower.",
]
TELLS = [
    "The device came after five months.",
    "They should have called us.",
    "Let's see.",
    "Could we get started?",
    "",
    "He said we should wait.",
    "Walk to the beach is about ten minutes.",
    "Book shelves line the lobby and the bar is closed.",
    "You have to wait forever for the elevator.",
    "It must be hard for the family.",
    "This would make testing easier.",
    "What did the clinic say when you called?",
    "If we had known, we would have chosen another week.",
    "Can you hear me now?",
    "We had to drive three hours each way.",
    "Breakfast was included.",
    "At night the alarm means that I get up, find the manual and guess.",
    "Can you tell us how long it took?",
    "The manual says that the app must be compiled for release.",
    "Perhaps we were just unlucky.",
    "The rooms could hardly have been cleaner.",
]


@pytest.mark.parametrize("text", PROPOSES)
def test_a_sentence_that_proposes_is_found(text):
    assert is_proposal(text)


@pytest.mark.parametrize("text", TELLS)
def test_a_sentence_that_tells_is_not_a_proposal(text):
    assert not is_proposal(text)


def test_the_same_words_propose_or_tell_by_their_form_alone():
    asked = [
        is_proposal(f"{form}the family first.") for form in ("Please call ", "We should call ")
    ]
    told = [is_proposal(f"{form}the family first.") for form in ("They called ", "I did not call ")]

    assert (asked, told) == ([True, True], [False, False])


def test_content_has_no_weight():
    assert proposal_strength("We should lend the quoll.") == proposal_strength(
        "We should lend the zebu."
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ask for a room.", "command first"),
        ("If you go, ask for a room.", "command after clause"),
        ("The street is noisy, ask for a room.", "command after comma"),
        ("Skip the tour and bring cash.", "command again"),
        ("Do not use the lift.", "command not"),
        ("Reword the note.", "command unlisted"),
    ],
)
def test_a_bare_verb_is_a_command_where_a_clause_begins(text, place):
    assert place in traits_of(text).forms


@pytest.mark.parametrize(
    "text",
    [
        "Walk to the sea is short.",
        "Stay was fine.",
        "They help you park, eat and sleep.",
        "Hope so.",
    ],
)
def test_a_noun_and_a_verb_that_goes_on_are_no_command(text):
    assert not any(form.startswith("command") for form in traits_of(text).forms[:-1]) or (
        not traits_of(text).can_propose
    )


def test_offsets_point_at_the_sentence_in_the_turn():
    said = "  It took months.\nWe should lend devices early!  Nobody told us."

    (found,) = find_proposals(said)

    assert said[found.start : found.end] == "We should lend devices early!"


def test_a_turn_may_hold_several_and_they_come_in_order():
    found = find_proposals("Let's call them first. It rained. We should also write to them.")

    assert [p.start for p in found] == [0, 34]


def test_a_word_or_two_are_too_few_to_become_a_recommendation():
    assert find_proposals("Skip it. Ask them.") == []


@pytest.mark.parametrize(
    "text", ["?" * 5000, "we should " * 3000, "\x00", "’" * 99, "你应该打电话"]
)
def test_odd_texts_get_a_number(text):
    assert 0.0 <= proposal_strength(text) <= 1.0


def test_the_weights_are_a_small_plain_file_that_says_how_it_was_made():
    told = json.loads(WEIGHTS_PATH.read_text("utf-8"))

    assert WEIGHTS_PATH.stat().st_size < 1_000_000
    assert {"recipe", "made_from", "intercept", "weights"} == told.keys()


def test_no_weight_names_a_word_of_content():
    """Words in the file are function words; everything else stands as its kind."""
    from analysis.proposal_words import KEPT

    names = json.loads(WEIGHTS_PATH.read_text("utf-8"))["weights"]
    words = {w for name in names if not name.startswith("form:") for w in name.split()}

    assert {w for w in words if w[0].isalpha() and w[0].islower()} <= KEPT


def test_sentences_held_out_are_not_among_those_learned_from():
    folder = WEIGHTS_PATH.parent
    sets = []
    for name in ("held_out", "written"):
        with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            sets.append({row["sentence"].lower() for row in rows})

    assert len(sets[0]) == 270
    assert sets[0] & sets[1] == set()


def test_no_sentence_of_the_unseen_voices_is_learned_from():
    unseen = {one.text.lower() for one in voices(is_unseen=True)}
    learned = {one.text.lower() for one in [*voices(), *from_file("written")]}

    assert len(unseen) == 270
    assert unseen & learned == set()


def test_most_sentences_of_the_voices_propose_nothing_as_with_people():
    learned = voices()

    assert len(learned) > 1900
    assert 0.2 < np.mean([one.proposes for one in learned]) < 0.45
    assert {one.kind for one in learned} == {"forum", "meeting", "review"}


def test_sentences_of_unseen_voices_reach_what_is_promised():
    unseen = voices(is_unseen=True)

    said = np.array([is_proposal(one.text) for one in unseen])
    truth = np.array([one.proposes for one in unseen])
    f1 = 2 * (said & truth).sum() / (said.sum() + truth.sum())

    assert f1 >= 0.75


@pytest.mark.real
def test_the_places_of_strangers_sentences_lead_to_sentences(real_data):
    found = strangers(real_data)

    assert {source: len(them) for source, them in found.items()} == {
        "meetings": 120,
        "notes": 70,
        "statements": 70,
        "advice": 70,
    }
    assert all(len(one.text.split()) >= 4 for them in found.values() for one in them)


def test_held_out_sentences_reach_what_is_promised():
    with (WEIGHTS_PATH.parent / "held_out.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    said = np.array([is_proposal(row["sentence"]) for row in rows])
    truth = np.array([row["proposes"] == "1" for row in rows])
    f1 = 2 * (said & truth).sum() / (said.sum() + truth.sum())

    assert f1 >= 0.85


@pytest.mark.real
@pytest.mark.slow
def test_the_command_makes_the_same_weights_again(real_data, tmp_path):
    from benchmarks._proposal_training import write_weights

    made = write_weights(real_data, tmp_path / "weights.json")
    kept = json.loads(WEIGHTS_PATH.read_text("utf-8"))["weights"]

    assert made.of.keys() == kept.keys()
    assert max(abs(made.of[name] - kept[name]) for name in kept) < 0.01
