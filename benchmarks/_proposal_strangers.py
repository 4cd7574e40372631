"""Sentences of strangers that were labelled by hand, for measuring alone. Start at `strangers`.

``strangers.tsv`` holds places and labels, never a word: whoever has the folder of real data reads
the sentences there.
"""

import csv
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks._proposal_sentences import FOLDER, Labelled, sentence_of, tidied

_SPEAKER = re.compile(r"^\**[^*:]{2,40}\**:?\**:?\s*")


def strangers(real: Path) -> dict[str, list[Labelled]]:
    """Of each source, the sentences with their labels.

    Meetings (QMSum, val), notes of calls (ACD notes), statements to vote on (Polis), and sentences
    that speak to somebody in STS-B, which its makers took from forums and news.
    """
    with (FOLDER / "strangers.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found: dict[str, list[Labelled]] = {}
    for row in rows:
        source = row["source"]
        text = _READERS[source](real / row["file"], row["place"], int(row["sentence"]))
        found.setdefault(source, []).append(Labelled(text, row["proposes"] == "1", source))
    return found


def _of_meetings(path: Path, place: str, n_sentence: int) -> str:
    meeting, turn = place.split(":")
    told = json.loads(_lines(path)[int(meeting)])["meeting_transcripts"]
    return tidied(told[int(turn)]["content"], n_sentence)


def _of_notes(path: Path, place: str, n_sentence: int) -> str:
    line = _lines(path)[int(place)]
    return sentence_of(_SPEAKER.sub("", line) if line.startswith("**") else line, n_sentence)


def _of_statements(path: Path, place: str, _: int) -> str:
    return _statements(path)[place].replace("\n", " ")


def _of_advice(path: Path, place: str, n_sentence: int) -> str:
    with path.open(encoding="utf-8") as file:
        return list(csv.reader(file))[int(place)][n_sentence]


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", errors="replace").split("\n")


@cache
def _statements(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8") as file:
        return {row["comment-id"]: row["comment-body"] for row in csv.DictReader(file)}


_READERS: dict[str, Callable[[Path, str, int], str]] = {
    "meetings": _of_meetings,
    "notes": _of_notes,
    "statements": _of_statements,
    "advice": _of_advice,
}
