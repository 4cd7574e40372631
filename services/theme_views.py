"""Themes as screens draw them, made of a run that was read. Start at `ThemeReport`.

Nothing here reads the store: who may see what was settled in `theme_reading`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.ids import PassageId, ThemeEditId, ThemeId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Quote
from domain.themes import RunTheme, ThemeRun
from services.theme_breadths import Scale
from services.theme_corrections import ToldEdit
from services.theme_reading import Placed, ReadRun

FEWEST_WORDS, MOST_WORDS = 8, 60


@dataclass(frozen=True)
class ThemeQuote:
    """Words of a theme as they were said; strength 0-1 tells how much they belong to it.

    `also` names the other themes that they speak of, with strengths; `pinned_by` and `moved_by`
    are the corrections that put them first, or here.
    """

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    strength: float
    passage_id: PassageId
    also: tuple[tuple[str, float], ...] = ()
    pinned_by: ThemeEditId | None = None
    moved_by: ThemeEditId | None = None


@dataclass(frozen=True)
class FineView:
    """A finer theme inside a broad one, with its words."""

    theme_id: ThemeId
    name: str
    n_passages: int
    quotes: tuple[ThemeQuote, ...]


@dataclass(frozen=True)
class ThemeView:
    """A theme with how many spoke of it, who they are, and its most typical words.

    At another breadth `found_in` is the first of the themes as found that it belongs to.
    """

    theme_id: ThemeId
    rank: int
    name: str
    key_words: str
    n_utterances: int
    n_people: int
    groups: dict[StakeholderGroup, int]
    quotes: tuple[ThemeQuote, ...]
    fine: tuple[FineView, ...]
    notes: tuple[ToldEdit, ...] = ()
    scale: Scale = Scale.THEME
    is_named_by_hand: bool = False
    found_in: ThemeId | None = None


@dataclass(frozen=True)
class ThemeReport:
    """The themes of a meeting, largest first; stale when words came in or went since.

    The counts are of what may be counted now; those of `run` are of the day it was found.
    """

    run: ThemeRun
    themes: tuple[ThemeView, ...]
    n_utterances: int
    n_passages: int
    n_set_aside: int
    is_stale: bool


def report_of(read: ReadRun, n_quotes: int | None) -> ThemeReport:
    """Every broad theme of a run, with so many quotes each; None for all."""
    broad = [t for t in read.themes if t.parent_id is None]
    return ThemeReport(
        read.run,
        tuple(theme_view(theme, read, n_quotes) for theme in broad),
        read.n_utterances,
        len(read.passages),
        sum(p.member.theme_id is None for p in read.passages),
        read.is_stale,
    )


def theme_view(theme: RunTheme, read: ReadRun, n_quotes: int | None) -> ThemeView:
    """A broad theme of a run."""
    inside = [p for p in read.passages if p.member.theme_id == theme.theme_id]
    also = names_of(read)
    fine = [t for t in read.themes if t.parent_id == theme.theme_id]
    return ThemeView(
        theme.theme_id,
        theme.rank,
        theme.name,
        theme.key_words,
        *counts_of(inside),
        quotes_of(inside, also, n_quotes),
        tuple(_fine_view(one, inside, also, n_quotes) for one in fine),
        read.corrections.notes_of(theme.theme_id),
        is_named_by_hand=bool(read.corrections.name_of(theme.theme_id)),
    )


def counts_of(inside: Iterable[Placed]) -> tuple[int, int, dict[StakeholderGroup, int]]:
    """Contributions, people, and contributions by stakeholder group."""
    held = list(inside)
    said = {p.utterance.utterance_id: p.utterance for p in held}
    groups = Counter(u.stakeholder_group for u in said.values() if u.stakeholder_group)
    people = len({p.who for p in held if p.who})
    return len(said), people, {g: groups[g] for g in StakeholderGroup if groups[g]}


def names_of(read: ReadRun) -> dict[ThemeId, tuple[ThemeId, str]]:
    """For each fine theme the broad one around it, and its name."""
    names = {t.theme_id: t.name for t in read.themes if t.parent_id is None}
    return {
        t.theme_id: (t.parent_id, names[t.parent_id])
        for t in read.themes
        if t.parent_id in names and t.parent_id
    }


def quotes_of(
    inside: Iterable[Placed],
    broad_of: Mapping[ThemeId, tuple[ThemeId, str]],
    n_quotes: int | None = None,
) -> tuple[ThemeQuote, ...]:
    """What may be quoted: pinned first, then one of each person before a second of anybody.

    Whoever runs the meeting sums up, so staff come last; so do words too short or too long to
    stand alone.
    """
    firsts: list[Placed] = []
    others: list[Placed] = []
    seen: set[str] = set()
    for placed in sorted((p for p in inside if p.is_quotable), key=typical_order):
        (others if placed.who in seen and not placed.pinned_by else firsts).append(placed)
        seen.add(placed.who)
    return tuple(quote_of(p, broad_of) for p in (firsts + others)[:n_quotes])


def typical_order(placed: Placed) -> tuple[bool, bool, bool, int, int]:
    """What somebody pinned comes first, then the most typical words."""
    is_staff = placed.utterance.stakeholder_group is StakeholderGroup.ASSOCIATION_STAFF
    stands_alone = FEWEST_WORDS <= len(placed.quote.read_by.split()) <= MOST_WORDS
    return (
        placed.pinned_by is None,
        is_staff,
        not stands_alone,
        placed.member.typical,
        placed.utterance.position,
    )


def quote_of(
    placed: Placed, broad_of: Mapping[ThemeId, tuple[ThemeId, str]] | None = None
) -> ThemeQuote:
    """A passage as a quote with what else it speaks of."""
    said = placed.utterance
    also: dict[str, float] = {}
    for other in placed.member.also:
        theme_id, name = (broad_of or {}).get(other.theme_id, (None, ""))
        if theme_id and theme_id != placed.member.theme_id:
            also[name] = max(other.strength, also.get(name, 0.0))
    return ThemeQuote(
        placed.quote,
        said.utterance_id,
        said.stakeholder_group,
        said.start_s,
        placed.member.strength,
        placed.member.passage_id,
        tuple(sorted(also.items(), key=lambda pair: -pair[1])),
        placed.pinned_by,
        placed.moved_by,
    )


def _fine_view(
    fine: RunTheme,
    inside: Iterable[Placed],
    broad_of: Mapping[ThemeId, tuple[ThemeId, str]],
    n_quotes: int | None,
) -> FineView:
    held = [p for p in inside if p.member.fine_theme_id == fine.theme_id]
    return FineView(fine.theme_id, fine.name, len(held), quotes_of(held, broad_of, n_quotes))
