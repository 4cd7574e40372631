"""How people can answer, and what each answer stands for: here and nowhere else. See `Method`."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Answer(IntEnum):
    """One answer to one recommendation; unseen is the absence of an answer (NaN in arrays)."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1


VOTE_SIGN = "agree=1 pass=0 disagree=-1"
"""What the store declares; start-up refuses a store that declares another sign."""

LOWEST, HIGHEST = 1, 9
_THIRD = 3


class Method(StrEnum):
    """How a ballot asks; chosen when it is made.

    What the box keeps: for agreement an `Answer`; for approval 1 (chosen) or 0 (left); for scores
    1 to 9, 9 the most; for a ranking the place, 1 the first.
    """

    AGREEMENT = "agreement"
    APPROVAL = "approval"
    SCORES = "scores"
    RANKING = "ranking"


class Asks(StrEnum):
    """What a panel of experts rates, each in a vote of its own with scores."""

    IMPORTANCE = "importance"
    FEASIBILITY = "feasibility"


@dataclass(frozen=True)
class Wording:
    """The words of a method: its name, one sentence on the ballot, and its three standings.

    ``high``, ``middle``, ``low`` follow "12 of 24 …"; the middle one is empty where there is none.
    """

    name: str
    sentence: str
    high: str
    middle: str
    low: str


WORDINGS = {
    Method.AGREEMENT: Wording(
        "Agree, pass or disagree",
        "For each recommendation: agree, pass or disagree.",
        "agree",
        "pass",
        "disagree",
    ),
    Method.APPROVAL: Wording(
        "Choose as many as you like",
        "Choose every recommendation that should go ahead, as many as you like.",
        "choose it",
        "",
        "leave it",
    ),
    Method.SCORES: Wording(
        "Scores from 1 to 9",
        "Say how much each recommendation matters: first low, middle or high, then the number.",
        "score it 7 to 9",
        "score it 4 to 6",
        "score it 1 to 3",
    ),
    Method.RANKING: Wording(
        "Put them in order",
        "Move each recommendation up or down until the most important stands first.",
        "place it in the first third",
        "place it in the middle",
        "place it in the last third",
    ),
}


PANEL_SENTENCES = {
    Asks.IMPORTANCE: "Say how important each recommendation is: first low, middle or high, then "
    "the number.",
    Asks.FEASIBILITY: "Say how well each recommendation can be done: first low, middle or high, "
    "then the number.",
}


def sentence_of(method: Method, asks: Asks | None) -> str:
    """The one sentence on the ballot."""
    return PANEL_SENTENCES[asks] if asks else WORDINGS[method].sentence


def is_answer(method: Method, given: int, n_asked: int) -> bool:
    """Whether a number is an answer in a ballot that asks so many recommendations."""
    return (
        given
        in {
            Method.AGREEMENT: range(-1, 2),
            Method.APPROVAL: range(2),
            Method.SCORES: range(LOWEST, HIGHEST + 1),
            Method.RANKING: range(1, n_asked + 1),
        }[method]
    )


def standing(method: Method, given: int, n_asked: int) -> Answer:
    """Which of three standings an answer gives: what is released of any ballot is made of these.

    >>> [standing(Method.SCORES, score, 4).name for score in (9, 6, 1)]
    ['AGREE', 'PASS', 'DISAGREE']
    >>> [standing(Method.RANKING, place, 4).name for place in (1, 2, 3, 4)]
    ['AGREE', 'PASS', 'PASS', 'DISAGREE']
    """
    if method is Method.AGREEMENT:
        return Answer(given)
    if method is Method.APPROVAL:
        return Answer.AGREE if given else Answer.DISAGREE
    if method is Method.SCORES:
        return Answer((given - LOWEST) // _THIRD - 1)
    n_third = max(1, n_asked // _THIRD)
    if given <= n_third:
        return Answer.AGREE
    return Answer.DISAGREE if given > n_asked - n_third else Answer.PASS


def n_presses(method: Method, n_asked: int) -> int:
    """How many presses a whole ballot takes from the opened link; a ranking left as it stands.

    >>> [n_presses(method, 10) for method in Method]
    [11, 11, 21, 11]
    """
    return 1 + n_asked * (2 if method is Method.SCORES else 1)
