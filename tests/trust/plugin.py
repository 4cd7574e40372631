"""Collects what the tests of promises measured: `pytest --trust FILE`. See `pytest_addoption`."""

import json
from pathlib import Path

import pytest

from tests.trust.ids import ids_of


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--trust", type=Path, help="run only tests of promises; write what they found")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--trust"):
        return
    for test in items:
        for promise in _ids(test):
            test.user_properties.append(("promise", promise))
    kept = [test for test in items if _ids(test)]
    config.hook.pytest_deselected(items=[test for test in items if not _ids(test)])
    items[:] = kept


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--trust", None)
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Collector(path))


class _Collector:
    """Gathers the outcome of each test, also of those that ran in another process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[dict[str, object]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            told = report.user_properties
            self.found.append(
                {
                    "test": report.nodeid,
                    "outcome": report.outcome,
                    "promises": [value for name, value in told if name == "promise"],
                    "figures": [value for name, value in told if name == "figure"],
                }
            )

    def pytest_sessionfinish(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.found, indent=1), "utf-8")


def _ids(test: pytest.Item) -> list[str]:
    function = getattr(test, "function", None)
    return ids_of(getattr(function, "__doc__", None))
