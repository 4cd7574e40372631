"""Count a vote again: python recount.py, beside answers.csv and results.csv. Start at `main`."""

import csv
import sys
from collections import Counter
from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file in this folder; a note may stand above its heading."""
    text = Path(name).read_text("utf-8-sig")
    return list(csv.DictReader(text[text.index("number,") :].splitlines()))


def main() -> None:
    """Hold every number that was told against the answers behind it."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for row in rows("answers.csv"):
        counted.setdefault((row["number"], row["group"]), Counter())[row["answer"]] += 1
    n_same, wrong = 0, []
    for row in rows("results.csv"):
        found = counted.pop((row["number"], row["group"]), Counter())
        told = {word: int(row[word]) for word in list(row)[4:7] if row[word]}
        if not told and not found:
            continue  # withheld
        is_same = found.total() == int(row["answered"])
        if is_same and told and all(found[word] == n for word, n in told.items()):
            n_same += 1
        else:
            wrong.append(f"{row['number']}, {row['group']}: told {told}, counted {dict(found)}")
    wrong += [f"{number}, {group}: not in the results" for number, group in counted]
    sys.stdout.write(f"{n_same} counted again and found the same; {len(wrong)} differ.\n")
    sys.exit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()
