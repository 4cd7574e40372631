"""Writes docs/TRUST.md from what the tests of promises found: `make trust`. Start at `main`."""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tests.trust.ids import HERE, not_done, parts

ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "TRUST.md"
FAILED, SKIPPED = "failed", "skipped"


@dataclass(frozen=True)
class Kept:
    """What the tests of one promise found."""

    n_tests: int
    n_failed: int
    n_skipped: int
    figures: tuple[str, ...]


def main() -> None:
    """Write the page, and fail when a promise was broken or not looked at."""
    found = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    is_full = "--full" in sys.argv
    kept = by_promise(found)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    PAGE.write_text(page(kept, version, datetime.now(UTC).date(), is_full=is_full), "utf-8")
    broken = [promise for promise, one in kept.items() if one.n_failed]
    unseen = [p for part in parts() for p in part.promises if p not in kept and p not in not_done()]
    print(f"Wrote {PAGE.relative_to(ROOT)}: {len(kept)} promises, broken: {broken or 'none'}.")  # noqa: T201
    if broken or unseen:
        sys.exit(f"Broken: {broken}. Not looked at: {unseen}.")


def by_promise(found: Iterable[Mapping[str, object]]) -> dict[str, Kept]:
    """Outcomes and figures of the tests, by promise."""
    tests: dict[str, list[Mapping[str, object]]] = {}
    for test in found:
        for promise in _strings(test["promises"]):
            tests.setdefault(promise, []).append(test)
    return {promise: _kept(of_it) for promise, of_it in tests.items()}


def page(kept: Mapping[str, Kept], version: str, day: date, *, is_full: bool) -> str:
    """The page as Markdown."""
    lines = [
        "# What we promise, and what was measured",
        "",
        f"Version {version}, {day:%d %B %Y}, {'full' if is_full else 'small'} counts. Written by "
        "`make trust` from the tests that keep each promise; do not edit by hand. What no test "
        "can show, and what we cannot promise at all, stands at the end.",
        "",
    ]
    for part in parts():
        lines += [
            f"## {part.title}",
            "",
            "| Id | Promise | Tests | Measured |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {promise} | {words} | {_state(promise, kept)} | {_figures(promise, kept)} |"
            for promise, words in part.promises.items()
        ]
        lines.append("")
    lines += ["## Not done", ""]
    lines += [f"- **{promise}**: {reason}" for promise, reason in not_done().items()]
    limits = (HERE / "limits.md").read_text("utf-8").strip()
    return "\n".join([*lines, "", limits, ""])


def _kept(tests: list[Mapping[str, object]]) -> Kept:
    outcomes = [test["outcome"] for test in tests]
    figures = dict.fromkeys(figure for test in tests for figure in _strings(test["figures"]))
    return Kept(len(tests), outcomes.count(FAILED), outcomes.count(SKIPPED), tuple(figures))


def _state(promise: str, kept: Mapping[str, Kept]) -> str:
    one = kept.get(promise)
    if one is None:
        return "not done"
    told = f"{one.n_tests - one.n_failed - one.n_skipped} hold"
    if one.n_failed:
        told += f", **{one.n_failed} broken**"
    if one.n_skipped:
        told += f", {one.n_skipped} not run here"
    return told + (" (in part)" if promise in not_done() else "")


def _figures(promise: str, kept: Mapping[str, Kept]) -> str:
    one = kept.get(promise)
    return "<br>".join(figure.replace("|", "\\|") for figure in one.figures) if one else ""


def _strings(told: object) -> list[str]:
    return [str(one) for one in told] if isinstance(told, list) else []


if __name__ == "__main__":
    main()
