"""Which themes of a run are shown, and what they are called. Start at `shown_themes`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.spoken_names import still_said
from analysis.theme_names import NO_NAME, ThemeName, numbered
from domain.ids import ThemeId
from domain.themes import RunTheme
from services.theme_corrections import Corrections
from services.theme_passages import Placed
from store import theme_edits
from store.engine import Connection

BETWEEN_KEY_WORDS = ", "


def shown_themes(
    tx: Connection,
    found: list[RunTheme],
    before: list[Placed],
    placed: list[Placed],
    corrections: Corrections,
) -> list[RunTheme]:
    """Themes that somebody still speaks in, with names that somebody still says.

    Names differ within a level: a fine theme may be called like the broad one around it.
    """
    sizes: Counter[ThemeId] = Counter()
    texts: dict[ThemeId, list[str]] = {}
    for p in placed:
        for theme_id in (p.member.theme_id, p.member.fine_theme_id):
            if theme_id is not None:
                sizes[theme_id] += 1
                texts.setdefault(theme_id, []).extend([p.quote.read_by] if p.is_quotable else [])
    known = {theme.theme_id: theme for theme in found}
    parents = _parents(placed)
    broad = [t for t in sizes if t not in parents]
    for theme in _borrowed(tx, [t for t in broad if t not in known], before, placed, known):
        known[theme.theme_id] = theme
    shown = []
    for level in (broad, list(parents)):
        here = [replace(known[t], n_passages=sizes[t], parent_id=parents.get(t)) for t in level]
        shown += named_level(here, texts, corrections)
    return shown


def named_level(
    level: Sequence[RunTheme], texts: Mapping[ThemeId, list[str]], corrections: Corrections
) -> list[RunTheme]:
    """Themes of one level, the largest first, by names that are in these quotable texts."""
    ranked = sorted(level, key=lambda t: (-t.n_passages, t.rank, t.theme_id))
    return [
        replace(theme, rank=rank, name=name.name, key_words=BETWEEN_KEY_WORDS.join(name.key_words))
        for rank, (theme, name) in enumerate(
            zip(ranked, _names(ranked, texts, corrections), strict=True)
        )
    ]


def one_parent(placed: list[Placed]) -> list[Placed]:
    """A fine theme lies in the theme that holds most of it; what lies elsewhere is in none."""
    parent = _parents(placed)
    return [
        p
        if p.member.fine_theme_id is None or parent[p.member.fine_theme_id] == p.member.theme_id
        else replace(p, member=replace(p.member, fine_theme_id=None))
        for p in placed
    ]


def _parents(placed: Sequence[Placed]) -> dict[ThemeId, ThemeId]:
    pairs = Counter(
        (p.member.fine_theme_id, p.member.theme_id)
        for p in placed
        if p.member.fine_theme_id and p.member.theme_id
    )
    found: dict[ThemeId, ThemeId] = {}
    for fine, theme_id in sorted(pairs, key=lambda pair: (-pairs[pair], pair[1])):
        found.setdefault(fine, theme_id)
    return found


def _borrowed(
    tx: Connection,
    unknown: list[ThemeId],
    before: list[Placed],
    placed: list[Placed],
    known: Mapping[ThemeId, RunTheme],
) -> list[RunTheme]:
    """Themes that only corrections put words into, named as they were last found.

    One that was never found, or whose name nobody says here, is called like the theme that most
    of its words were found in.
    """
    if not unknown:
        return []
    last = theme_edits.last_names(tx, unknown)
    came: dict[ThemeId, Counter[ThemeId]] = {theme_id: Counter() for theme_id in unknown}
    said: dict[ThemeId, list[str]] = {theme_id: [] for theme_id in unknown}
    for was, now in zip(before, placed, strict=True):
        if now.member.theme_id in came:
            said[now.member.theme_id] += [now.quote.read_by] if now.is_quotable else []
            if was.member.theme_id:
                came[now.member.theme_id][was.member.theme_id] += 1
    borrowed = []
    for theme_id in unknown:
        name, key_words = last.get(theme_id, ("", ""))
        if still_said([_theme_name(name, key_words)], [said[theme_id]])[0].name != (
            name or NO_NAME
        ):
            source = min(came[theme_id].items(), key=lambda pair: (-pair[1], pair[0]), default=None)
            like = known.get(source[0]) if source else None
            name, key_words = (like.name, like.key_words) if like else (NO_NAME, "")
        borrowed.append(RunTheme(theme_id, len(known), name, key_words, 0))
    return borrowed


def _names(
    level: list[RunTheme], texts: Mapping[ThemeId, list[str]], corrections: Corrections
) -> list[ThemeName]:
    """As somebody named them; the others as they were found, without what nobody says any more."""
    auto = still_said(
        [_theme_name(t.name, t.key_words) for t in level], [texts[t.theme_id] for t in level]
    )
    by_hand = [corrections.name_of(theme.theme_id) for theme in level]
    taken = {name.lower() for name in by_hand if name}
    return [
        replace(name, name=given or (numbered(name.name, taken) if taken else name.name))
        for name, given in zip(auto, by_hand, strict=True)
    ]


def _theme_name(name: str, key_words: str) -> ThemeName:
    return ThemeName(name, tuple(filter(None, key_words.split(BETWEEN_KEY_WORDS))))
