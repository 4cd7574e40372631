"""The sign of an answer, defined here and nowhere else. Start at `Answer`."""

from enum import IntEnum


class Answer(IntEnum):
    """One answer to one recommendation; unseen is the absence of an answer (NaN in arrays)."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1


VOTE_SIGN = "agree=1 pass=0 disagree=-1"
"""What the store declares; start-up refuses a store that declares another sign."""
