"""Keys, and the secrets that are made from them. Start at `link_key` and `poll_key`.

A meeting has one key for its links; an open ballot has one of its own, which is destroyed when
the ballot closes. Keys are files beside the database, never in it and never in a backup of it.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from domain.errors import KeyMissing
from domain.ids import AttendanceId, BallotId, MeetingId, ProgrammeId
from services.runtime import runtime

N_BYTES = 32


def link_key(meeting_id: MeetingId) -> bytes:
    """The key of a meeting's personal links, made when first needed."""
    path = _path("links", meeting_id)
    if not path.exists():
        _make(path)
    return path.read_bytes()


def make_poll_key(ballot_id: BallotId) -> None:
    """Make the key of a ballot that opens."""
    _make(_path("ballot", ballot_id))


def poll_key(ballot_id: BallotId) -> bytes:
    """The key of an open ballot.

    Raises
    ------
    KeyMissing
        If it was destroyed at the close, or lost.
    """
    path = _path("ballot", ballot_id)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise KeyMissing(
            what="this vote",
            folder=path.parent.name,
            todo="Answers cannot be kept until it is put back, or the vote is closed.",
        ) from error


def is_there(ballot_id: BallotId) -> bool:
    """Whether a ballot's key still lies in its folder."""
    return _path("ballot", ballot_id).exists()


def destroy_poll_key(ballot_id: BallotId) -> None:
    """Overwrite and remove the key of a ballot; one that is gone already is fine."""
    path = _path("ballot", ballot_id)
    try:
        with path.open("r+b") as file:
            file.write(bytes(N_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def owner_key(programme_id: ProgrammeId) -> bytes:
    """The key of the links to a programme's initiatives, made when first needed."""
    path = _path("owners", programme_id)
    if not path.exists():
        _make(path)
    return path.read_bytes()


def voter_secret(key: bytes, attendance_id: AttendanceId, generation: int) -> str:
    """What makes a link personal: the same each time it is printed, 256 bits, 43 characters."""
    return link_secret(key, f"{attendance_id}|{generation}")


def link_secret(key: bytes, purpose: str) -> str:
    """The same for any other link: who it is for is in the purpose."""
    return base64.urlsafe_b64encode(_hmac(key, purpose)).decode().rstrip("=")


def link_hash(secret: str) -> str:
    """All that the store keeps of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def ballot_key(key: bytes, secret: str) -> str:
    """Under what a person's answers lie in the box: needs the ballot's key and their link."""
    return _hmac(key, secret).hex()


def derive(secret: str, purpose: str) -> bytes:
    """A secret of its own for one purpose, from which the link cannot be worked out."""
    return _hmac(secret.encode(), purpose)


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")


def _path(kind: str, owner_id: str) -> Path:
    # Ids tell capitals apart where some file systems do not.
    name = hashlib.sha256(owner_id.encode()).hexdigest()[:32]
    return runtime().settings.key_folder / f"{kind}-{name}.key"


def _make(path: Path) -> None:
    """Write a new key so that it is there whole or not at all, and never twice."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(N_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key holds
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
