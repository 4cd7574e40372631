"""What is loaded ahead, in a process of its own: here everything is loaded already."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
AHEAD = """
import sys
from ui import warming
assert "altair" not in sys.modules
warming.begin().join()
print("altair" in sys.modules, "lark" in sys.modules)
"""


def test_charts_are_loaded_ahead_without_grammars_that_no_chart_needs():
    done = subprocess.run(
        [sys.executable, "-c", AHEAD], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["True", "False"]
