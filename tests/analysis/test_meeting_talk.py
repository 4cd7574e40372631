import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.meeting_talk import _NOTHING, _OF_FILLER, is_meeting_talk


@pytest.mark.parametrize(
    "text",
    [
        "Yeah.",
        "",
        "Mm-hmm, okay.",
        "Can you hear me?",
        "You’re on mute.",
        "Next slide, please.",
        "Okay, so, um, any other questions?",
        "Thank you very much, everyone.",
        "Let's get started.",
        "Mmhmm, uhhuh, mmhmm, uhhuh.",
        "I cannot hear you. I cannot see it.",
        "I couldn't see anything. I couldn't hear you.",
        "Unmute yourself. Unmute me.",
        "Last slide, first slide.",
        "Any question? Any other question?",
    ],
)
def test_the_running_of_a_meeting_is_meeting_talk(text):
    assert is_meeting_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ventilation.",
        "Yeah, my wheelchair took five months.",
        "Nobody could hear me once my voice was gone.",
        "Thank you for raising respite care.",
        "Es tut mir leid, das Gerät ist kaputt.",
    ],
)
def test_what_has_content_is_not_meeting_talk(text):
    assert not is_meeting_talk(text)


@pytest.mark.parametrize(
    ("text", "is_talk"),
    [
        ("Yeah, ventilation, yeah, well, okay", True),
        ("Yeah, ventilation", False),
        ("Ventilation. Yeah, well, okay, oxygen, sure, fine, good, great", False),
        ("Okay. [1] Can you hear me now? So… yeah", True),
    ],
)
def test_what_is_left_is_counted_through_to_the_end(text, is_talk):
    assert is_meeting_talk(text) is is_talk


@settings(max_examples=40)
@given(st.from_regex(_NOTHING, fullmatch=True))
def test_filler_is_made_of_the_words_of_filler(filler):
    told = re.sub(r"the next \w+", "", filler.lower())

    assert not told.isascii() or set(re.findall("[a-z]+", told)) <= _OF_FILLER


@given(st.lists(st.sampled_from([*sorted(_OF_FILLER), "next", "chair", "5", "(", ".", "'", "_"])))
def test_a_look_at_the_beginning_changes_no_answer(words):
    text = " ".join(words)

    # Letters that are not ASCII are counted the slow way, and these four tell nothing.
    assert is_meeting_talk(text) is is_meeting_talk(f"{text} “”…–")
