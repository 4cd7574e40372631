"""The one way in which words leave the store. Start at `take_away`.

Whoever calls it checks who asks, writes the audit log, and has the files wiped afterwards.
"""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.withdrawn_words import words_of
from services import erased_traces, erased_votes
from services.erased_traces import Gone
from services.runtime import runtime
from store import erasure, reach, tombstones, traces, wiping
from store.engine import Connection
from store.reach import Reach
from store.tombstones import Kind

SHORTEST_NAME_PART = 3


@dataclass(frozen=True)
class Goes:
    """What an erasure takes away, in numbers."""

    n_turns: int
    n_quotes: int
    n_recommendations: int
    """Recommendations that lose a source and say so."""
    n_copies: int
    """Recommendations that repeat the words: they go, or lose the stretch."""
    n_themes: int
    n_open_votes: int


def take_away(
    tx: Connection, found: Reach, *, actor: str, lost: str, is_replay: bool = False
) -> None:
    """Take turns and people away with every trace, and note what lost a source, and why."""
    texts = reach.texts_of(tx, found)
    gone = Gone(
        tuple(texts),
        tuple(reach.names_of(tx, found)),
        frozenset(erasure.passage_hashes(tx, found.utterance_ids)),
    )
    run_ids = traces.runs_with(tx, found.utterance_ids)
    copies = erased_traces.find_copies(tx, texts, found.meeting_ids)
    sources = erasure.sources_of(tx, found.meeting_ids)
    erasure.note_lost_sources(tx, erasure.sources_lost(tx, found.utterance_ids), lost)
    erased_votes.take_back(tx, found.attendance_ids, is_replay=is_replay)
    erasure.remove_words(tx, found)
    erased_traces.forget(tx, gone, run_ids, copies, actor=actor)
    erasure.empty_file_names(tx, _telling_sources(tx, found, sources, gone.names))
    erasure.clear_notes(tx, found.meeting_ids)
    erasure.forget_people(tx, found)
    wiping.mark(tx)


def write_down(tx: Connection, found: Reach) -> None:
    """Last in a transaction: what is in the file is erased, at the latest at the next start."""
    stones = [
        *tombstones.made_now(Kind.PERSON, found.person_ids),
        *tombstones.made_now(Kind.ATTENDANCE, found.attendance_ids),
        *tombstones.made_now(Kind.SPEAKER_LABEL, found.speaker_label_ids),
        *tombstones.made_now(Kind.UTTERANCE, found.utterance_ids),
        *tombstones.made_now(Kind.STATEMENT, found.statement_ids),
    ]
    tombstones.keep(tx, stones)
    tombstones.append_to_file(runtime().settings.tombstone_file, stones)


def what_goes(tx: Connection, found: Reach) -> Goes:
    """The same as a question: how much would go."""
    texts = reach.texts_of(tx, found)
    lost = erasure.sources_lost(tx, found.utterance_ids)
    return Goes(
        len(found.utterance_ids) + len(found.statement_ids),
        erasure.count_quotes(tx, found.utterance_ids),
        len({recommendation_id for recommendation_id, _ in lost}),
        erased_traces.find_copies(tx, texts, found.meeting_ids).n_recommendations,
        len(traces.themes_with(tx, found.utterance_ids)),
        sum(len(erasure.open_votes(tx, who)) for who in found.attendance_ids),
    )


def _telling_sources(
    tx: Connection, found: Reach, before: dict[str, tuple[str, int]], names: Collection[str]
) -> list[str]:
    """Sources whose file name holds part of a name, or that nobody else spoke in."""
    parts = {part for name in names for part in words_of(name) if len(part) >= SHORTEST_NAME_PART}
    after = erasure.sources_of(tx, found.meeting_ids)
    return [
        transcript_id
        for transcript_id, (file_name, n_turns) in after.items()
        if parts & set(words_of(file_name.replace("_", " ")))
        or (not n_turns and before[transcript_id][1])
    ]
