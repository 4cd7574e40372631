"""How quickly answers are taken while many screens watch, and of 1,000 voters. See `measure`.

Each screen holds the stream of events that a dashboard holds. What it was told last has to be
what is in the store, and the store must have been read for all of them at once.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress

import httpx

from benchmarks._served import Served, use_folder
from benchmarks.ballots import (
    ARRIVE_WITHIN_S,
    N_ASKED,
    N_VOTERS,
    P95_MS,
    P99_MS,
    Presses,
    _browser,
    _first_page,
    _make_vote,
    _mark_on,
    _n_kept,
    _press,
)
from benchmarks.frame import Claim, at_least, at_most, main

SCREENS = (20, 50)
N_CROWD, N_OF_CROWD = 1000, 3
CROWD_P95_MS, SETTLE_S = 1000.0, 3.0


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """A minute of arrivals that 20 screens watch, one that 50 do, and one of 1,000 arrivals."""
    with tempfile.TemporaryDirectory() as folder:
        use_folder(folder)
        watched = [_make_vote(n) for n in range(len(SCREENS))]
        crowd = _make_vote(len(SCREENS), N_CROWD)
        with Served(folder) as address:
            seen = [
                asyncio.run(_with_screens(address, vote, n_screens))
                for vote, n_screens in zip(watched, SCREENS, strict=True)
            ]
            many = asyncio.run(_vote(address, crowd, N_OF_CROWD))
        acked = sum(len(one.times_ms) for one, _ in seen) + len(many.times_ms)
        n_kept = _n_kept()
    return [
        *(claim for one, told in seen for claim in _watched(one, told)),
        at_most(
            f"{N_CROWD:,} voters in {ARRIVE_WITHIN_S:g} s, {N_OF_CROWD} answers each: 95th"
            " percentile",
            many.percentile(95),
            CROWD_P95_MS,
            "ms",
        ),
        at_most("— failed", float(many.n_failed), 0, "presses"),
        at_least("acknowledged answers that are in the box", n_kept / max(1, acked), 1.0),
    ]


def _watched(seen: Presses, told: Sequence[int]) -> Sequence[Claim]:
    """What voters waited for, and whether each screen was told of all of them."""
    who = f"{N_VOTERS} voters in {ARRIVE_WITHIN_S:g} s, {N_ASKED} answers each, {len(told)} screens"
    n_right = sum(one == N_VOTERS for one in told)
    return [
        at_most(f"{who} watching: 95th percentile of a press", seen.percentile(95), P95_MS, "ms"),
        at_most("— 99th percentile", seen.percentile(99), P99_MS, "ms"),
        at_most("— failed", float(seen.n_failed), 0, "presses"),
        at_least("— screens that show all who answered", float(n_right), len(told), "screens"),
    ]


def _ballot_of(secret: str) -> str:
    from services import voting

    return voting.votes_of(secret)[0].ballot.ballot_id


async def _with_screens(
    address: str, secrets: Sequence[str], n_screens: int
) -> tuple[Presses, list[int]]:
    ballot_id, told = _ballot_of(secrets[0]), [0] * n_screens
    screens = [asyncio.create_task(_watch(address, ballot_id, told, n)) for n in range(n_screens)]
    seen = await _vote(address, secrets, N_ASKED)
    await asyncio.sleep(SETTLE_S)
    for screen in screens:
        screen.cancel()
    await asyncio.gather(*screens, return_exceptions=True)
    return seen, told


async def _watch(address: str, ballot_id: str, told: list[int], place: int) -> None:
    """One screen: the number it was told last."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as browser:
        while True:
            with suppress(httpx.HTTPError):
                async with browser.stream("GET", f"/watch/{ballot_id}/live") as answer:
                    async for line in answer.aiter_lines():
                        if line.startswith("data: "):
                            told[place] = json.loads(line.removeprefix("data: "))["n"]
            await asyncio.sleep(1)


async def _vote(address: str, secrets: Sequence[str], n_answers: int) -> Presses:
    """Voters arrive one after the other, and each answers so many."""
    seen = Presses()
    begun = time.perf_counter()
    async with _browser(address) as shared:

        async def one(number: int, secret: str) -> None:
            at_s = ARRIVE_WITHIN_S * number / len(secrets)
            await asyncio.sleep(max(0.0, begun + at_s - time.perf_counter()))
            page, cookie = await _first_page(shared, secret, seen)
            for _ in range(n_answers):
                page = await _press(shared, page, await _mark_on(shared, page, cookie), seen)

        await asyncio.gather(*(one(n, secret) for n, secret in enumerate(secrets)))
    return seen


if __name__ == "__main__":
    main("watched", measure)
