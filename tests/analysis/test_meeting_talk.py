import pytest

from analysis.meeting_talk import is_meeting_talk


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
