import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.passages import split_passages


def count_words(text):
    return len(text.split()) + 2


def pieces(text, count_tokens=count_words, **settings):
    return [text[start:end] for start, end in split_passages(text, count_tokens, **settings)]


def test_a_short_turn_is_one_passage():
    assert pieces("We came early. Nobody was there.") == ["We came early. Nobody was there."]


def test_white_space_around_a_turn_is_in_no_passage():
    assert split_passages("  Yes. \n", count_words) == [(2, 6)]


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_turn_of_nothing_has_no_passage(text):
    assert split_passages(text, count_words) == []


def test_a_long_turn_is_parted_between_sentences_into_equal_shares():
    assert pieces("One two three. Four five six. Seven eight nine. Ten.", max_words=6) == [
        "One two three. Four five six.",
        "Seven eight nine. Ten.",
    ]


def test_an_abbreviation_ends_no_sentence():
    assert pieces("Ask Dr. Lee now. Then wait.", max_words=4) == ["Ask Dr. Lee now.", "Then wait."]


def test_a_sentence_too_long_by_itself_is_cut_after_a_clause():
    assert pieces("one two three, four five six seven", max_words=3, max_tokens=6) == [
        "one two three,",
        "four five six",
        "seven",
    ]


def test_a_script_without_spaces_is_cut_between_characters():
    found = pieces("語" * 25, lambda text: len(text) + 2, max_tokens=12)

    assert found == ["語" * 10, "語" * 10, "語" * 5]


def test_an_accent_stays_with_its_letter():
    found = pieces("e\u0301" * 10, lambda text: len(text) + 2, max_tokens=7)

    assert not any(piece.startswith("\u0301") for piece in found)


def test_a_monologue_of_5000_words_is_read_to_its_end():
    monologue = "and then we waited for the device again, " * 625

    found = pieces(monologue)

    assert " ".join(found).split() == monologue.split()
    assert max(map(count_words, found)) <= 256


@given(text=st.text(alphabet="ab .,\n!語é\u0301\u00a0", max_size=300), max_words=st.integers(1, 9))
def test_nothing_but_white_space_is_lost_and_every_passage_fits(text, max_words):
    def count_letters(part):
        return len(part) + 2

    spans = split_passages(text, count_letters, max_tokens=12, max_words=max_words)

    edges = [0, *(place for span in spans for place in span), len(text)]
    gaps = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(gaps).strip() == ""
    assert edges == sorted(edges)
    assert all(count_letters(text[start:end]) <= 12 for start, end in spans)
