"""What was read and worked out, kept as long as nothing at all was committed. Start at `kept`.

A page of themes reads ten thousand passages anew at each press, though nothing changed between
two. What is kept here goes by the store's own mark: any commit, by this process or another one,
makes another mark, so that a withdrawal, a release or a correction is obeyed on the next request.
Who may read is asked before, each time. It stays in memory; an erasure empties it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from services.runtime import runtime
from store.engine import Connection, Store

T = TypeVar("T")
MOST_KEPT = 12
"""Of each kind of reading, such as the runs of a few meetings."""

_lock = threading.Lock()
_Held = OrderedDict[tuple[str, Hashable], tuple[object, object]]
_held: WeakKeyDictionary[Store, _Held] = WeakKeyDictionary()


def kept(tx: Connection, key: tuple[str, Hashable], make: Callable[[], T]) -> T:
    """What `make` made at this very state of the store, else made now; never to be changed.

    ``key`` is the kind of reading and of what it is.
    The mark is taken before anything is read: what came in between is read twice, never missed.
    """
    store = runtime().store
    mark = store.mark(tx)
    if mark is None:
        return make()
    with _lock:
        found = _held.setdefault(store, OrderedDict()).get(key)
        if found and found[0] == mark:
            _held[store].move_to_end(key)
            return cast(T, found[1])
    made = make()
    with _lock:
        held = _held.setdefault(store, OrderedDict())
        held[key] = (mark, made)
        held.move_to_end(key)
        alike = [other for other in held if other[0] == key[0]]
        for other in alike[:-MOST_KEPT]:
            del held[other]
    return made


def forget() -> None:
    """Let go of everything, as an erasure does."""
    with _lock:
        _held.clear()
