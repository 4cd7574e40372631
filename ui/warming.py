"""What screens with charts need and takes long to load, loaded ahead. Start at `begin`."""

import gc
import importlib
import logging
import sys
import threading

SLOW = ("altair", "pandas", "ui.theme_charts", "ui.theme_over_years", "ui.theme_voices")
"""The charts, what they check their rows with, and the screens that draw the most of them."""
NEVER_ASKED = "rfc3987_syntax"

logger = logging.getLogger(__name__)


def begin() -> threading.Thread:
    """Load it in a thread of its own: the app serves meanwhile, and its start waits for nothing.

    Whoever opens such a screen before the end waits for the rest alone.
    """
    thread = threading.Thread(target=_load, name="warming", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    try:
        _with_few_formats()
        for name in SLOW:
            importlib.import_module(name)
    except ImportError:
        # The screen that needs it says so to whoever opens it, which nobody would read here.
        logger.warning("charts could not be loaded ahead", exc_info=True)
    # What is loaded lives as long as the process: collections need not look at it again.
    gc.freeze()


def _with_few_formats() -> None:
    """Let the checker of charts know no internationalised addresses, of which a chart has none.

    Where tools for notebooks are installed it would build forty grammars for them, in a second.
    """
    if NEVER_ASKED not in sys.modules:
        # What the import system takes for "not installed"; the checker does without it then.
        sys.modules[NEVER_ASKED] = None  # type: ignore[assignment]
