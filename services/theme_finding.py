"""Find the themes of a meeting and publish them as one run. Start at `find_themes_of_meeting`."""

import gc
import re
from collections import Counter
from collections.abc import Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.theme_identity import N_TYPICAL
from domain.access import Act
from domain.errors import TooFewPassages
from domain.ids import MeetingId, RunId, ThemeId, new_id
from domain.talk import ConsentUse, Zone, digest_of
from domain.themes import AlsoSpeaks, AsideReason, FineMerge, Membership, RunTheme, ThemeRun
from services.access import require
from services.meetings import the_meeting
from services.passages import MeetingPassage, Progress, Vectors, embed_texts, vectors_of_meeting
from services.runtime import runtime
from services.theme_lasting import NewThemes, lasting_ids
from store import meetings, talk, themes
from store.engine import Connection

if TYPE_CHECKING:
    from analysis.theme_memberships import Memberships

NEEDED = 3
NO_THEME = -1
SHARE_READING = 0.8
GROUPING = "Grouping what was said"
MOST_OTHER = 0.5


@dataclass(frozen=True, eq=False)
class _Found:
    """What the analysis says; row n of every array is passage n, -1 stands for no theme.

    `typical_broad` and `typical_fine` are the passages of each theme, the most typical first;
    `also` the further fine themes of a passage with their strengths.
    """

    broad: NDArray[np.intp]
    fine: NDArray[np.intp]
    broad_of_fine: NDArray[np.intp]
    strength: NDArray[np.floating]
    is_meeting_talk: NDArray[np.bool_]
    is_other_language: NDArray[np.bool_]
    typical_broad: list[NDArray[np.intp]]
    typical_fine: list[NDArray[np.intp]]
    also: dict[int, list[tuple[int, float]]]
    merges: tuple[tuple[int, int, float], ...]
    places: NDArray[np.floating]
    broad_names: list[tuple[str, str]]
    fine_names: list[tuple[str, str]]


def find_themes_of_meeting(
    meeting_id: MeetingId,
    zone: Zone = Zone.SHARED,
    *,
    on_progress: Progress = lambda share, message: None,
) -> str:
    """Embed, group, name and publish; the last good run stays until the new one is whole.

    In the shared zone only released words are grouped, also those of people who agreed to be
    counted and not to be quoted. No name is made of these people's words.

    Raises
    ------
    TooFewPassages
        If the meeting has not said enough yet.
    """
    require(Act.ANALYSE if zone is Zone.SHARED else Act.READ_RAW, meeting_id=meeting_id)
    the_meeting(meeting_id)
    passages, vectors = vectors_of_meeting(
        meeting_id, zone, use=ConsentUse.GROUPED, on_progress=_reading(on_progress)
    )
    if len(passages) < NEEDED:
        raise TooFewPassages(found=len(passages), needed=NEEDED)
    on_progress(SHARE_READING, GROUPING)
    from analysis.blas_threads import for_passages

    words, unsaid = _words_for_names(passages, zone), _names_of_people(meeting_id)
    with for_passages(len(passages)):
        found = _analyse(passages, vectors, words, unsaid)
    on_progress(0.95, "Keeping the result")
    model, path_name = runtime().model_name
    run = ThemeRun(
        RunId(new_id()),
        meeting_id,
        zone,
        model,
        path_name,
        datetime.now(UTC),
        len(passages),
        int(np.sum(found.broad < 0)),
    )
    with runtime().store.write() as tx:
        _publish(tx, run, passages, vectors, found)
    return f"{len(found.broad_names)} themes in {len(passages)} passages."


def get_ready() -> None:
    """Load the model, the analysis and the word lists, so that the first meeting waits for none.

    Raises
    ------
    ModelMissing, ModelBroken
        As `analysis.embeddings.load_embedder`.
    """
    import analysis.languages
    import analysis.meeting_talk
    import analysis.theme_map
    import analysis.theme_names
    import analysis.themes  # noqa: F401
    from analysis.identifier_words import word_lists

    runtime().embedder()
    word_lists()
    # What is loaded by now lives as long as the process: collections need not look at it again.
    gc.collect()
    gc.freeze()


def _analyse(
    passages: Sequence[MeetingPassage],
    vectors: Vectors,
    words: Sequence[str],
    unsaid: Set[str],
) -> _Found:
    """Group what was said about the challenge in English, or was put into English by a person.

    Talk about the meeting itself is set aside, and so are a few words in another language, which
    the model would group by chance. Where most is in another language, it is all there is to group.

    Names are made of ``words``, one text for each passage, without those in ``unsaid``.
    """
    from analysis.languages import other_language
    from analysis.meeting_talk import is_meeting_talk
    from analysis.theme_map import place_on_map
    from analysis.theme_names import name_levels, read_phrases
    from analysis.themes import find_themes

    is_talk = np.array([is_meeting_talk(p.quote.read_by) for p in passages])
    is_other = np.array([other_language(p.quote.read_by) is not None for p in passages])
    is_other &= is_other.mean() < MOST_OTHER
    kept = np.flatnonzero(~(is_talk | is_other))
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Libraries do the grouping and the map, and leave a core to Python meanwhile.
        grouping = beside.submit(find_themes, vectors[kept], times_s=_times(passages)[kept])
        said = read_phrases(words, unsaid)
        found = grouping.result()
        broad, fine = (np.full(len(passages), NO_THEME, dtype=np.intp) for _ in range(2))
        strength = np.zeros(len(passages))
        broad[kept], fine[kept], strength[kept] = found.broad, found.fine, found.strength
        places = beside.submit(place_on_map, vectors, broad)
        broad_names, fine_names = (
            [(n.name, ", ".join(n.key_words)) for n in names]
            for names in name_levels(said, (broad, fine), vectors=vectors, embed=embed_texts)
        )
    return _Found(
        broad,
        fine,
        found.broad_of_fine,
        strength,
        is_talk,
        is_other,
        [kept[passages_of] for passages_of in found.typical_broad],
        [kept[passages_of] for passages_of in found.typical],
        _also(kept, fine, found.memberships),
        found.merges,
        places.result(),
        broad_names,
        fine_names,
    )


def _also(
    kept: NDArray[np.intp], fine: NDArray[np.intp], rows: "Memberships"
) -> dict[int, list[tuple[int, float]]]:
    found: dict[int, list[tuple[int, float]]] = {}
    for n, theme, strength in zip(kept[rows.passages], rows.themes, rows.strengths, strict=True):
        if theme != fine[n]:
            found.setdefault(int(n), []).append((int(theme), float(strength)))
    return found


def _publish(
    tx: Connection,
    run: ThemeRun,
    passages: Sequence[MeetingPassage],
    vectors: Vectors,
    found: _Found,
) -> None:
    programme_id = meetings.meeting_by_id(tx, run.meeting_id).programme_id
    means = [vectors[group[:N_TYPICAL]].mean(axis=0) for group in found.typical_broad]
    new = NewThemes(
        [[passages[n].passage_id for n in group] for group in found.typical_broad],
        [[passages[n].passage_id for n in group] for group in found.typical_fine],
        np.array(means).reshape(len(means), vectors.shape[1]),
    )
    ids, fine_ids = lasting_ids(tx, programme_id, run, new)
    rows = _theme_rows(ids, found.broad, found.broad_names, None)
    parents = [ids[int(b)] for b in found.broad_of_fine]
    rows += _theme_rows(fine_ids, found.fine, found.fine_names, parents)
    merges = [FineMerge(fine_ids[a], fine_ids[b], times) for a, b, times in found.merges]
    themes.publish_run(tx, run, rows, _members(passages, found, ids, fine_ids), merges)


def _members(
    passages: Sequence[MeetingPassage],
    found: _Found,
    ids: Sequence[ThemeId],
    fine_ids: Sequence[ThemeId],
) -> list[Membership]:
    place_of = {int(n): at for group in found.typical_broad for at, n in enumerate(group)}
    return [
        Membership(
            p.passage_id,
            ids[found.broad[n]] if found.broad[n] >= 0 else None,
            fine_ids[found.fine[n]] if found.fine[n] >= 0 else None,
            float(found.strength[n]),
            place_of.get(n, len(passages)),
            float(found.places[n, 0]),
            float(found.places[n, 1]),
            _aside(found, n),
            tuple(AlsoSpeaks(fine_ids[theme], share) for theme, share in found.also.get(n, ())),
            digest_of(p.quote.translation) if p.quote.translation else "",
        )
        for n, p in enumerate(passages)
    ]


def _aside(found: _Found, n: int) -> AsideReason | None:
    if found.broad[n] >= 0:
        return None
    if found.is_meeting_talk[n]:
        return AsideReason.MEETING_TALK
    return AsideReason.OTHER_LANGUAGE if found.is_other_language[n] else AsideReason.NO_COMPANY


def _theme_rows(
    ids: Sequence[ThemeId],
    labels: NDArray[np.intp],
    names: Sequence[tuple[str, str]],
    parents: Sequence[ThemeId] | None,
) -> list[RunTheme]:
    size = Counter(labels.tolist())
    return [
        RunTheme(ids[n], n, name, words, size[n], parents[n] if parents else None)
        for n, (name, words) in enumerate(names)
    ]


def _words_for_names(passages: Sequence[MeetingPassage], zone: Zone) -> list[str]:
    """What each passage may give to a theme's name: nothing, where its words are only counted."""
    if zone is Zone.RESTRICTED:
        return [p.quote.read_by for p in passages]
    with runtime().store.read() as tx:
        quotable = talk.quotable(tx, [p.utterance for p in passages])
    return [p.quote.read_by if p.utterance.revision_id in quotable else "" for p in passages]


def _names_of_people(meeting_id: MeetingId) -> frozenset[str]:
    """Words in the names of the programme's people: a theme's name must not name anybody."""
    with runtime().store.read() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        names = meetings.names_of(tx, programme_id)
    return frozenset(word for name in names for word in re.findall(r"\w+", name.lower()))


def _times(passages: Sequence[MeetingPassage]) -> NDArray[np.float64]:
    """When each passage was said; a passage inside a turn lies at its share of the turn."""
    times = []
    for p in passages:
        start, end = p.utterance.start_s, p.utterance.end_s
        if start is None:
            times.append(np.nan)
            continue
        share = p.quote.start / max(1, len(p.utterance.text))
        times.append(start + share * ((end or start) - start))
    return np.array(times)


def _reading(on_progress: Progress) -> Progress:
    """Reading takes most of the time, so it moves most of the bar."""
    last = -1.0

    def tell(share_done: float, message: str) -> None:
        nonlocal last
        if share_done - last >= 0.05 or share_done >= 1:
            last = share_done
            on_progress(SHARE_READING * share_done, message)

    return tell
