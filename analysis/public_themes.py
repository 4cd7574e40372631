"""What of a theme everybody may see. Start at `public_theme`.

The people who run a meeting read all that was released. Everybody else (the room's wall, pages of
participants, files that leave the house) sees a theme only when several people speak in it, few
and short words of each, and no group so small that it names somebody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.grouping import by_role, label_of
from analysis.suppression import PUBLIC_K
from domain.people import StakeholderGroup

FEWEST_SPEAKERS = 3
MOST_OF_A_SPEAKER = 2
MOST_WORDS = 25


@dataclass(frozen=True)
class Voice:
    """Somebody's words in a theme. Who it is only tells people apart; empty is not known."""

    who: str
    words: str


@dataclass(frozen=True)
class Public:
    """What may be shown: places of quotes, and how many people of which groups speak in it.

    `n_people` is None where it is too small a number, and `groups` is empty where the groups
    cannot be told apart.
    """

    quotes: tuple[int, ...]
    n_people: int | None
    groups: tuple[tuple[str, int], ...]


def public_theme(
    speakers: Mapping[str, StakeholderGroup | None],
    voices: Sequence[Voice],
    k: int = PUBLIC_K,
) -> Public | None:
    """What of a theme may be shown to everybody; None where nothing may.

    Parameters
    ----------
    speakers
        Everybody who is known to speak in the theme, with their group. Whoever is not known is
        not counted: two unknown voices may be one person.
    voices
        Released words of people who may be quoted, the most typical first.
    k
        Fewest people behind a number.
    """
    if len(speakers) < FEWEST_SPEAKERS:
        return None
    n_people = len(speakers) if len(speakers) >= k else None
    return Public(public_quotes(voices), n_people, public_mix(speakers, k))


def public_quotes(voices: Sequence[Voice]) -> tuple[int, ...]:
    """Places of the words that are short enough, no more than two of one person.

    >>> public_quotes([Voice("a", "one"), Voice("a", "two"), Voice("a", "three"), Voice("b", "x")])
    (0, 1, 3)
    """
    shown: Counter[str] = Counter()
    found = []
    for place, voice in enumerate(voices):
        if len(voice.words.split()) > MOST_WORDS or shown[voice.who] == MOST_OF_A_SPEAKER:
            continue
        shown[voice.who] += 1
        found.append(place)
    return tuple(found)


def public_mix(
    speakers: Mapping[str, StakeholderGroup | None], k: int = PUBLIC_K
) -> tuple[tuple[str, int], ...]:
    """How many people of which groups, groups of fewer than k joined; empty if one would remain.

    Whoever is of no known group is among "other", so that what is told adds up to everybody.
    """
    sizes = Counter(group or StakeholderGroup.OTHER for group in speakers.values())
    present = {group: sizes[group] for group in StakeholderGroup if sizes[group]}
    way = by_role(present, k)
    if len(way) < 2 or sum(present.values()) < k:
        return ()
    return tuple((label_of(part, present), sum(present[g] for g in part)) for part in way)
