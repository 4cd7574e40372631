"""From an uploaded 3-hour transcript to its themes, beside a plain BERTopic script.

Start at `measure`. Each side runs as a process of its own, which reads the file and loads the model
too. Two comparisons are printed: the whole processes, from their start to their end; and the work
alone, after both have imported their libraries and loaded the model. The file is made of real
turns (QMSum) when ROUNDTABLE_REAL_DATA names a folder that holds them, otherwise of the sample's
four meetings; one after the other, at 2.5 words a second.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.frame import Claim, at_most, faster, main
from domain.ids import MeetingId, RevisionId, UtteranceId

ROOT = Path(__file__).parents[1]
N_TURNS = 1000
DURATION_S = 3 * 3600
WORDS_A_SECOND = 2.5
PAUSE_S = 0.4
STEPS = ("read the file", "match and store", "read passages", "group, name, publish")


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """First time, again with 1 % changed, again unchanged, and BERTopic, each from a cold start."""
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or _long_transcript(Path(folder))
        first = _run("ours", path, folder)
        changed = _run("ours", _changed(path, Path(folder)), folder)
        known = _run("ours", path, folder)
        peer = _run("bertopic", path, folder)
    work = _total(first)
    size = f"{int(first['n_turns'])} turns, {first['duration_s'] / 3600:.1f} h"
    return [
        at_most(f"upload to themes, model loaded before ({size})", work, 5, "s"),
        *(Claim(f"— {step}", round(first[step], 3), "s", "told", True) for step in STEPS),
        at_most(
            "share of that when the file is brought in again with 1 % of its turns changed",
            _total(changed) / work,
            0.1,
            "",
        ),
        at_most(
            "— the same when 1 % are corrected and released on screen, the worker's part alone",
            first["corrected"] / work,
            0.1,
            "",
        ),
        at_most("upload to themes, sentences already known", _total(known), 3, "s"),
        faster("work alone, model loaded before", work, "BERTopic", peer["work_s"], 10),
        faster(
            "whole process, imports and model counted",
            first["process_s"],
            "BERTopic",
            peer["process_s"],
            1,
        ),
    ]


def _changed(path: Path, folder: Path) -> Path:
    """The same file with a sentence more in one turn of a hundred."""
    cues = path.read_text(encoding="utf-8").split("\n\n")
    for n in range(1, len(cues), 100):
        cues[n] = f"{cues[n].rstrip()} And then we counted number {n} again."
    changed = folder / f"changed{path.suffix}"
    changed.write_text("\n\n".join(cues), encoding="utf-8")
    return changed


def _total(run: dict[str, float]) -> float:
    return sum(run[step] for step in STEPS)


def _run(side: str, path: Path, folder: str) -> dict[str, float]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.main_job", "--side", side, "--file", str(path)],
        cwd=ROOT,
        env={**os.environ, "ROUNDTABLE_FOLDER": folder, "ROUNDTABLE_WORKER": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout.strip().split("\n")[-1])
    return told | {"process_s": time.perf_counter() - started}


def _ours(path: Path) -> dict[str, float]:
    from domain.meetings import MeetingFormat, Pillar, Season
    from domain.people import StakeholderGroup
    from domain.talk import ConsentUse
    from intake import child
    from services import meetings, programmes, transcripts, upkeep
    from services.runtime import runtime
    from services.theme_finding import find_themes_of_meeting, get_ready

    upkeep.bring_up_to_date()
    # As the app and its worker do when somebody begins to bring a meeting in.
    get_ready()
    child.get_ready()
    runtime().embedder().embed(["The model is loaded."])
    programme_id = programmes.start_ours()
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(2024, 10, 3 + len(meetings.meetings_of(programme_id))),
        challenge="A long day",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    clock = _Clock()
    understood = transcripts.understand(meeting_id, path.name, path.read_bytes())
    clock.told("read the file")
    agreed = transcripts.ConsentGiven(frozenset(ConsentUse), "benchmark")
    # Words of people who are not on the roster are never shared.
    labels = {m.label: StakeholderGroup.OTHER for m in understood.matches}
    transcripts.store_transcript(
        meeting_id, understood, {}, agreed, is_released=True, to_add=labels
    )
    clock.told("match and store")
    find_themes_of_meeting(meeting_id, on_progress=_when_read(clock))
    clock.told("group, name, publish")
    turns = understood.source.turns
    return clock.steps | {
        "corrected": _correct_some(meeting_id),
        "n_turns": float(len(turns)),
        "duration_s": max((t.end_s or 0.0 for t in turns), default=0.0),
    }


def _when_read(clock: "_Clock") -> Callable[[float, str], None]:
    """Tell the clock when all passages are read and their grouping begins."""

    from services.theme_finding import GROUPING

    def tell(_: float, message: str) -> None:
        if message == GROUPING:
            clock.told("read passages")

    return tell


def _correct_some(meeting_id: MeetingId) -> float:
    """Seconds to find the themes again after one turn of a hundred was corrected and released."""
    from services import releasing, transcripts
    from services.review_turns import the_turn
    from services.runtime import runtime
    from services.theme_finding import find_themes_of_meeting

    def source(utterance_id: UtteranceId) -> RevisionId:
        with runtime().store.read() as tx:
            return the_turn(tx, utterance_id).texts.source

    for said in transcripts.utterances(meeting_id)[::100]:
        text = f"{said.text} Afterwards we wrote down {said.position} chairs."
        releasing.correct(said.utterance_id, source(said.utterance_id), text)
        releasing.release(said.utterance_id, source(said.utterance_id))
    begun = time.perf_counter()
    find_themes_of_meeting(meeting_id)
    return time.perf_counter() - begun


def _bertopic(path: Path) -> dict[str, float]:
    """What somebody would write who had BERTopic and the file."""
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer

    from analysis.model_folder import find_model_folder
    from intake.front_door import read_transcript

    model = BERTopic(embedding_model=SentenceTransformer(str(find_model_folder(None))))
    begun = time.perf_counter()
    turns = read_transcript(path.name, path.read_bytes()).turns
    topics, _ = model.fit_transform([turn.text for turn in turns])
    return {"n_topics": float(len(set(topics))), "work_s": time.perf_counter() - begun}


class _Clock:
    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._last = time.perf_counter()

    def told(self, step: str) -> None:
        now = time.perf_counter()
        self.steps[step], self._last = now - self._last, now


def _long_transcript(folder: Path) -> Path:
    """Turns of several meetings, one after the other, until both marks are passed."""
    cues: list[str] = []
    spoken_s = 0.0
    for speaker, words in _turns():
        begun, spoken_s = spoken_s, spoken_s + len(words.split()) / WORDS_A_SECOND + PAUSE_S
        cues.append(f"{_clock(begun)} --> {_clock(spoken_s - PAUSE_S)}\n{speaker}: {words}\n")
        if len(cues) >= N_TURNS and spoken_s >= DURATION_S:
            break
    path = folder / "long.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    return path


def _turns() -> Iterator[tuple[str, str]]:
    real = Path(os.environ.get("ROUNDTABLE_REAL_DATA", "")) / "qmsum_train.jsonl"
    if real.is_file():
        for line in real.open(encoding="utf-8"):
            for turn in json.loads(line)["meeting_transcripts"]:
                yield turn["speaker"].replace(":", " "), " ".join(turn["content"].split())
        return
    from intake.front_door import read_transcript

    for path in sorted((ROOT / "data" / "sample").glob("*/transcript.*")):
        for told in read_transcript(path.name, path.read_bytes()).turns:
            yield told.speaker or "Somebody", told.text


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{rest:06.3f}"


SIDES: dict[str, Callable[[Path], dict[str, float]]] = {
    "ours": _ours,
    "bertopic": _bertopic,
}

if __name__ == "__main__":
    if "--side" in sys.argv:
        from services.access import COMMAND_LINE, acting_as

        with acting_as(COMMAND_LINE):
            print(json.dumps(SIDES[sys.argv[2]](Path(sys.argv[4]))))
    else:
        main("main_job", measure)
