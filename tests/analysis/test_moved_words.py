import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.moved_words import follow

HEARD = "I take really's all every day and it helps me. My wife sees it too."
CORRECTED = "I take riluzole every day, and it helps me. My wife sees it too."


def followed(words, before=HEARD, after=CORRECTED):
    start = before.index(words)
    found = follow(before, after, start, start + len(words))
    return found and (after[found.start : found.end], found.is_same)


@pytest.mark.parametrize("words", ["My wife sees it too.", "and it helps me", "I take"])
def test_words_beside_a_correction_stay_the_same(words):
    assert followed(words) == (words, True)


def test_words_around_a_correction_follow_with_it():
    assert followed("I take really's all every day") == ("I take riluzole every day", False)


def test_the_same_words_twice_are_told_apart_by_what_is_around_them():
    before = "Nobody called. We waited a weak. Nobody called. We left."
    after = "Nobody called. We waited a week. Nobody called. We left."

    second = follow(before, after, 33, 47)

    assert (second.start, second.end, second.is_same) == (33, 47, True)


def test_words_that_were_hidden_on_purpose_are_not_followed():
    assert followed("take really's all", after=HEARD.replace("really's all", "[medicine]")) is None


def test_words_that_are_gone_are_not_followed():
    assert followed("My wife sees it too.", after="I take riluzole every day.") is None


def test_a_text_that_was_worded_anew_is_no_correction():
    assert followed("and it helps me", after="Nothing else is like it, says everyone here.") is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 4), (0, 999)])
def test_offsets_outside_the_text_follow_nowhere(start, end):
    assert follow("Some words.", "Some words.", start, end) is None


@given(st.text(min_size=1, max_size=60), st.data())
def test_in_the_same_text_every_stretch_stays_where_it_is(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start].isspace() or text[end - 1].isspace() or "[" in text:
        return

    found = follow(text, text, start, end)

    assert (found.start, found.end, found.is_same) == (start, end, True)


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_is_followed_lies_inside_the_new_text(before, after, start, end):
    found = follow(before, after, start, end)

    assert found is None or 0 <= found.start < found.end <= len(after)
