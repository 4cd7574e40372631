"""One reader of the store for everybody who watches a vote. Start at `VoteHub`.

However many screens watch, the store is asked once every `look_every_s`, and not at all while
nobody watches. Each screen is woken when something changed and sees the newest; there is no queue
of its own, so a slow one costs nothing and misses only what is no longer true.
"""

import asyncio
import logging
import signal
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from types import FrameType
from typing import TypeAlias

from anyio.to_thread import run_sync

from domain.ids import BallotId
from services import watching
from services.access import WORKER, acting_as
from services.watching import Glimpse

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
HEARTBEAT_S = 15.0

Read: TypeAlias = Callable[[Collection[BallotId]], Mapping[BallotId, Glimpse]]


def read_for_all(ballot_ids: Collection[BallotId]) -> Mapping[BallotId, Glimpse]:
    """What the hub passes on; who may see which vote is asked where a screen connects."""
    with acting_as(WORKER):
        return watching.glimpses(ballot_ids)


class VoteHub:
    """Reads what is watched, keeps the newest of it, and wakes who follows."""

    def __init__(self, read: Read = read_for_all, *, look_every_s: float = LOOK_EVERY_S) -> None:
        self.look_every_s = look_every_s
        self.n_reads = 0
        self._read = read
        self._watched: Counter[BallotId] = Counter()
        self._newest: Mapping[BallotId, Glimpse] = {}
        self._is_ending = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    @property
    def n_watching(self) -> int:
        """How many follow a vote now."""
        return self._watched.total()

    async def follow(
        self, ballot_id: BallotId, *, heartbeat_s: float = HEARTBEAT_S
    ) -> AsyncIterator[Glimpse | None]:
        """Each new glimpse of a vote, the first at once; None where nothing changed for long.

        Ends when the vote is closed or gone, and when this process ends.
        """
        self._begin()
        self._watched[ballot_id] += 1
        try:
            seen: Glimpse | None = None
            while not self._is_ending:
                found = await self._next(ballot_id, seen, heartbeat_s)
                if found is None and ballot_id not in self._newest and self._newest:
                    return
                yield found
                seen = found or seen
                if found is not None and not found.is_open:
                    return
        finally:
            self._watched[ballot_id] -= 1
            self._watched += Counter()  # those that nobody watches any more go

    async def _next(
        self, ballot_id: BallotId, seen: Glimpse | None, within_s: float
    ) -> Glimpse | None:
        def is_new() -> bool:
            now = self._newest.get(ballot_id)
            return self._is_ending or (now is not None and now != seen)

        async with self._changed:
            try:
                async with asyncio.timeout(within_s):
                    await self._changed.wait_for(is_new)
            except TimeoutError:
                return None
            now = self._newest.get(ballot_id)
        return None if now == seen else now

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._changed, self._reader = loop, asyncio.Condition(), None
            self._newest, self._is_ending = {}, False
            self._watched = Counter()
            _when_told_to_end(self._end)
        if self._reader is None or self._reader.done():
            self._reader = loop.create_task(self._look_again())

    async def _look_again(self) -> None:
        await asyncio.sleep(0)  # let whoever began this be counted first
        while self._watched and not self._is_ending:
            try:
                self.n_reads += 1
                found = await run_sync(self._read, frozenset(self._watched))
            except Exception as error:
                # A store that does not answer now is asked again; screens keep what they show.
                logger.warning("votes could not be watched: %s", type(error).__name__)
            else:
                async with self._changed:
                    if found != self._newest:
                        self._newest = found
                        self._changed.notify_all()
            await asyncio.sleep(self.look_every_s)
        self._newest = {}

    def _end(self) -> None:
        """Wake everybody so that their streams end: the server waits for streams before it ends."""
        self._is_ending = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: asyncio.ensure_future(self._wake()))

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _when_told_to_end(end: Callable[[], None]) -> None:
    """Call `end` when this process is told to end, before the server's own handler."""
    if threading.current_thread() is not threading.main_thread():
        return  # signals reach the main thread alone; a test's server is ended otherwise
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, _both(end, before))


def _both(
    first: Callable[[], None], then: Callable[[int, FrameType | None], object]
) -> Callable[[int, FrameType | None], None]:
    def _handle(number: int, frame: FrameType | None) -> None:
        first()
        then(number, frame)

    return _handle


HUB = VoteHub()
