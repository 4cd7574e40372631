"""A meeting of which everything is known beforehand: themes, words, votes. Start at `plant`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from analysis.planted_texts import (
    CHATTER,
    NAMES,
    OFF_TOPIC,
    SLOTS,
    THEMES,
    UNRELEASED,
    PlantedTheme,
)
from domain.people import StakeholderGroup as Group
from domain.votes import Answer

NO_THEME = -1
SECONDS_A_TURN = 20
SIZES = {
    Group.PERSON_LIVING_WITH_ALS: 7,
    Group.CURRENT_CAREGIVER: 6,
    Group.PAST_CAREGIVER: 2,
    Group.CLINICIAN: 6,
    Group.ACADEMIC_INVESTIGATOR: 3,
    Group.INDUSTRY: 1,
    Group.GOVERNMENT: 1,
}
"""Who sits at the table: some groups are so small that their answers must stay hidden."""
TALLIES = (
    (15, 5, 6), (6, 5, 15), (13, 6, 7), (20, 1, 5), (5, 0, 21),
    (26, 0, 0), (9, 6, 10), (7, 6, 12), (17, 4, 5), (2, 4, 20),
)  # fmt: skip
"""Agree, pass and disagree for one recommendation each; never alike when turned round."""


@dataclass(frozen=True)
class PlantedTurn:
    """A turn as it is written into the file; `theme` is a place in `THEMES` or `NO_THEME`."""

    speaker: str
    text: str
    theme: int
    is_chatter: bool = False


@dataclass(frozen=True)
class PlantedMeeting:
    """What goes in. Votes are by name of the person, one for each recommendation or none."""

    turns: tuple[PlantedTurn, ...]
    unreleased: tuple[PlantedTurn, ...]
    groups: dict[str, Group]
    themes: tuple[PlantedTheme, ...]
    votes: dict[str, tuple[Answer | None, ...]]


def plant(seed: int, *, n_turns_a_theme: int = 14) -> PlantedMeeting:
    """Make a meeting from a seed: the same seed makes the same meeting.

    Themes come in random order, turn by turn, so that time tells nothing about meaning; nobody
    speaks twice in a row, so that no two turns are joined on the way in.

    Parameters
    ----------
    seed
        Any whole number.
    n_turns_a_theme
        How many turns speak of each theme.
    """
    chance = Random(seed)
    spoken = [
        (text, number, False)
        for number, theme in enumerate(THEMES)
        for text in _said(theme.ways, n_turns_a_theme, chance)
    ]
    spoken += [(text, NO_THEME, True) for text in CHATTER]
    spoken += [(text, NO_THEME, False) for text in OFF_TOPIC]
    chance.shuffle(spoken)
    names = _in_turn(chance)
    turns = tuple(PlantedTurn(next(names), *one) for one in spoken)
    unreleased = tuple(PlantedTurn(next(names), text, NO_THEME) for text in UNRELEASED)
    groups = dict(zip(NAMES, (g for g, n in SIZES.items() for _ in range(n)), strict=True))
    return PlantedMeeting(turns, unreleased, groups, THEMES, _votes(chance))


def as_vtt(turns: Sequence[PlantedTurn]) -> bytes:
    """The turns as captions with names and times, as a meeting program writes them."""
    return "\n\n".join(["WEBVTT", *_cues(turns)]).encode()


def _cues(turns: Sequence[PlantedTurn]) -> Iterator[str]:
    for n, turn in enumerate(turns):
        start, end = n * SECONDS_A_TURN, n * SECONDS_A_TURN + SECONDS_A_TURN - 2
        yield f"{n + 1}\n{_clock(start)} --> {_clock(end)}\n{turn.speaker}: {turn.text}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _said(ways: Sequence[str], n: int, chance: Random) -> list[str]:
    """So many different sentences; each way is used before any is used again."""
    found: list[str] = []
    while len(found) < n:
        for way in chance.sample(ways, len(ways)):
            text = _filled(way, chance)
            if text not in found and len(found) < n:
                found.append(text)
    return found


def _filled(way: str, chance: Random) -> str:
    text = re.sub(r"\{(\w+)\}", lambda slot: chance.choice(SLOTS[slot[1]]), way)
    return text[0].upper() + text[1:]


def _in_turn(chance: Random) -> Iterator[str]:
    """Names without end, never the same twice in a row."""
    last = ""
    while True:
        name = chance.choice(NAMES)
        if name != last:
            last = name
            yield name


def _votes(chance: Random) -> dict[str, tuple[Answer | None, ...]]:
    columns = []
    for n_agree, n_pass, n_disagree in TALLIES:
        column: list[Answer | None] = [None] * (len(NAMES) - n_agree - n_pass - n_disagree)
        for answer, n in zip(Answer, (n_agree, n_pass, n_disagree), strict=True):
            column += [answer] * n
        chance.shuffle(column)
        columns.append(column)
    return {name: tuple(column[n] for column in columns) for n, name in enumerate(NAMES)}
