"""What can be found in a programme, kept in memory without its words. Start at `index_of`.

Each meeting's part is read again after its words, or who may read them, changed. Nothing here is
shown: `services.search` reads what it shows anew, so that what was taken back is never a result.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analysis.passages import split_passages
from analysis.search_ranking import WordIndex
from domain.errors import ModelBroken, ModelMissing
from domain.ids import InitiativeId, MeetingId, ProgrammeId, RecommendationId, RevisionId
from domain.people import StakeholderGroup
from domain.search import Kind
from domain.talk import Utterance, Zone, digest_of
from domain.themes import Passage
from services import words_to_read
from services.kept_readings import kept
from services.recommendation_reading import shown_of
from services.runtime import Runtime, runtime
from store import initiatives, meetings, search_marks, talk
from store.embeddings import embeddings_of
from store.engine import Connection
from store.passages import passages_at

MOST_PROGRAMMES = 2
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Place:
    """Where something stands that can be found; a passage by its digest, never by its words."""

    kind: Kind
    meeting_id: MeetingId | None
    year: int | None
    group: StakeholderGroup | None = None
    revision_id: RevisionId | None = None
    start: int = 0
    end: int = 0
    text_sha256: str = ""
    recommendation_id: RecommendationId | None = None
    initiative_id: InitiativeId | None = None


@dataclass(frozen=True, eq=False)
class Part:
    """What can be found at one meeting, or among the outcomes, and whose words are among it."""

    mark: object
    places: tuple[Place, ...]
    words: WordIndex
    vectors: Vectors
    """Shape (n_places, n_dims); a row of zeros where nobody computed one yet."""
    people: tuple[tuple[StakeholderGroup, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        return bool(self.vectors.any(axis=1).all())


@dataclass(frozen=True, eq=False)
class Index:
    """All parts as one; years and people are asked of the parts."""

    parts: tuple[Part, ...]
    places: tuple[Place, ...]
    words: WordIndex
    vectors: Vectors


@dataclass
class _Kept:
    owner: Runtime
    parts: dict[MeetingId | None, Part] = field(default_factory=dict)
    whole: Index | None = None


_lock = threading.Lock()
_kept: dict[ProgrammeId, _Kept] = {}


def index_of(programme_id: ProgrammeId) -> Index:
    """What can be found in a programme now; only what changed is read again."""
    now = runtime()
    with _lock, now.store.read() as tx:
        held = _kept.get(programme_id)
        if held is None or held.owner is not now:
            held = _kept[programme_id] = _Kept(now)
        for other in list(_kept)[:-MOST_PROGRAMMES]:
            if other != programme_id:
                del _kept[other]
        parts = _current_parts(tx, programme_id, held.parts)
        if held.whole is None or parts != held.parts:
            held.parts, held.whole = parts, _joined(tuple(parts.values()))
        return held.whole


def _current_parts(
    tx: Connection, programme_id: ProgrammeId, known: dict[MeetingId | None, Part]
) -> dict[MeetingId | None, Part]:
    marks, n_vectors = kept(
        tx,
        ("marks", programme_id),
        lambda: (search_marks.marks_of(tx, programme_id), search_marks.n_vectors(tx)),
    )
    parts: dict[MeetingId | None, Part] = {}
    for meeting in meetings.meetings_of(tx, programme_id):
        meeting_id = meeting.meeting_id
        mark = (marks[meeting_id], _model_name())
        part = known.get(meeting_id)
        # What has no vector yet is looked for again once there are more of them.
        if part is None or part.mark not in (mark, (*mark, n_vectors)):
            part = _of_meeting(tx, meeting_id, meeting.held_on, mark)
            part = part if part.is_whole else replace(part, mark=(*mark, n_vectors))
        parts[meeting_id] = part
    parts[None] = _of_what_was_written(tx, programme_id, known.get(None), n_vectors)
    return parts


def _of_meeting(tx: Connection, meeting_id: MeetingId, held_on: date, mark: object) -> Part:
    said = [u for u in talk.utterances_of(tx, meeting_id, Zone.SHARED) if u.text.strip()]
    by_revision = {u.revision_id: u for u in said}
    cut = passages_at(tx, meeting_id, by_revision)
    text_of = {p.text_sha256: p.text for p in cut if digest_of(p.text) == p.text_sha256}
    places = [_place(p, by_revision[p.revision_id], held_on.year) for p in cut]
    done = {p.revision_id for p in cut}
    for one in said:
        if one.revision_id not in done:
            for start, end in split_passages(one.text, _count_tokens):
                sha256 = digest_of(one.text[start:end])
                text_of[sha256] = one.text[start:end]
                here = Passage(None, one.revision_id, start, end, "", sha256)  # type: ignore[arg-type]
                places.append(_place(here, one, held_on.year))
    places = [place for place in places if place.text_sha256 in text_of]
    person_of = {a.attendance_id: str(a.person_id) for a in meetings.roster_of(tx, meeting_id)}
    reviewed = words_to_read.at_meeting(tx, meeting_id)
    translated = [
        reviewed.of(by_revision[place.revision_id].utterance_id, place.text_sha256)
        for place in places
        if place.revision_id
    ]
    people = {
        (u.stakeholder_group, person_of.get(u.attendance_id, u.attendance_id))
        for u in said
        if u.stakeholder_group and u.attendance_id
    }
    pairs = list(zip(places, translated, strict=True))
    words = WordIndex.of_texts(
        # Found by the words in both languages, and by the meaning of the one that the model reads.
        [f"{text_of[place.text_sha256]}\n{told}".strip() for place, told in pairs]
    )
    keys = [digest_of(told) if told else place.text_sha256 for place, told in pairs]
    vectors = _vectors(tx, keys)
    return Part(mark, tuple(places), words, vectors, tuple(sorted(people)))


def _place(passage: Passage, said: Utterance, year: int) -> Place:
    return Place(
        Kind.SAID,
        said.meeting_id,
        year,
        said.stakeholder_group,
        passage.revision_id,
        passage.start,
        passage.end,
        passage.text_sha256,
    )


def _of_what_was_written(
    tx: Connection, programme_id: ProgrammeId, known: Part | None, n_vectors: int
) -> Part:
    """Recommendations and what came of them: few, so they are read each time and compared."""
    found: list[tuple[Place, str]] = []
    for meeting in meetings.meetings_of(tx, programme_id):
        year = meeting.held_on.year
        for asked in shown_of(tx, meeting.meeting_id):
            place = Place(
                Kind.RECOMMENDATION,
                meeting.meeting_id,
                year,
                recommendation_id=asked.recommendation_id,
            )
            found.append((place, asked.text))
    for one in initiatives.initiatives_of(tx, programme_id):
        days = [event.happened_on for event in one.events if event.happened_on]
        place = Place(
            Kind.OUTCOME, None, days[0].year if days else None, initiative_id=one.initiative_id
        )
        measures = ". ".join(measure.name for measure in one.measures)
        found.append((place, "\n".join(filter(None, (one.title, one.summary, measures)))))
    texts = [text for _, text in found]
    keys = [digest_of(text) for text in texts]
    mark = (tuple(place for place, _ in found), tuple(keys), _model_name())
    if known is not None and known.mark in (mark, (*mark, n_vectors)):
        return known
    vectors = _vectors(tx, keys)
    part = Part(mark, tuple(p for p, _ in found), WordIndex.of_texts(texts), vectors)
    return _with_new_vectors(part, texts) if not part.is_whole else part


def _with_new_vectors(part: Part, texts: Sequence[str]) -> Part:
    """Vectors of recommendations and outcomes that are not kept, once the model is here."""
    if not runtime().is_model_loaded:
        return replace(part, mark=None)
    missing = np.flatnonzero(~part.vectors.any(axis=1))
    try:
        new = runtime().embedder().embed([texts[n] for n in missing.tolist()])
    except (ModelMissing, ModelBroken):
        return part
    vectors = part.vectors.copy() if part.vectors.shape[1] else np.zeros((len(texts), new.shape[1]))
    vectors[missing] = new
    return replace(part, vectors=vectors.astype(np.float32))


def _vectors(tx: Connection, keys: Sequence[str]) -> Vectors:
    """Kept vectors, zeros where there is none."""
    name = _model_name()
    kept = embeddings_of(tx, *name, list(dict.fromkeys(keys))) if name else {}
    if not kept:
        return np.zeros((len(keys), 0), dtype=np.float32)
    nothing = bytes(len(next(iter(kept.values()))))
    joined = b"".join(kept.get(key, nothing) for key in keys)
    rows = np.frombuffer(joined, dtype=np.float16).reshape(len(keys), -1).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    # In place: thirty years of vectors are a good part of a small computer's memory.
    rows /= np.where(lengths == 0, 1, lengths)
    return rows


def _model_name() -> tuple[str, str] | None:
    """Which vectors fit together; None where there is no model, so that words alone are asked."""
    try:
        return runtime().model_name
    except (ModelMissing, ModelBroken):
        return None


def _count_tokens(text: str) -> int:
    try:
        return runtime().count_tokens(text)
    except (ModelMissing, ModelBroken):
        return len(text.split())


def _joined(parts: tuple[Part, ...]) -> Index:
    n_dims = max((part.vectors.shape[1] for part in parts), default=0)
    rows = [
        part.vectors if part.vectors.shape[1] == n_dims else np.zeros((len(part.places), n_dims))
        for part in parts
    ]
    return Index(
        parts,
        tuple(place for part in parts for place in part.places),
        WordIndex.joined([part.words for part in parts]),
        np.concatenate(rows, dtype=np.float32) if rows else np.zeros((0, n_dims), np.float32),
    )
