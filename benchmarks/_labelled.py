"""Texts that people sorted into groups, from the folder of real data. Start at `labelled_sets`."""

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FEWEST_STATEMENTS = 12


@dataclass(frozen=True)
class Labelled:
    """Texts with the group that a person put each into; times where they were said in a row."""

    name: str
    texts: list[str]
    labels: list[str]


def real_data() -> Path | None:
    """The folder that ROUNDTABLE_REAL_DATA names, if it is there."""
    folder = Path(os.environ.get("ROUNDTABLE_REAL_DATA") or "nowhere")
    return folder if folder.is_dir() else None


def from_csv(path: Path) -> Labelled:
    """Any file with the columns text and label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"text", "label"} <= rows[0].keys():
        raise SystemExit(f"{path}: the columns text and label are needed.")
    return Labelled(path.stem, [r["text"] for r in rows], [r["label"] for r in rows])


def labelled_sets(folder: Path) -> Iterator[Labelled]:
    """Banking77 and CLINC150, their test halves."""
    with (folder / "banking77" / "test.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield Labelled("banking77", [r["text"] for r in rows], [r["category"] for r in rows])
    pairs = json.loads((folder / "clinc150" / "data_full.json").read_text("utf-8"))["test"]
    yield Labelled("clinc150", [text for text, _ in pairs], [label for _, label in pairs])


def statements(folder: Path, n_claims: int) -> Iterator[Labelled]:
    """Perspectrum: statements under one claim; those that say the same share a label."""
    told = json.loads((folder / "perspectrum.json").read_text("utf-8"))
    text_of = {statement["pId"]: statement["text"] for statement in told["pool"]}
    for claim in told["claims"]:
        groups = [p["pids"] for p in claim["perspectives"]]
        pairs = [(text_of[pid], str(n)) for n, pids in enumerate(groups) for pid in pids]
        if len(pairs) < FEWEST_STATEMENTS:
            continue
        yield Labelled(claim["text"], [text for text, _ in pairs], [label for _, label in pairs])
        n_claims -= 1
        if not n_claims:
            return


@dataclass(frozen=True)
class Meeting:
    """Turns of a meeting; ``topics_of`` names the topics of each, as people marked them."""

    turns: list[str]
    topics_of: list[list[str]]


def meetings(folder: Path, file_name: str, n_meetings: int) -> Iterator[Meeting]:
    """QMSum: meetings with the topics that people marked as spans of turns."""
    with (folder / file_name).open(encoding="utf-8") as lines:
        for line in list(lines)[:n_meetings]:
            told = json.loads(line)
            turns = [turn["content"] for turn in told["meeting_transcripts"]]
            topics_of: list[list[str]] = [[] for _ in turns]
            for topic in told["topic_list"]:
                for first, last in topic["relevant_text_span"]:
                    for n in range(int(first), min(int(last) + 1, len(turns))):
                        topics_of[n].append(topic["topic"])
            yield Meeting(turns, topics_of)
