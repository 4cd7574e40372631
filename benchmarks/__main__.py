"""Run every benchmark and write docs/benchmarks.md. Start at `write_all`."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.frame import told_of_peer

ROOT = Path(__file__).parents[1]
NAMES = tuple(
    sorted(
        path.stem
        for path in Path(__file__).parent.glob("*.py")
        if not path.stem.startswith("_") and path.stem != "frame"
    )
)


def write_all() -> None:
    """Each benchmark runs alone, so that none warms another."""
    results = [_run(name) for name in NAMES]
    target = ROOT / "docs" / "benchmarks.md"
    target.write_text(_page(results), encoding="utf-8")
    print(f"Wrote {target.relative_to(ROOT)}")


def _run(name: str) -> dict[str, Any]:
    print(f"{name} …", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.strip().split("\n")[-1])
    return told


def _page(results: list[dict[str, Any]]) -> str:
    where = results[0]["machine"]
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {where['processor']}, "
        f"{where['cores']} cores, {where['memory_gb']} GB, Python {where['python']}. "
        "Ratios travel between machines better than seconds. Peers ran in the same run.",
        "",
    ]
    for result in results:
        lines += [
            f"## {result['benchmark']}",
            "",
            "| claim | measured | target | peer | ratio | holds |",
            "|---|---|---|---|---|---|",
            *(_row(claim) for claim in result["claims"]),
            "",
        ]
    return "\n".join(lines)


def _row(claim: dict[str, Any]) -> str:
    peer = told_of_peer(claim["peer"], claim["peer_value"], claim["unit"]) if claim["peer"] else ""
    ratio = claim["ratio"] if claim["ratio"] is not None else ""
    holds = "yes" if claim["holds"] else "**no**"
    return (
        f"| {claim['name']} | {claim['value']} {claim['unit']} | {claim['target']} "
        f"| {peer} | {ratio} | {holds} |"
    )


if __name__ == "__main__":
    write_all()
