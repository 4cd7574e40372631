"""What a reader of the sources for weaknesses finds: nothing that matters."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ["app.py", "dashboard.py", "manage.py"]
FLOORS += [
    "analysis",
    "commands",
    "domain",
    "intake",
    "pages",
    "participant",
    "reports",
    "services",
]
FLOORS += ["staff", "store", "ui", "web"]


def test_bandit_finds_nothing_above_low():
    command = [sys.executable, "-m", "bandit", "-q", "-r", *FLOORS, "-ll", "-f", "json"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = json.loads(told.stdout)

    assert found["metrics"]["_totals"]["loc"] > 10_000
    assert [issue["issue_text"] for issue in found["results"]] == []
