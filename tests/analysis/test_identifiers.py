"""What the whole search finds, and what it makes of it."""

import os
import shutil
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import name_model
from analysis.identifier_prompts import prompts_for
from analysis.identifier_roster import Roster
from analysis.identifier_words import words_of
from analysis.identifiers import IdentifierSearch
from analysis.name_model import check_files, find_folder, load_name_model, outline_name_model
from domain.errors import ModelMissing, NameModelBroken
from domain.identifiers import IdentifierKind, Suggestion, hide, settle

NAME = IdentifierKind.NAME


@pytest.fixture(scope="module")
def model():
    return load_name_model()


@pytest.fixture(scope="module")
def search(model):
    return IdentifierSearch(
        ["Ann Lee", 'Roberto "Tico" Díaz', "Will Hope", "Dr. Wen O'Brien"], model
    )


def hidden(search, text):
    return hide(text, search.find([text])[0])


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I agree with Ann Lee.", "I agree with [name]."),
        ("i agree with ann lee", "i agree with [name]"),
        ("I AGREE WITH ANN LEE", "I AGREE WITH [name]"),
        ("That is Lee's idea.", "That is [name]'s idea."),
        ("thats lees idea", "thats [name]s idea"),
        ("ask tico about it", "ask [name] about it"),
        ("ask diaz about it", "ask [name] about it"),
        ("ask Dr. O’Brien about it", "ask Dr. [name] about it"),
        ("ask obrien about it", "ask [name] about it"),
        ("then robert told us", "then [name] told us"),
        ("what will said is true", "what [name] said is true"),
    ],
)
def test_a_name_of_the_roster_is_hidden(search, said, left):
    """B-1: In any case, in part, with an ending, misspelled by a letter."""
    assert hidden(search, said) == left


def test_a_name_that_is_an_everyday_word_is_suggested_less_surely(search):
    text = "we will see what ann lee thinks"

    word, name = search.find([text])[0]

    assert (text[word.start : word.end], text[name.start : name.end]) == ("will", "ann lee")
    assert word.sureness < 0.5 < name.sureness


def test_short_names_are_not_found_inside_of_words():
    text = "the leek and the annex"

    assert list(Roster(["Ann Lee"]).find(text, words_of(text))) == []


def test_an_english_word_is_no_misspelled_name():
    text = "the marine came home"

    assert list(Roster(["Marina Holm"]).find(text, words_of(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "We will hope for a better answer, and may the art of it improve.",
        "Riluzole and edaravone are hard to get, and the BiPAP is loud.",
        "Medicare does not pay for home aides in Ohio.",
        "the mask leaks at night and nobody tells you how to fit it",
    ],
)
def test_words_that_tell_nobody_stay(model, text):
    assert hidden(IdentifierSearch([], model), text) == text


def test_a_text_in_lower_case_is_read_as_if_it_had_capitals(model):
    left = hidden(IdentifierSearch([], model), "my neighbor maria kowalski drove me to portland")

    assert left == "my neighbor [name] drove me to [place]"


def test_every_suggestion_says_why_and_how_surely(search):
    found = search.find(["Ann Lee, call Maria Kowalski at 212-555-0134 in Portland."])[0]

    assert all(one.why and 0 < one.sureness <= 1 for one in found)


@pytest.mark.parametrize(
    "text", ["", " ", ".", "İ", "ǅ", "\u202e", "🙂", "é" * 3, "a\x00b", "ß. ﬁ"]
)
def test_odd_texts_are_read_without_harm(search, text):
    found = search.find([text])[0]

    assert all(0 <= one.start < one.end <= len(text) for one in found)


PIECES = (
    "New York", "new", "Paris", "saint", "university of", "works for", "one", "hundred", "ninety",
    "march", "may", "the", "of", "and", "dot", "at", "com", "my", "number is", "12", "1a-", "A",
    "i", "street", "apt", "O'Brien", "İ", "’s", "-", ".", "\n", "🙂", "Ann", "lee", "daughter", "dr",
    "double", "plate", "Zyx", "a hundred and", "first", "@", "NCT", "inc", "hospital",
)  # fmt: skip


@settings(max_examples=2000 if os.environ.get("STRESS") == "1" else 150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([" ", "", ", "]))
def test_any_order_of_hints_is_read_without_harm(search, pieces, between):
    text = between.join(pieces)

    found = search.find([text])[0]

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_very_long_text_is_read_to_its_end(search):
    text = "nothing here at all. " * 1200 + "maria kowalski called"

    last = search.find([text])[0][-1]

    assert text[last.start : last.end] == "maria kowalski"


def test_texts_keep_their_order_when_some_are_long(model):
    texts = ["Maria Kowalski called.", "word " * 3000 + "Deepak Rao", "", "I met John Smith."]

    found = IdentifierSearch([], model).find(texts)

    said = [[text[s.start : s.end] for s in one] for text, one in zip(texts, found, strict=True)]
    assert said == [["Maria Kowalski"], ["Deepak Rao"], [], ["John Smith"]]


def test_overlapping_stretches_become_one_that_covers_both():
    several = [
        Suggestion(5, 9, IdentifierKind.PLACE, "place", 0.9),
        Suggestion(0, 7, NAME, "name", 0.4),
        Suggestion(9, 11, IdentifierKind.DATE, "date", 0.5),
    ]

    first, second = settle(several)

    assert (first.start, first.end, first.kind, first.sureness) == (0, 9, NAME, 0.9)
    assert (second.start, second.end) == (9, 11)


def test_hiding_keeps_every_other_character():
    text = "ab Ann cd 5/6/2020 ef"
    several = [
        Suggestion(10, 18, IdentifierKind.DATE, "", 1),
        Suggestion(3, 6, NAME, "", 1),
        Suggestion(90, 95, NAME, "", 1),
    ]

    assert hide(text, several) == "ab [name] cd [date] ef"


@pytest.mark.parametrize("kind", list(IdentifierKind))
def test_what_readers_see_is_a_word_in_brackets(kind):
    assert kind.stand_in.startswith("[")
    assert "]" not in kind.stand_in[1:-1]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("I worked for the county for years.", "employer"),
        ("At Mercy Hospital they knew.", "clinic"),
        ("Dr. Nguyen told us.", "clinician"),
        ("I was in the platform trial at the university.", "trial"),
        ("my daughter the mayor drove me", "family"),
        ("he has the sod1 gene like his mother", "gene"),
        ("the symptoms began in june 2019", "illness began"),
        ("everybody in our village knows", "place"),
        ("my wife does not know, it is a secret", "recognise"),
    ],
)
def test_a_story_that_could_tell_somebody_becomes_a_question(text, question):
    assert any(question in one for one in prompts_for(text))


def test_an_everyday_remark_asks_nothing():
    assert prompts_for("The mask leaks and I am tired.") == ()


@pytest.fixture
def copied(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(find_folder(None), folder)
    return folder


def test_a_changed_file_of_the_model_is_refused(copied):
    weights = copied / "ner" / "model"
    changed = bytearray(weights.read_bytes())
    changed[1000] ^= 1
    weights.write_bytes(changed)

    with pytest.raises(NameModelBroken, match="ner/model has SHA-256"):
        check_files(copied)


def test_a_file_that_was_added_to_the_model_is_refused(copied):
    (copied / "extra.py").write_text("1", "utf-8")

    with pytest.raises(NameModelBroken, match=r"extra\.py"):
        check_files(copied)


def test_the_default_model_is_checked_before_it_is_loaded(copied, monkeypatch):
    (copied / "config.cfg").write_text("[nlp]", "utf-8")
    monkeypatch.setattr(name_model, "find_folder", lambda folder: copied)

    with pytest.raises(NameModelBroken, match=r"config\.cfg has SHA-256"):
        load_name_model()


def test_another_folder_can_be_named(copied):
    other = load_name_model(str(copied))

    found = next(other.entities(["I met Maria Kowalski."]))

    assert [one.label for one in found] == ["PERSON"]
    assert other.model_id == outline_name_model(str(copied))


def test_a_named_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(NameModelBroken, match="no ner/model"):
        load_name_model(str(tmp_path))


def test_a_named_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ModelMissing):
        load_name_model(str(tmp_path / "none"))


def test_a_damaged_folder_is_refused_in_words(copied):
    (copied / "config.cfg").write_text("[nlp]", "utf-8")

    with pytest.raises(NameModelBroken, match="cannot be used"):
        load_name_model(str(copied))
