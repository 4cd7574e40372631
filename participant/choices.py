"""What can be pressed on the page of one recommendation, by the ballot's method. See `choices`."""

from dataclasses import dataclass

from domain.votes import Answer, Method
from participant.languages import say as _
from participant.words import ANSWERS, APPROVALS, THIRDS

_PER_THIRD = 3
_FIRST_OF = {"low": 1, "middle": 4, "high": 7}


@dataclass(frozen=True)
class Choice:
    """One button: what it sends, what it says, and whether it is the answer given so far."""

    value: str
    word: str
    is_given: bool


def choices(method: Method, given: int | None) -> tuple[Choice, ...]:
    """The buttons of a page; for scores the first of two steps."""
    if method is Method.SCORES:
        return tuple(
            Choice(third, _(word), given is not None and third == third_of(given))
            for third, word in THIRDS.items()
        )
    if method is Method.APPROVAL:
        return tuple(Choice(str(n), _(word), given == n) for n, word in APPROVALS.items())
    return tuple(Choice(a.name.lower(), _(word), given == a) for a, word in ANSWERS.items())


def exact_choices(given: int) -> tuple[Choice, ...]:
    """The second step of a score: the three numbers of the third that was pressed."""
    first = _FIRST_OF[third_of(given)]
    return tuple(Choice(str(n), str(n), n == given) for n in range(first, first + _PER_THIRD))


def third_of(score: int) -> str:
    """Low, middle or high.

    >>> [third_of(score) for score in (1, 6, 7)]
    ['low', 'middle', 'high']
    """
    return list(_FIRST_OF)[(score - 1) // _PER_THIRD]


def read_choice(method: Method, pressed: str, before: int | None = None) -> int | None:
    """The answer that a press gives; None if the page has no such button.

    A third stands for its middle number, or for the exact one that was given in it before.
    """
    if method is Method.SCORES:
        return _read_score(pressed, before)
    if method is Method.APPROVAL:
        return int(pressed) if pressed in {str(n) for n in APPROVALS} else None
    return {a.name.lower(): a for a in Answer}.get(pressed)


def _read_score(pressed: str, before: int | None) -> int | None:
    if pressed in _FIRST_OF:
        is_same = before is not None and third_of(before) == pressed
        return before if is_same else _FIRST_OF[pressed] + 1
    return int(pressed) if pressed in {str(n) for n in range(1, 10)} else None
