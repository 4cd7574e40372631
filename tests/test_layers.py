"""The dependency direction, as a test."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "domain": {"domain"},
    "analysis": {"analysis", "domain"},
    "intake": {"intake", "domain"},
    "reports": {"reports", "domain"},
    "store": {"store", "domain"},
    "services": {"services", "intake", "reports", "analysis", "store", "domain"},
    "ui": {"ui", "services", "domain"},
    "pages": {"ui", "services", "domain"},
    "web": {"web", "services", "domain"},
    "participant": {"participant", "web", "services", "domain"},
    "staff": {"staff", "web", "services", "domain"},
    "commands": {"commands", "services", "domain"},
}
ENTRANCES = {"app.py", "dashboard.py", "manage.py"}
OURS = MAY_IMPORT.keys() | {"app", "dashboard", "manage", "tests", "benchmarks"}
FILES = sorted(path for layer in MAY_IMPORT for path in (ROOT / layer).rglob("*.py"))


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    found |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return {name.split(".")[0] for name in found} & OURS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_imports_only_what_lies_below_it(path):
    layer = path.relative_to(ROOT).parts[0]

    ours = imported(path)

    assert ours <= MAY_IMPORT[layer]


@pytest.mark.parametrize("name", sorted(ENTRANCES))
def test_an_entrance_goes_through_the_doors(name):
    ours = imported(ROOT / name)

    assert ours <= {"ui", "participant", "staff", "web", "commands", "services", "domain"}


def test_data_holds_no_python():
    assert list((ROOT / "data").rglob("*.py")) == []
