"""Database and health of this process. Start at `bring_up_to_date`."""

from pathlib import Path

from domain.errors import StoreNotReady
from services.runtime import runtime
from store import declarations, meetings
from store.migrate import migrate, refuse_old
from store.outages import told_plainly

SAMPLE, WHOLE = "sample", "whole"


def bring_up_to_date() -> str:
    """Migrate the database and check it; says what was done."""
    with told_plainly():
        told = migrate(runtime().store)
    runtime().store.check()
    return told


def check() -> None:
    """Refuse a database that is missing, older than this program or of another make.

    Raises
    ------
    StoreNotReady
        With what was found and the command to run.
    """
    store = runtime().store
    store.check()
    refuse_old(store)


def back_up(target: Path) -> None:
    """Copy the database while it is in use; keys of open ballots are left out on purpose."""
    store = runtime().store
    store.check()
    store.back_up(target)


def make_ready() -> str:
    """At start: a local file is brought up to date, a shared database is only checked."""
    store = runtime().store
    if store.is_sqlite:
        return bring_up_to_date()
    refuse_old(store)
    store.check()
    return "The shared database is ready."


def is_whole() -> bool:
    """Whether there is a programme, and the sample, if begun, was loaded to its end."""
    with runtime().store.read() as tx:
        held = meetings.programmes(tx)
        return bool(held) and (
            not any(p.is_sample for p in held) or declarations.read(tx, SAMPLE) == WHOLE
        )


def health() -> dict[str, str]:
    """What /healthz answers; the status is "ok" or "failing"."""
    store = runtime().store
    try:
        store.check()
    except StoreNotReady:
        return {"status": "failing", "database": "not ready" if store.is_alive() else "down"}
    return {"status": "ok", "database": "ok"}
