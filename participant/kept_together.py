"""Presses that come while others are written down wait for the next commit. Start at `kept`.

Nobody waits for company: a press that finds no other at work is written down at once, and what
comes meanwhile is written down after it, in the order in which it came, by one thread and with
one commit. Each person is told only when the commit that holds their press is through.
"""

import asyncio
from collections import deque
from contextvars import Context
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from services.pressing import Press, are_kept_together, keep, keep_together

MOST = 64
"""So many share a commit: whoever came first has waited long enough by then."""

T = TypeVar("T")


class _Line:
    """The presses of one event loop."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Press[Any], asyncio.Future[Any]]] = deque()
        self._at_work: asyncio.Task[None] | None = None
        self._one_thread = CapacityLimiter(1)

    async def join(self, press: Press[T]) -> T:
        loop = asyncio.get_running_loop()
        told: asyncio.Future[T] = loop.create_future()
        self.waiting.append((press, told))
        if self._at_work is None:
            # In a context of its own: it works for many, in the name and language of none.
            self._at_work = loop.create_task(self._work(), context=Context())
        return await told

    async def _work(self) -> None:
        try:
            while self.waiting:
                n = min(MOST, len(self.waiting))
                await self._keep([self.waiting.popleft() for _ in range(n)])
        finally:
            self._at_work = None

    async def _keep(self, some: list[tuple[Press[Any], asyncio.Future[Any]]]) -> None:
        presses = [press for press, _ in some]
        try:
            outcomes = await run_sync(keep_together, presses, limiter=self._one_thread)
        except Exception as error:  # a fault of ours: it is everybody's answer
            outcomes = [error] * len(some)
        except asyncio.CancelledError:  # the server ends
            for _, told in some:
                told.cancel()
            raise
        for (_, told), outcome in zip(some, outcomes, strict=True):
            if told.done():
                continue  # whoever pressed has gone away; what they pressed is kept
            if isinstance(outcome, Exception):
                told.set_exception(outcome)
            else:
                told.set_result(outcome)


_LINES: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()


async def kept(press: Press[T]) -> T:
    """What came of a press, once it is kept for good.

    Raises
    ------
    RoundtableError
        Why it was not.
    """
    if not are_kept_together():
        return await run_sync(keep, press)
    loop = asyncio.get_running_loop()
    if loop not in _LINES:
        _LINES[loop] = _Line()
    return await _LINES[loop].join(press)
