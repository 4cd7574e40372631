"""A run of themes with the words that may be shown of it now. Start at `read_run`.

A run is read anew each time: whoever took words back since is in no count, no quote and no name,
and every correction that was made by hand is done again on it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.spoken_names import still_said
from analysis.theme_names import NO_NAME, ThemeName, numbered
from analysis.theme_replay import Found
from domain.errors import QuoteNotInSource
from domain.ids import MeetingId, RevisionId, ThemeEditId, ThemeId, UtteranceId
from domain.talk import ConsentUse, Quote, Utterance, Zone, digest_of, verify_passage
from domain.theme_edits import PassagePlace
from domain.themes import AsideReason, FineMerge, Membership, RunTheme, ThemeRun
from services import words_to_read
from services.kept_readings import kept
from services.theme_corrections import Corrections, correct
from store import talk, theme_edits, themes, wishes
from store.engine import Connection

BETWEEN_KEY_WORDS = ", "

Stands = tuple[Membership, Quote, Utterance]


@dataclass(frozen=True)
class Placed:
    """A passage of a run, where it stands after corrections; its words may only be counted."""

    member: Membership
    quote: Quote
    utterance: Utterance
    is_quotable: bool
    is_private: bool = False
    """Kept from whoever came with the person: on no page and no wall that everybody looks at."""
    place: PassagePlace | None = None
    moved_by: ThemeEditId | None = None
    pinned_by: ThemeEditId | None = None

    @property
    def who(self) -> str:
        """Tells people apart; empty where nobody knows who spoke."""
        return self.utterance.attendance_id or self.utterance.speaker


@dataclass(frozen=True)
class ReadRun:
    """A run as it may be shown now: themes that still hold something, passages that still stand.

    It is stale when words or translations came in or went since it was found.
    """

    run: ThemeRun
    themes: list[RunTheme]
    passages: list[Placed]
    n_utterances: int
    is_stale: bool
    merges: tuple[FineMerge, ...] = ()
    corrections: Corrections = field(default_factory=Corrections)


def read_run(tx: Connection, meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> ReadRun | None:
    """The current run of a meeting in a zone, corrected by hand; None before the first."""
    if zone is Zone.RESTRICTED:
        return _read_now(tx, meeting_id, zone)
    return kept(tx, ("run", meeting_id), lambda: _read_now(tx, meeting_id, zone))


def _read_now(tx: Connection, meeting_id: MeetingId, zone: Zone) -> ReadRun | None:
    run = themes.current_run(tx, meeting_id, zone)
    return read_this_run(tx, run, is_corrected=True) if run else None


def read_this_run(tx: Connection, run: ThemeRun, *, is_corrected: bool = False) -> ReadRun:
    """A run of the past, or the current one, in the same way: as found, unless corrected by hand.

    Corrections are made where others read, so what nobody released is shown as it was found.
    """
    meeting_id, zone = run.meeting_id, run.zone
    said = talk.utterances_of(tx, meeting_id, zone, use=ConsentUse.GROUPED)
    by_revision = {u.revision_id: u for u in said}
    is_raw = zone is Zone.RESTRICTED
    quotable = frozenset(by_revision) if is_raw else talk.quotable(tx, said)
    members = themes.memberships_of_run(tx, run.run_id)
    reviewed = words_to_read.at_meeting(tx, meeting_id)
    private = wishes.private_at(tx, meeting_id)
    placed = [
        Placed(
            member,
            reviewed.beside(turn.utterance_id, quote),
            turn,
            quote.revision_id in quotable,
            turn.utterance_id in private,
            place,
        )
        for member, quote, turn, place in _in_place(_standing(members, by_revision))
    ]
    read = {p.utterance.revision_id for p in placed}
    is_unread = any(u.revision_id not in read and u.text.strip() for u in said)
    is_stale = is_unread or len(placed) < run.n_passages or any(map(_is_read_otherwise, placed))
    placed = [_without_its_translation(p) for p in placed]
    corrects = is_corrected and not is_raw
    corrections = correct(tx, meeting_id, _found(placed)) if corrects else Corrections()
    corrected = _one_parent(_corrected(placed, corrections))
    shown = _shown(tx, themes.themes_of_run(tx, run.run_id), placed, corrected, corrections)
    merges = tuple(themes.merges_of_run(tx, run.run_id))
    return ReadRun(run, shown, corrected, len(said), is_stale, merges, corrections)


def _standing(
    members: Iterable[tuple[Membership, RevisionId, int, int, str]],
    by_revision: Mapping[RevisionId, Utterance],
) -> Iterator[Stands]:
    """Without passages whose revision is not the one shown, or whose words were altered."""
    for member, revision_id, start, end, text_sha256 in members:
        turn = by_revision.get(revision_id)
        if turn is None:
            continue
        try:
            quote = verify_passage(revision_id, turn.text, start, end, text_sha256)
        except QuoteNotInSource:
            continue
        yield member, quote, turn


def _in_place(
    found: Iterable[Stands],
) -> Iterator[tuple[Membership, Quote, Utterance, PassagePlace]]:
    """The passages, which lie in order, each with its place in its turn."""
    held = list(found)
    n_in_turn = Counter(turn.utterance_id for _, _, turn in held)
    seen: Counter[UtteranceId] = Counter()
    for member, quote, turn in held:
        said = turn.utterance_id
        place = PassagePlace(
            said, turn.revision_id, quote.start, quote.end, seen[said], n_in_turn[said]
        )
        seen[said] += 1
        yield member, quote, turn, place


def _is_read_otherwise(placed: Placed) -> bool:
    """Whether a translation came, changed or went since the run read these words."""
    now = digest_of(placed.quote.translation) if placed.quote.translation else ""
    return placed.member.read_sha256 != now


def _without_its_translation(placed: Placed) -> Placed:
    """Grouped by a translation that does not hold any more, words stand in no theme meanwhile."""
    if not placed.member.read_sha256 or not _is_read_otherwise(placed):
        return placed
    aside = AsideReason.OTHER_LANGUAGE
    member = replace(placed.member, theme_id=None, fine_theme_id=None, aside=aside, also=())
    return replace(placed, member=member)


def _found(placed: list[Placed]) -> list[Found]:
    return [
        Found(p.place, p.quote.text, p.member.theme_id, p.member.fine_theme_id, p.member.aside)
        for p in placed
        if p.place
    ]


def _corrected(placed: list[Placed], corrections: Corrections) -> list[Placed]:
    if corrections.replayed is None:
        return placed
    return [
        replace(
            p,
            member=replace(
                p.member,
                theme_id=now.theme_id,
                fine_theme_id=now.fine_theme_id,
                aside=now.aside,
            ),
            moved_by=now.by,
            pinned_by=now.pinned_by,
        )
        for p, now in zip(placed, corrections.replayed.passages, strict=True)
    ]


def _one_parent(placed: list[Placed]) -> list[Placed]:
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


def _shown(
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
        themes_here = sorted(
            (replace(known[t], n_passages=sizes[t], parent_id=parents.get(t)) for t in level),
            key=lambda t: (-t.n_passages, t.rank, t.theme_id),
        )
        shown += [
            replace(
                theme, rank=rank, name=name.name, key_words=BETWEEN_KEY_WORDS.join(name.key_words)
            )
            for rank, (theme, name) in enumerate(
                zip(themes_here, _names(themes_here, texts, corrections), strict=True)
            )
        ]
    return shown


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
