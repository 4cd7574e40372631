"""English that nobody may take for another language: meetings and questions of strangers."""

import csv
import json
from pathlib import Path


def english_texts(real_data: Path) -> list[str]:
    """Every turn of QMSum (val) and every question of banking77 (test)."""
    turns = [
        turn["content"]
        for line in (real_data / "qmsum_val.jsonl").read_text("utf-8").split("\n")
        if line
        for turn in json.loads(line)["meeting_transcripts"]
    ]
    with (real_data / "banking77" / "test.csv").open(encoding="utf-8", newline="") as file:
        return turns + [row["text"] for row in csv.DictReader(file)]
