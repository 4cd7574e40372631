"""Database and health of this process. Start at `bring_up_to_date`."""

from domain.errors import StoreNotReady
from services.backups import remove_trials
from services.runtime import runtime
from services.tombstones import finish_wiping, replay
from store import declarations, meetings
from store.engine import Store
from store.migrate import migrate, refuse_old
from store.outages import told_plainly
from store.wiping import copies_of

SAMPLE, WHOLE = "sample", "whole"


def bring_up_to_date() -> str:
    """Migrate the database and check it; says what was done."""
    with told_plainly():
        told = migrate(runtime().store)
    runtime().store.check()
    return f"{told}{_erase_again()}"


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
    _erase_again()


def make_ready() -> str:
    """At start: a local file is brought up to date, a shared database is only checked."""
    store = runtime().store
    remove_trials()
    if store.is_sqlite:
        _refuse_damaged(store)
        return bring_up_to_date()
    refuse_old(store)
    store.check()
    return f"The shared database is ready.{_erase_again()}"


def _erase_again() -> str:
    """Before anything is answered: the database may have been put back from a backup."""
    n_erased = replay()
    finish_wiping()
    return f" {n_erased} erasures that it did not know were done again." if n_erased else ""


def _refuse_damaged(store: Store) -> None:
    if store.is_damaged():
        copies = copies_of(store)
        good = copies[-1] if copies else "FILE"
        raise StoreNotReady(
            found=f"{store.path} is damaged",
            todo=f"Put the last good copy back: python manage.py restore {good}",
        )


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
