"""Find the themes of a meeting and publish them as one run. Start at `find_themes_of_meeting`."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from analysis.theme_identity import match_themes
from domain.access import Act
from domain.errors import TooFewPassages
from domain.ids import MeetingId, PassageId, ProgrammeId, RunId, ThemeId, new_id
from domain.talk import ConsentUse, Zone
from domain.themes import Membership, RunTheme, ThemeRun
from services.access import require
from services.meetings import the_meeting
from services.passages import MeetingPassage, Progress, Vectors, embed_texts, vectors_of_meeting
from services.runtime import runtime
from store import meetings, talk, themes
from store.engine import Connection

NEEDED = 3
NO_THEME = -1
SHARE_READING = 0.8


@dataclass(frozen=True, eq=False)
class _Found:
    """What the analysis says; row n of every array is passage n, -1 stands for no theme."""

    broad: NDArray[np.intp]
    fine: NDArray[np.intp]
    broad_of_fine: NDArray[np.intp]
    strength: NDArray[np.floating]
    typical: dict[int, int]
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
    on_progress(SHARE_READING, "Grouping what was said")
    found = _analyse(
        passages, vectors, _words_for_names(passages, zone), _names_of_people(meeting_id)
    )
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
        _publish(tx, run, passages, found)
    return f"{len(found.broad_names)} themes in {len(passages)} passages."


def _analyse(
    passages: Sequence[MeetingPassage],
    vectors: Vectors,
    words: Sequence[str],
    unsaid: Set[str],
) -> _Found:
    """Group what was said about the challenge; talk about the meeting itself is set aside.

    Names are made of ``words``, one text for each passage, without those in ``unsaid``.
    """
    from analysis.meeting_talk import is_meeting_talk
    from analysis.theme_map import place_on_map
    from analysis.theme_names import name_themes
    from analysis.themes import find_themes

    texts = [p.quote.text for p in passages]
    kept = np.array([n for n, text in enumerate(texts) if not is_meeting_talk(text)], dtype=np.intp)
    found = find_themes(vectors[kept], times_s=_times(passages)[kept])
    broad, fine = (np.full(len(passages), NO_THEME, dtype=np.intp) for _ in range(2))
    strength = np.zeros(len(passages))
    broad[kept], fine[kept], strength[kept] = found.broad, found.fine, found.strength

    def named(labels: NDArray[np.intp]) -> list[tuple[str, str]]:
        names = name_themes(words, labels, vectors=vectors, embed=embed_texts, unsaid=unsaid)
        return [(n.name, ", ".join(n.key_words)) for n in names]

    return _Found(
        broad,
        fine,
        found.broad_of_fine,
        strength,
        {int(kept[n]): place for group in found.typical_broad for place, n in enumerate(group)},
        place_on_map(vectors, broad),
        named(broad),
        named(fine),
    )


def _publish(
    tx: Connection, run: ThemeRun, passages: Sequence[MeetingPassage], found: _Found
) -> None:
    programme_id = meetings.meeting_by_id(tx, run.meeting_id).programme_id
    ids = _lasting_ids(tx, programme_id, run, passages, found)
    fine_ids = themes.add_themes(tx, programme_id, len(found.fine_names))
    rows = _theme_rows(ids, found.broad, found.broad_names, None)
    parents = [ids[int(b)] for b in found.broad_of_fine]
    rows += _theme_rows(fine_ids, found.fine, found.fine_names, parents)
    members = [
        Membership(
            p.passage_id,
            ids[found.broad[n]] if found.broad[n] >= 0 else None,
            fine_ids[found.fine[n]] if found.fine[n] >= 0 else None,
            float(found.strength[n]),
            found.typical.get(n, len(passages)),
            float(found.places[n, 0]),
            float(found.places[n, 1]),
        )
        for n, p in enumerate(passages)
    ]
    themes.publish_run(tx, run, rows, members)


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


def _lasting_ids(
    tx: Connection,
    programme_id: ProgrammeId,
    run: ThemeRun,
    passages: Sequence[MeetingPassage],
    found: _Found,
) -> list[ThemeId]:
    """Ids of the new themes: an earlier one's where the theme continues it."""
    before: dict[ThemeId, set[PassageId]] = {}
    earlier = themes.current_run(tx, run.meeting_id, run.zone)
    if earlier:
        for member, *_ in themes.memberships_of_run(tx, earlier.run_id):
            if member.theme_id:
                before.setdefault(member.theme_id, set()).add(member.passage_id)
    after: list[set[PassageId]] = [set() for _ in found.broad_names]
    for n, p in enumerate(passages):
        if found.broad[n] >= 0:
            after[found.broad[n]].add(p.passage_id)
    matched = match_themes(before, after)
    new = iter(themes.add_themes(tx, programme_id, matched.count(None)))
    return [known or next(new) for known in matched]


def _words_for_names(passages: Sequence[MeetingPassage], zone: Zone) -> list[str]:
    """What each passage may give to a theme's name: nothing, where its words are only counted."""
    if zone is Zone.RESTRICTED:
        return [p.quote.text for p in passages]
    with runtime().store.read() as tx:
        quotable = talk.quotable(tx, [p.utterance for p in passages])
    return [p.quote.text if p.utterance.revision_id in quotable else "" for p in passages]


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
