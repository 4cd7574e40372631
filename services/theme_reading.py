"""A run of themes with the words that may be shown of it now. Start at `read_run`.

A run is read anew each time: whoever took words back since is in no count, no quote and no name.
"""

from collections import Counter
from dataclasses import dataclass, replace

from analysis.spoken_names import still_said
from analysis.theme_names import ThemeName
from domain.errors import QuoteNotInSource
from domain.ids import MeetingId, RevisionId, ThemeId
from domain.talk import ConsentUse, Quote, Utterance, Zone, verify_passage
from domain.themes import Membership, RunTheme, ThemeRun
from store import talk, themes, wishes
from store.engine import Connection

BETWEEN_KEY_WORDS = ", "


@dataclass(frozen=True)
class Placed:
    """A passage of a run; its words may be shown, or only be counted."""

    member: Membership
    quote: Quote
    utterance: Utterance
    is_quotable: bool
    is_private: bool = False
    """Kept from whoever came with the person: on no page and no wall that everybody looks at."""

    @property
    def who(self) -> str:
        """Tells people apart; empty where nobody knows who spoke."""
        return self.utterance.attendance_id or self.utterance.speaker


@dataclass(frozen=True)
class ReadRun:
    """A run as it may be shown now: themes that still hold something, passages that still stand.

    It is stale when words came in or went since it was found.
    """

    run: ThemeRun
    themes: list[RunTheme]
    passages: list[Placed]
    n_utterances: int
    is_stale: bool


def read_run(tx: Connection, meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> ReadRun | None:
    """The current run of a meeting in a zone; None before the first."""
    run = themes.current_run(tx, meeting_id, zone)
    return read_this_run(tx, run) if run else None


def read_this_run(tx: Connection, run: ThemeRun) -> ReadRun:
    """A run of the past, or the current one, in the same way."""
    meeting_id, zone = run.meeting_id, run.zone
    said = talk.utterances_of(tx, meeting_id, zone, use=ConsentUse.GROUPED)
    by_revision = {u.revision_id: u for u in said}
    is_raw = zone is Zone.RESTRICTED
    quotable = frozenset(by_revision) if is_raw else talk.quotable(tx, said)
    members = themes.memberships_of_run(tx, run.run_id)
    placed = [p for row in members if (p := _placed(row, by_revision, quotable)) is not None]
    private = wishes.private_at(tx, meeting_id)
    placed = [replace(p, is_private=p.utterance.utterance_id in private) for p in placed]
    found = _shown(themes.themes_of_run(tx, run.run_id), placed)
    read = {p.utterance.revision_id for p in placed}
    is_unread = any(u.revision_id not in read and u.text.strip() for u in said)
    return ReadRun(run, found, placed, len(said), is_unread or len(placed) < run.n_passages)


def _placed(
    row: tuple[Membership, RevisionId, int, int, str],
    by_revision: dict[RevisionId, Utterance],
    quotable: frozenset[RevisionId],
) -> Placed | None:
    """A passage whose revision is not the one shown, or whose words were altered, is not drawn."""
    member, revision_id, start, end, text_sha256 = row
    utterance = by_revision.get(revision_id)
    if utterance is None:
        return None
    try:
        quote = verify_passage(revision_id, utterance.text, start, end, text_sha256)
    except QuoteNotInSource:
        return None
    return Placed(member, quote, utterance, revision_id in quotable)


def _shown(found: list[RunTheme], placed: list[Placed]) -> list[RunTheme]:
    """Themes that somebody still speaks in, with names that somebody still says.

    Names differ within a level: a fine theme may be called like the broad one around it.
    """
    sizes: Counter[ThemeId] = Counter()
    texts: dict[ThemeId, list[str]] = {}
    for p in placed:
        for theme_id in (p.member.theme_id, p.member.fine_theme_id):
            if theme_id is not None:
                sizes[theme_id] += 1
                texts.setdefault(theme_id, []).extend([p.quote.text] if p.is_quotable else [])
    left = [theme for theme in found if sizes[theme.theme_id]]
    levels = [t for t in left if t.parent_id is None], [t for t in left if t.parent_id]
    return [
        replace(
            theme,
            name=name.name,
            key_words=BETWEEN_KEY_WORDS.join(name.key_words),
            n_passages=sizes[theme.theme_id],
        )
        for level in levels
        for theme, name in zip(level, _names(level, texts), strict=True)
    ]


def _names(level: list[RunTheme], texts: dict[ThemeId, list[str]]) -> list[ThemeName]:
    found = [
        ThemeName(t.name, tuple(filter(None, t.key_words.split(BETWEEN_KEY_WORDS)))) for t in level
    ]
    return still_said(found, [texts[theme.theme_id] for theme in level])
