"""Real labelled sets about evidence and sameness, as the benchmarks read them. See `ArgKP`."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Topic:
    """ArgKP: what is argued over, arguments with their stance, key points, who says which.

    ``labels`` has shape (n_arguments, n_key_points): 1 matches, 0 does not, -1 nobody said.
    """

    motion: str
    arguments: list[str]
    stances: NDArray[np.intp]
    key_points: list[str]
    labels: NDArray[np.intp]


@dataclass(frozen=True)
class Asked:
    """QMSum: a question about a meeting and the turns that answer it."""

    question: str
    turns: frozenset[int]


@dataclass(frozen=True)
class Talk:
    """QMSum: a meeting's turns with their speakers, and what was asked of it."""

    turns: list[str]
    speakers: list[str]
    asked: list[Asked]


@dataclass(frozen=True)
class Claim:
    """Perspectrum: statements about a claim; those that say the same share a number."""

    claim: str
    statements: list[str]
    same: NDArray[np.intp]


def topics(folder: Path, split: str) -> list[Topic]:
    """ArgKP's train or dev topics."""
    arguments, points, labelled = (
        _rows(folder / "argkp" / "kpm_data" / f"{name}_{split}.csv")
        for name in ("arguments", "key_points", "labels")
    )
    said = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in labelled}
    found = []
    for motion in dict.fromkeys(row["topic"] for row in arguments):
        mine = [row for row in arguments if row["topic"] == motion]
        theirs = [row for row in points if row["topic"] == motion]
        labels = [[said.get((a["arg_id"], p["key_point_id"]), -1) for p in theirs] for a in mine]
        found.append(
            Topic(
                motion,
                [row["argument"] for row in mine],
                np.array([int(row["stance"]) for row in mine]),
                [row["key_point"] for row in theirs],
                np.array(labels),
            )
        )
    return found


def talks(folder: Path, file_name: str, n_meetings: int) -> list[Talk]:
    """QMSum's meetings with the questions that have an answer in single turns."""
    with (folder / file_name).open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in list(lines)[:n_meetings]]
    return [
        Talk(
            [turn["content"] for turn in meeting["meeting_transcripts"]],
            [turn["speaker"] for turn in meeting["meeting_transcripts"]],
            [
                Asked(asked["query"], turns)
                for asked in meeting["specific_query_list"]
                if (turns := _turns(asked["relevant_text_span"]))
            ],
        )
        for meeting in told
    ]


def claims(folder: Path) -> list[Claim]:
    """Perspectrum's claims that have two statements or more."""
    told = json.loads((folder / "perspectrum.json").read_text("utf-8"))
    text_of = {statement["pId"]: statement["text"] for statement in told["pool"]}
    found = []
    for claim in told["claims"]:
        groups = [group["pids"] for group in claim["perspectives"]]
        pairs = [(text_of[pid], n) for n, pids in enumerate(groups) for pid in pids]
        if len(pairs) > 1:
            texts, same = [text for text, _ in pairs], np.array([n for _, n in pairs])
            found.append(Claim(claim["text"], texts, same))
    return found


def scored_pairs(folder: Path, split: str) -> tuple[list[str], list[str], NDArray[np.float64]]:
    """STS-B: two sentences and how alike people found them, 0 to 5."""
    path = folder / "stsb_en" / f"stsb-en-{split}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    scores = np.array([float(row[2]) for row in rows])
    return [row[0] for row in rows], [row[1] for row in rows], scores


def average_precision(is_match: NDArray[np.bool_], scores: NDArray[np.floating]) -> float:
    """Mean precision at each match, the highest scores first."""
    hits = is_match[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _turns(spans: list[list[str]]) -> frozenset[int]:
    return frozenset(n for first, last in spans for n in range(int(first), int(last) + 1))
