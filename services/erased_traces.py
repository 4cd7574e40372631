"""What else holds words that were erased: vectors, theme names, wordings. Start at `forget`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from analysis.withdrawn_words import (
    MARK,
    renamed,
    said_nowhere_else,
    without_copies,
    without_words,
    words_of,
)
from domain.ids import MeetingId, RecommendationId, RunId
from domain.talk import Zone
from domain.theme_edits import EditKind
from services.themes import RESTRICTED_THEMES, THEMES
from store import audit, erasure, jobs, proxies, theme_edits, traces
from store.engine import Connection
from store.traces import Wording


@dataclass(frozen=True)
class Gone:
    """Texts that are erased, names of whoever said them, and the keys of their vectors."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    text_sha256s: frozenset[str]


@dataclass(frozen=True)
class Copies:
    """Wordings and reasons that repeat erased words; recommendations that are nothing else."""

    reworded: tuple[tuple[Wording, str], ...]
    removed: frozenset[RecommendationId]
    old_texts: tuple[str, ...]
    reasons: tuple[tuple[RecommendationId, str], ...] = ()
    meeting_ids: frozenset[MeetingId] = frozenset()

    @property
    def n_recommendations(self) -> int:
        """Recommendations that change or go."""
        return len(self.removed | {wording.recommendation_id for wording, _ in self.reworded})


def forget(
    tx: Connection, gone: Gone, run_ids: Iterable[RunId], copies: Copies, *, actor: str
) -> None:
    """Take every trace of these texts away; the turns themselves are gone already."""
    run_ids = list(run_ids)
    _forget_vectors(tx, gone, copies)
    _forget_typed(tx, gone, run_ids, copies, actor=actor)
    _forget_proxies(tx, gone, copies.meeting_ids)
    stale: set[tuple[MeetingId, Zone]] = set()
    for run_id in run_ids:
        meeting_id, zone, is_current = traces.place_of_run(tx, run_id)
        _rename_themes(tx, run_id, gone)
        for theme_id in traces.recount(tx, run_id):
            audit.record(tx, actor, "theme retired", "theme", theme_id)
        if is_current:
            stale.add((meeting_id, zone))
    for meeting_id, zone in sorted(stale):
        jobs.add_job(tx, THEMES if zone is Zone.SHARED else RESTRICTED_THEMES, meeting_id)
    for wording, text in copies.reworded:
        traces.reword(tx, wording, text)
    for recommendation_id, reason in copies.reasons:
        traces.reword_reason(tx, recommendation_id, reason)
    for recommendation_id in copies.removed:
        traces.remove_recommendation(tx, recommendation_id)
        audit.record(tx, actor, "copy erased", "recommendation", recommendation_id)


def find_copies(
    tx: Connection, texts: Collection[str], meeting_ids: Collection[MeetingId]
) -> Copies:
    """Wordings that were copied from these texts.

    The newest wording of what was voted on, decided or taken up stays as it is: people answered
    for it with their vote or their name.
    """
    changed = [
        (wording, left)
        for wording in traces.wordings_at(tx, meeting_ids)
        if not (wording.is_settled and wording.is_newest)
        and (left := without_copies(wording.text, texts)) != wording.text
    ]
    empty = frozenset(w.recommendation_id for w, left in changed if w.is_newest and not left)
    return Copies(
        tuple((w, left or MARK) for w, left in changed if w.recommendation_id not in empty),
        empty,
        tuple(w.text for w, _ in changed),
        tuple(
            (recommendation_id, left or MARK)
            for recommendation_id, reason in traces.reasons_at(tx, meeting_ids)
            if (left := without_copies(reason, texts)) != reason
        ),
        frozenset(meeting_ids),
    )


def _forget_vectors(tx: Connection, gone: Gone, copies: Copies) -> None:
    from analysis.theme_names import phrases_in  # brings numpy: not at the start of the app
    from services import echo_index, kept_readings
    from services.passages import sha256_of

    texts = (*gone.texts, *copies.old_texts)
    phrases = {phrase for text in texts for phrase in phrases_in(text)}
    keys = {sha256_of(text) for text in (*texts, *phrases)}
    erasure.remove_vectors(tx, keys | gone.text_sha256s)
    echo_index.forget()
    kept_readings.forget()


def _forget_typed(
    tx: Connection, gone: Gone, run_ids: Collection[RunId], copies: Copies, *, actor: str
) -> None:
    """A name that somebody typed goes when it repeats what is gone; a note loses that much."""
    left = [text for run_id in run_ids for text in traces.words_left(tx, run_id)]
    names = {word for name in gone.names for word in words_of(name) if len(word) > 1}
    words = said_nowhere_else(gone.texts, left) | names
    for edit_id, kind, text in theme_edits.texts_of(tx, copies.meeting_ids):
        kept = without_words(without_copies(text, gone.texts), words)
        if kept != text:
            theme_edits.reword(tx, edit_id, kept if kind is EditKind.NOTE else "")
            audit.record(tx, actor, "copy erased", "theme correction", edit_id)


def _forget_proxies(tx: Connection, gone: Gone, meeting_ids: Collection[MeetingId]) -> None:
    """Whoever is gone answers for nobody, and is no witness of how somebody agreed."""
    names = [frozenset(words_of(name)) for name in gone.names]
    for attendance_id, proxy_name, how in proxies.agreements_at(tx, meeting_ids):
        proxy = frozenset(words_of(proxy_name))
        if any(proxy and (proxy <= name or name <= proxy) for name in names if name):
            proxies.end_consent(tx, attendance_id)
        else:
            left = without_words(how, frozenset().union(*names))
            if left != how:
                proxies.reword(tx, attendance_id, left)


def _rename_themes(tx: Connection, run_id: RunId, gone: Gone) -> None:
    """A name keeps only words that somebody else said too."""
    from analysis.theme_names import NO_NAME

    words = said_nowhere_else((*gone.texts, *gone.names), traces.words_left(tx, run_id))
    for theme in traces.named_themes(tx, run_id):
        name, key_words = renamed(theme.name, theme.key_words, words, NO_NAME)
        if (name, key_words) != (theme.name, theme.key_words):
            traces.rename_theme(tx, run_id, replace(theme, name=name, key_words=key_words))
