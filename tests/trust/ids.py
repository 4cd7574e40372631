"""Ids of promises in docstrings. Start at `ids_of`."""

import ast
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_ID = r"(?:A-\d+|B-\d+|C-L\d|[SUVOI]\d{1,2})"
_AT_THE_START = re.compile(rf"({_ID}(?:, {_ID})*)[:.]")


@dataclass(frozen=True)
class Part:
    """Promises that belong together, in their order."""

    title: str
    promises: dict[str, str]


def ids_of(docstring: str | None) -> list[str]:
    """The promises that a test says it keeps.

    >>> ids_of("S2, S6: A cookie from elsewhere is not honoured.")
    ['S2', 'S6']
    >>> ids_of("Nothing of the kind.")
    []
    """
    found = _AT_THE_START.match((docstring or "").strip())
    return found[1].split(", ") if found else []


def parts() -> list[Part]:
    """All promises."""
    told = tomllib.loads((HERE / "promises.toml").read_text("utf-8"))
    return [Part(part["title"], part["promises"]) for part in told["part"]]


def not_done() -> dict[str, str]:
    """Why a promise is not kept yet."""
    told: dict[str, str] = tomllib.loads((HERE / "promises.toml").read_text("utf-8"))["not_done"]
    return told


def ids_in_tests() -> dict[str, list[str]]:
    """Promise → names of the tests that keep it, read from the sources."""
    found: dict[str, list[str]] = {}
    for path in sorted(HERE.parent.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for promise in ids_of(ast.get_docstring(node)):
                    found.setdefault(promise, []).append(node.name)
    return found
