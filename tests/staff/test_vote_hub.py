import asyncio

from domain.ids import BallotId
from services.watching import Glimpse
from staff.vote_hub import VoteHub

VOTE = BallotId("vote")


class Box:
    """A store that a test fills, and that counts how often it is asked."""

    def __init__(self):
        self.n_answered, self.is_open, self.n_reads, self.is_down = 0, True, 0, False

    def read(self, ballot_ids):
        self.n_reads += 1
        if self.is_down:
            raise OSError
        return {b: Glimpse(self.n_answered, 40, 0, self.is_open) for b in ballot_ids}


async def first(hub):
    async for now in hub.follow(VOTE):
        return now


async def until(hub, is_reached):
    """What a screen is told until something stands there."""
    told = []
    async for now in hub.follow(VOTE, heartbeat_s=5):
        told.append(now)
        if now is not None and is_reached(now):
            break
    return told


def run(watch):
    return asyncio.run(asyncio.wait_for(watch, 20))


def test_a_screen_is_told_at_once_how_far_a_vote_is():
    assert run(first(VoteHub(Box().read))) == Glimpse(0, 40, 0, True)


def test_twenty_screens_ask_the_store_no_more_often_than_one():
    box = Box()
    hub = VoteHub(box.read, look_every_s=0.05)

    async def watch():
        screens = [asyncio.create_task(until(hub, lambda g: g.n_answered)) for _ in range(20)]
        await asyncio.sleep(0.3)
        box.n_answered = 1
        return await asyncio.gather(*screens)

    told = run(watch())

    assert [t[-1].n_answered for t in told] == [1] * 20
    assert box.n_reads <= 12


def test_nothing_is_read_while_nobody_watches():
    box = Box()
    hub = VoteHub(box.read, look_every_s=0.02)

    async def watch():
        await until(hub, lambda g: True)
        await asyncio.sleep(0.1)
        before = box.n_reads
        await asyncio.sleep(0.2)
        return before, box.n_reads, hub.n_watching

    before, after, n_watching = run(watch())

    assert (after - before, n_watching) == (0, 0)


def test_a_screen_is_woken_only_when_something_changed():
    box = Box()
    hub = VoteHub(box.read, look_every_s=0.02)

    async def watch():
        screen = asyncio.create_task(until(hub, lambda g: g.n_answered == 2))
        await asyncio.sleep(0.2)
        box.n_answered = 2
        return await screen

    assert [g.n_answered for g in run(watch())] == [0, 2]


def test_a_stream_ends_with_the_vote():
    box = Box()
    hub = VoteHub(box.read, look_every_s=0.02)

    async def watch():
        screen = asyncio.create_task(until(hub, lambda g: False))
        await asyncio.sleep(0.1)
        box.is_open = False
        return await screen

    assert [g.is_open for g in run(watch())] == [True, False]


def test_a_store_that_is_down_is_asked_again():
    box = Box()
    box.is_down = True
    hub = VoteHub(box.read, look_every_s=0.02)

    async def watch():
        screen = asyncio.create_task(first(hub))
        await asyncio.sleep(0.1)
        box.is_down = False
        return await screen

    assert run(watch()).n_invited == 40


def test_a_quiet_vote_gives_a_sign_of_life():
    hub = VoteHub(Box().read, look_every_s=0.02)

    async def watch():
        told = []
        async for now in hub.follow(VOTE, heartbeat_s=0.1):
            told.append(now)
            if len(told) == 3:
                return told

    assert [now is None for now in run(watch())] == [False, True, True]
