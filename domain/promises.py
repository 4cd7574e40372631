"""What is promised to people about their words and votes, in one place. Start at `PROMISES`.

The participants' page and the staff's screen show the same sentences. They are written for
grade 6 to 8, and `tests/participant/test_promises.py` measures that.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One part of what is promised: a heading and its sentences."""

    heading: str
    sentences: tuple[str, ...]


PROMISES = (
    Promise(
        "What is kept",
        (
            "What you said and wrote at the meeting, the group you sat for, and what you allowed "
            "us to do with your words.",
            "All of it stays on the computer that runs this program. No other company gets it.",
            "No sound and no picture of you is kept.",
        ),
    ),
    Promise(
        "Who sees it",
        (
            "The people who run the meeting can read what was said.",
            "Others read your words only when you agreed and a named person looked at them first. "
            "Your name does not stand beside them.",
            "Your vote is secret. That you voted is not.",
            "When few people of a group answered, no number of that group is shown.",
        ),
    ),
    Promise(
        "How to take words back",
        (
            "Open My words. There you see each thing you said, and where it is used.",
            "Take it back: from then on it is shown to nobody. You can put it back.",
            "Delete it for good: it is gone here within a day, and from all backups "
            "within 30 days.",
            "You can also ask the person who sent your link. They can do it for you.",
        ),
    ),
    Promise(
        "What we cannot promise",
        (
            "A story that is yours alone can be known by people who know you, even without your "
            "name.",
            "We hide names before others read, and we can miss one. Tell us, and we hide it.",
            "What somebody read, copied or printed before you took it back, we cannot reach.",
            "While a vote is open, someone who runs the computer and breaks the rules could find "
            "out what you voted. When it closes, the key is destroyed. Then nobody can, unless "
            "they copied that key before and also have your link.",
            "After a vote has closed, your answers in it cannot be taken out. Nobody can tell any "
            "more which ones are yours.",
            "Whoever has your link can act as you. Keep it to yourself.",
        ),
    ),
)
