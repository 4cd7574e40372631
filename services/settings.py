"""What the surroundings tell the program, read once. Start at `read_settings`."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HOME = Path(__file__).resolve().parents[1]
DEFAULT_GUARD_MS = 700
LONGEST_GUARD_MS = 3000


@dataclass(frozen=True)
class Settings:
    """Where things are kept and how the outside reaches this program."""

    database_url: str
    folder: Path
    public_url: str
    embedding_model: str | None
    has_worker: bool
    contact: str = ""
    dwell_guard_ms: int = DEFAULT_GUARD_MS
    """How long after its serving a page takes no press; 0 to `LONGEST_GUARD_MS`."""

    @property
    def key_folder(self) -> Path:
        """Keys of links and open ballots: outside the database and outside every backup."""
        return self.folder / "keys"

    @property
    def prepared_stamp(self) -> Path:
        """Is there once the first start went through."""
        return self.folder / "prepared"

    @property
    def is_reachable(self) -> bool:
        """Whether another device could open our links."""
        host = urlsplit(self.public_url).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return False
        try:
            return not ipaddress.ip_address(host).is_loopback
        except ValueError:
            return bool(host)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; everything has a default that works on one machine."""
    folder = Path(environment.get("ROUNDTABLE_FOLDER") or HOME / "var")
    port = environment.get("PORT") or "8501"
    return Settings(
        database_url=environment.get("ROUNDTABLE_DATABASE_URL")
        or f"sqlite:///{folder / 'roundtable.db'}",
        folder=folder,
        public_url=(environment.get("ROUNDTABLE_PUBLIC_URL") or f"http://localhost:{port}").rstrip(
            "/"
        ),
        embedding_model=environment.get("ROUNDTABLE_EMBEDDING_MODEL"),
        has_worker=environment.get("ROUNDTABLE_WORKER", "1") != "0",
        contact=environment.get("ROUNDTABLE_CONTACT", "").strip(),
        dwell_guard_ms=_guard_ms(environment.get("ROUNDTABLE_DWELL_GUARD_MS", "")),
    )


def _guard_ms(told: str) -> int:
    """A vote goes on with the usual time where the setting is no number, or too large a one."""
    return min(int(told), LONGEST_GUARD_MS) if told.isdecimal() else DEFAULT_GUARD_MS
