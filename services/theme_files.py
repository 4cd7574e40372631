"""The themes of a meeting as tables for elsewhere. Start at `theme_tables`.

A theme leaves the house only where everybody may see it, on either level by the same rule. Which
contribution belongs to it is told of people who may be quoted and did not keep it private; words
stand beside it as far as everybody may read them there.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from analysis.public_themes import Public, Voice, public_theme
from analysis.suppression import PUBLIC_K
from domain.access import Act
from domain.ids import MeetingId, ThemeId
from domain.people import StakeholderGroup
from domain.themes import RunTheme
from services.access import require
from services.runtime import runtime
from services.theme_reading import Placed, ReadRun, read_run
from services.themes import longer_of


@dataclass(frozen=True)
class ThemeRow:
    """A theme: "2" is a broad one, "2.1" a finer one inside it; no number of too few people.

    `lasting_id` is the same at every meeting that has the theme, also where a person said so.
    """

    theme: str
    part_of: str
    name: str
    key_words: str
    n_people: int | None
    lasting_id: ThemeId


@dataclass(frozen=True)
class MemberRow:
    """A stretch of a contribution in a theme; `words` are empty where it is not an example.

    `translation` is what they say in English, where it was translated and reviewed.
    """

    theme: str
    utterance_id: str
    start: int
    end: int
    strength: float
    words: str
    translation: str = ""


def theme_tables(meeting_id: MeetingId) -> tuple[list[ThemeRow], list[MemberRow]]:
    """Both levels, each broad theme before what is inside it, and what belongs to them."""
    require(Act.EXPORT, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        read = read_run(tx, meeting_id)
    if read is None:
        return [], []
    numbers = _numbers(read)
    rows: list[ThemeRow] = []
    members: list[MemberRow] = []
    for theme in sorted(read.themes, key=lambda t: _order(numbers[t.theme_id])):
        inside = _inside(theme, read)
        told = [p for p, _ in inside if p.is_quotable and not p.is_private]
        shown = _shown(inside, told)
        if shown is None:
            continue
        number = numbers[theme.theme_id]
        part_of = number.partition(".")[0] if theme.parent_id else ""
        told_of = (theme.name, theme.key_words, shown.n_people, theme.theme_id)
        rows.append(ThemeRow(number, part_of, *told_of))
        examples = {id(told[place]) for place in shown.quotes}
        members += [
            MemberRow(
                number,
                p.utterance.utterance_id,
                p.quote.start,
                p.quote.end,
                strength,
                p.quote.text if id(p) in examples else "",
                p.quote.translation if id(p) in examples else "",
            )
            for p, strength in inside
            if p.is_quotable and not p.is_private
        ]
    return rows, members


def _numbers(read: ReadRun) -> dict[ThemeId, str]:
    """ "2" for the second largest broad theme, "2.1" for the largest inside it."""
    broad = {t.theme_id: str(t.rank + 1) for t in read.themes if t.parent_id is None}
    numbers, inside = dict(broad), Counter[ThemeId]()
    for theme in sorted((t for t in read.themes if t.parent_id), key=lambda t: t.rank):
        parent_id = theme.parent_id or ThemeId("")
        inside[parent_id] += 1
        numbers[theme.theme_id] = f"{broad.get(parent_id, '0')}.{inside[parent_id]}"
    return numbers


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _inside(theme: RunTheme, read: ReadRun) -> list[tuple[Placed, float]]:
    """Its passages with how much they belong to it, the most typical first."""
    found = []
    for placed in read.passages:
        member = placed.member
        if theme.theme_id in (member.theme_id, member.fine_theme_id):
            found.append((placed, member.strength))
        for also in member.also:
            if also.theme_id == theme.theme_id:
                found.append((placed, also.strength))
    return sorted(found, key=lambda pair: (pair[0].member.typical, pair[0].utterance.position))


def _shown(inside: list[tuple[Placed, float]], told: list[Placed]) -> Public | None:
    speakers: dict[str, StakeholderGroup | None] = defaultdict(lambda: None)
    for placed, _ in inside:
        if placed.utterance.attendance_id:
            speakers[placed.utterance.attendance_id] = placed.utterance.stakeholder_group
    return public_theme(speakers, [Voice(p.who, longer_of(p)) for p in told], PUBLIC_K)
