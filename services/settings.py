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
MOST_SOCKETS = 500
DEFAULT_RAW_DAYS = 90
LONGEST_RAW_DAYS = 3650


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
    name_model: str | None = None
    """Folder of a spaCy model to find names with; the installed one if missing."""
    trusted_proxy: str = ""
    """Address of the one peer whose word on who asks is taken."""
    most_sockets: int = MOST_SOCKETS
    keep_raw_days: int = DEFAULT_RAW_DAYS
    """How long words as they were heard stay after their release; 0 to `LONGEST_RAW_DAYS`."""

    @property
    def key_folder(self) -> Path:
        """Keys of links and open ballots: outside the database and outside every backup."""
        return self.folder / "keys"

    @property
    def tombstone_file(self) -> Path:
        """What was erased, by id: it outlives the database, so that a backup forgets again."""
        return self.folder / "tombstones.jsonl"

    @property
    def prepared_stamp(self) -> Path:
        """Is there once the first start went through."""
        return self.folder / "prepared"

    @property
    def is_reachable(self) -> bool:
        """Whether another device could open our links."""
        host = urlsplit(self.public_url).hostname or ""
        return bool(host) and not is_this_computer(host)

    @property
    def is_https(self) -> bool:
        """Whether people reach this program through TLS."""
        return self.public_url.startswith("https://")


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
        name_model=environment.get("ROUNDTABLE_NAME_MODEL") or None,
        has_worker=environment.get("ROUNDTABLE_WORKER", "1") != "0",
        contact=environment.get("ROUNDTABLE_CONTACT", "").strip(),
        trusted_proxy=environment.get("ROUNDTABLE_TRUSTED_PROXY", "").strip(),
        most_sockets=_count(environment.get("ROUNDTABLE_SOCKETS", ""), MOST_SOCKETS),
        keep_raw_days=_raw_days(environment.get("ROUNDTABLE_KEEP_RAW_DAYS", "")),
        dwell_guard_ms=_guard_ms(environment.get("ROUNDTABLE_DWELL_GUARD_MS", "")),
    )


def is_this_computer(host: str) -> bool:
    """Whether a name or an address is one that only this computer answers to."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _guard_ms(told: str) -> int:
    """A vote goes on with the usual time where the setting is no number, or too large a one."""
    return min(int(told), LONGEST_GUARD_MS) if told.isdecimal() else DEFAULT_GUARD_MS


def _count(told: str, default: int) -> int:
    return int(told) if told.isdecimal() and int(told) else default


def _raw_days(told: str) -> int:
    return min(int(told), LONGEST_RAW_DAYS) if told.isdecimal() else DEFAULT_RAW_DAYS
