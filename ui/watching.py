"""How many have answered, on a screen that keeps itself up to date. Start at `watch`.

The numbers are drawn as they are now. A small script of ours then follows the stream of the vote
(`staff/watch_routes.py`) and writes new ones in their place; no screen is run again for it, and
nobody's browser asks the store.
"""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.runtime import Runtime

from domain.ids import BallotId
from services import watching
from ui.markup import draw, safe

PACKAGE, NAME = "roundtable", "watch"
HERE = Path(__file__).parent
STOPPED = "The numbers do not move any more. Press Look again."
WAITING = "The numbers stand still for a moment; trying again."


def watch(ballot_id: BallotId) -> None:
    """One large number and nothing that could sway."""
    now = watching.glimpse(ballot_id)
    draw(
        '<div class="rt-watch">'
        f'<span class="rt-watch-number" data-watch="n">{now.n_answered}</span>'
        f'<span class="rt-watch-of" data-watch="of">{safe(now.of)}</span>'
        f'<p data-watch="told">{safe(now.told)}</p><p data-watch="state"></p></div>'
    )
    # Where scripts of ours are held back, or the stream is, the button still reads the numbers.
    st.button("Look again", key="look_again", type="tertiary")
    if Runtime.exists():
        _follower()(
            key=key_of(ballot_id),
            data={"url": f"/watch/{ballot_id}/live", "stopped": STOPPED, "waiting": WAITING},
            on_closed_change=lambda: None,  # the screen is run once more, and shows the results
        )


def key_of(ballot_id: BallotId) -> str:
    """Of the follower: two underscores, as an id may have them, part a component from its event.

    >>> key_of(BallotId("_a__b"))
    'follow--a--b'
    """
    return f"follow-{ballot_id.replace('_', '-')}"


def _follower() -> Any:
    """The script as a file of this server: the policy lets no script from a string run."""
    known = get_bidi_component_manager()
    if known.get_component_asset_root(f"{PACKAGE}.{NAME}") is None:
        manifest = ComponentManifest(PACKAGE, "1", [ComponentConfig(NAME, asset_dir="live")])
        known.register_from_manifest(manifest, HERE)
    return _made()


@cache
def _made() -> Any:
    return st.components.v2.component(f"{PACKAGE}.{NAME}", js="watch.js")
