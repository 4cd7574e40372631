"""How often a password may be tried, the same for names that exist and for others. See `Tries`.

What is known of an account stands in the store; what is tried under a name that nobody has is
kept in this process, by hash, so that waiting tells nothing about who has an account.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from domain.errors import TooManyTries

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(days=1)
MOST_NAMES = 10_000
N_LANES = 4


@dataclass(frozen=True)
class Tries:
    """Wrong passwords since the last right one, and until when no further one is looked at."""

    n_failed: int = 0
    locked_until: datetime | None = None

    @property
    def is_lock_new(self) -> bool:
        """Whether the last try was the one that locked for the first time."""
        return self.n_failed == FREE_TRIES

    def refuse_locked(self, now: datetime) -> None:
        """Refuse a try before its time, be the password right or wrong.

        Raises
        ------
        TooManyTries
            With how long to wait.
        """
        if self.locked_until and now < self.locked_until:
            raise TooManyTries(wait_s=ceil((self.locked_until - now).total_seconds()))

    def after_another(self, now: datetime) -> "Tries":
        """What is known once one more was wrong: from the fifth on it locks, twice as long each."""
        is_forgotten = self.locked_until and now > self.locked_until + FORGET_AFTER
        n_failed = 1 if is_forgotten else self.n_failed + 1
        if n_failed < FREE_TRIES:
            return Tries(n_failed)
        doubled = FIRST_WAIT * 2 ** min(n_failed - FREE_TRIES, 10)
        return Tries(n_failed, now + min(doubled, LONGEST_WAIT))


# The same name waits for itself, so that many tries at once are many tries; and no more hashes
# are computed at once than there are lanes, since each takes 64 MiB.
_lanes = tuple(Lock() for _ in range(N_LANES))
_unknown: OrderedDict[bytes, Tries] = OrderedDict()
_unknown_lock = Lock()


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """A block in which nobody else tries the same name in this process."""
    with _lanes[_key(name)[0] % N_LANES]:
        yield


def of_unknown(name: str) -> Tries:
    """What was tried under a name that nobody has."""
    with _unknown_lock:
        return _unknown.get(_key(name), Tries())


def note_unknown(name: str, tries: Tries) -> None:
    """Keep it; the names tried longest ago are forgotten first."""
    with _unknown_lock:
        _unknown[_key(name)] = tries
        _unknown.move_to_end(_key(name))
        if len(_unknown) > MOST_NAMES:
            _unknown.popitem(last=False)


def _key(name: str) -> bytes:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
