"""Opens screens without a browser, by the messages that a browser sends. Start at `Screens`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

RUN_WITHIN_S = 30


@dataclass
class Shown:
    """What one run of a screen sent."""

    titles: list[str] = field(default_factory=list)
    """Names of the pages that are open, in the order of the menu; hidden ones too."""
    page: str = ""
    not_found: bool = False
    text: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    """Words on a button → its id."""
    page_hash: str = ""
    hashes: dict[str, str] = field(default_factory=dict)


class Screens:
    """A socket of the staff's screens."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.shown = Shown()

    def open(self, page: str = "", query: str = "", *, page_hash: str = "") -> Shown:
        """Ask for a page by its name, or by a hash, as a browser would, or a forger."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.page_script_hash = page_hash
        asked.rerun_script.query_string = query
        return self._run(asked, query)

    def press(self, button: str, query: str = "") -> Shown:
        """Press a button that the last run showed."""
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.shown.page_hash
        asked.rerun_script.query_string = query
        pressed = WidgetState(id=self.shown.buttons[button], trigger_value=True)
        asked.rerun_script.widget_states.widgets.append(pressed)
        return self._run(asked, query)

    def _run(self, asked: BackMsg, query: str) -> Shown:
        self.socket.send(asked.SerializeToString())
        shown = Shown()
        while True:
            raw = self.socket.recv(timeout=RUN_WITHIN_S)
            message = ForwardMsg()
            message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    self.shown = shown
                    return shown
            else:
                _take(shown, kind, message)


def _take(shown: Shown, kind: str | None, message: Any) -> None:
    if kind == "new_session":
        shown.text = ""
    elif kind == "navigation":
        pages = message.navigation.app_pages
        shown.titles = [page.page_name for page in pages]
        shown.hashes = {page.page_name: page.page_script_hash for page in pages}
        shown.page_hash = message.navigation.page_script_hash
        shown.page = next(p.page_name for p in pages if p.page_script_hash == shown.page_hash)
    elif kind == "page_not_found":
        shown.not_found = True
    elif kind == "delta":
        shown.text += f"\n{message.delta}"
        element = message.delta.new_element
        if message.delta.WhichOneof("type") == "new_element" and element.HasField("button"):
            shown.buttons[element.button.label] = element.button.id


@contextmanager
def screens(address: str, cookie: str = "", **headers: str) -> Iterator[Screens]:
    """Open a socket of the app at an address, with a cookie and further headers."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if cookie:
        told["Cookie"] = cookie
    url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    with connect(
        url,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers=told,
        max_size=None,
        open_timeout=20,
    ) as socket:
        yield Screens(socket)
