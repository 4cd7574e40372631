"""How quickly answers are taken while many vote, and while a large analysis runs. See `measure`.

The real app answers real HTTP on this computer; voters and app share its cores. Each voter opens
their link, reads each page and presses; what is timed is a press, from sending it to the next
address. Every answer that was acknowledged is looked for in the store afterwards.
"""

import argparse
import asyncio
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import httpx
import numpy as np

from benchmarks._served import Served, use_folder
from benchmarks.frame import Claim, at_least, at_most, main

ROOT = Path(__file__).parents[1]
N_VOTERS, N_ASKED, ARRIVE_WITHIN_S = 300, 10, 60.0
N_IN_BURST = 150
N_PASSAGES, IN_A_FILE, N_TOPICS = 100_000, 4_000, 120
P95_MS, P99_MS, BURST_P95_MS = 500.0, 1500.0, 1000.0
Cookie = dict[str, str]
Form = tuple[dict[str, str], Cookie]
MARK = re.compile(r'name="mark" value="([^"]+)"')


@dataclass
class Presses:
    """What the voters saw: milliseconds a press, and what went wrong."""

    times_ms: list[float] = field(default_factory=list)
    n_failed: int = 0

    def percentile(self, share: float) -> float:
        return float(np.percentile(self.times_ms, share)) if self.times_ms else float("inf")


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """A minute of arrivals, a burst, and a minute of arrivals beside an analysis."""
    with tempfile.TemporaryDirectory() as folder:
        use_folder(folder)
        votes = [_make_vote(n) for n in range(3)]
        long_meeting = _make_long_meeting()
        with Served(folder) as address:
            alone = asyncio.run(_vote(address, votes[0], ARRIVE_WITHIN_S))
            burst = asyncio.run(_burst(address, votes[1][:N_IN_BURST], 2.0))
            job = _start_themes(long_meeting)
            time.sleep(2.0)
            beside = asyncio.run(_vote(address, votes[2], ARRIVE_WITHIN_S))
            was_running = not _is_over(job)
        n_kept = _n_kept()
    acked = len(alone.times_ms) + len(burst.times_ms) + len(beside.times_ms)
    who = f"{N_VOTERS} voters in {ARRIVE_WITHIN_S:g} s, {N_ASKED} answers each"
    during = "" if was_running else " (it ended before the voters did)"
    return [
        at_most(f"{who}: 95th percentile of a press", alone.percentile(95), P95_MS, "ms"),
        at_most("— 99th percentile", alone.percentile(99), P99_MS, "ms"),
        at_most("— failed", float(alone.n_failed), 0, "presses"),
        at_most(
            f"{N_IN_BURST} presses within 2 s: 95th percentile",
            burst.percentile(95),
            BURST_P95_MS,
            "ms",
        ),
        at_most("— failed", float(burst.n_failed), 0, "presses"),
        at_most(
            f"the same voters while {N_PASSAGES:,} passages are analysed: 95th percentile{during}",
            beside.percentile(95),
            P95_MS,
            "ms",
        ),
        at_most("— failed", float(beside.n_failed), 0, "presses"),
        at_least("acknowledged answers that are in the box", n_kept / max(1, acked), 1.0),
    ]


def _make_vote(number: int, n_voters: int = N_VOTERS) -> list[str]:
    """A meeting of its own with a roster and an open vote; the secret of each person."""
    from datetime import date

    from domain.meetings import MeetingFormat, Pillar, Season
    from domain.people import StakeholderGroup
    from domain.talk import ConsentUse
    from services import ballots, links, meetings, programmes, recommendations, upkeep
    from services.access import COMMAND_LINE, acting_as
    from services.runtime import runtime
    from store import consent

    with acting_as(COMMAND_LINE):
        upkeep.make_ready()
        meeting_id = meetings.create_meeting(
            programmes.start_ours(),
            season=Season.FALL,
            held_on=date(2024, 10, 3 + number),
            challenge=f"Vote {number}",
            pillar=Pillar.CARE,
            format=MeetingFormat.ONLINE,
        )
        groups = list(StakeholderGroup)
        for n in range(n_voters):
            meetings.add_person(meeting_id, f"Voter {number} {n}", groups[n % len(groups)])
        for n in range(N_ASKED):
            recommendations.write(meeting_id, f"Lend equipment {n} within a week.", author="x")
        with runtime().store.write() as tx:
            agreed = dict.fromkeys((ConsentUse.RECORDED, ConsentUse.GROUPED), True)
            consent.add_consent(tx, meeting_id, agreed, written_where="x", recorded_by="x")
        ballots.open_ballot(meeting_id)
        return [secret for _, secret in links.secrets_for(meeting_id)]


def _make_long_meeting() -> str:
    """A meeting of very many released turns whose vectors are known: themes need no model."""
    from datetime import date

    from domain.meetings import MeetingFormat, Pillar, Season
    from domain.people import StakeholderGroup
    from domain.talk import ConsentUse
    from services import meetings, programmes, transcripts
    from services.access import COMMAND_LINE, acting_as
    from services.passages import sha256_of
    from services.runtime import runtime
    from store.embeddings import add_embeddings

    rng = np.random.default_rng(0)
    centres = rng.normal(size=(N_TOPICS, 384))
    with acting_as(COMMAND_LINE):
        meeting_id = meetings.create_meeting(
            programmes.start_ours(),
            season=Season.SPRING,
            held_on=date(2025, 4, 3),
            challenge="A long memory",
            pillar=Pillar.CARE,
            format=MeetingFormat.ONLINE,
        )
        agreed = transcripts.ConsentGiven(frozenset(ConsentUse), "benchmark")
        model, path_name = runtime().model_name
        for first in range(0, N_PASSAGES, IN_A_FILE):
            texts = [f"Passage {first + n} tells of a long day." for n in range(IN_A_FILE)]
            data = "\n".join(f"Speaker: {text}" for text in texts).encode()
            understood = transcripts.understand(meeting_id, f"part-{first}.txt", data)
            to_add = {m.label: StakeholderGroup.OTHER for m in understood.matches}
            transcripts.store_transcript(
                meeting_id, understood, {}, agreed, is_released=True, to_add=to_add
            )
            rows = centres[rng.integers(0, N_TOPICS, IN_A_FILE)]
            rows = rows + rng.normal(scale=1.2, size=rows.shape)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            vectors = {
                sha256_of(text): row.astype(np.float16).tobytes()
                for text, row in zip(texts, rows, strict=True)
            }
            with runtime().store.write() as tx:
                add_embeddings(tx, model, path_name, vectors)
    return meeting_id


async def _vote(address: str, secrets: Sequence[str], within_s: float) -> Presses:
    """Voters arrive one after the other, and each answers everything."""
    seen = Presses()
    async with _browser(address) as shared:

        async def one(number: int, secret: str) -> None:
            await asyncio.sleep(within_s * number / len(secrets))
            page, cookie = await _first_page(shared, secret, seen)
            for _ in range(N_ASKED):
                page = await _press(shared, page, await _mark_on(shared, page, cookie), seen)

        await asyncio.gather(*(one(n, secret) for n, secret in enumerate(secrets)))
    return seen


async def _burst(address: str, secrets: Sequence[str], within_s: float) -> Presses:
    """Everybody has a page open, and all press within moments."""
    seen = Presses()
    async with _browser(address) as shared:
        opened = []
        for secret in secrets:
            page, cookie = await _first_page(shared, secret, seen)
            opened.append((page, await _mark_on(shared, page, cookie)))

        async def one(number: int, page: str, form: Form) -> None:
            await asyncio.sleep(within_s * number / len(secrets))
            await _press(shared, page, form, seen)

        await asyncio.gather(*(one(n, page, form) for n, (page, form) in enumerate(opened)))
    return seen


def _browser(address: str) -> httpx.AsyncClient:
    # A connection that rests is given up here before the server does so, which would look like a
    # press that failed.
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=2)
    browser = httpx.AsyncClient(base_url=address, limits=limits, timeout=60)
    # Each voter's cookie is sent by hand: a jar of a thousand, searched for every request, took a
    # whole core, and what was measured was the jar.
    browser.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return browser


async def _first_page(shared: httpx.AsyncClient, secret: str, seen: Presses) -> tuple[str, Cookie]:
    """Open the link as one person's browser does; the first page of the vote, and the cookie."""
    joined = await shared.get(f"/p/j/{secret}")
    cookie = {"Cookie": joined.headers["set-cookie"].partition(";")[0]}
    root = "/".join(joined.headers["location"].split("/")[:3])
    home = await shared.get(f"{root}/", headers=cookie)
    found = re.search(r'href="(/p/[^"]+/v/[^"/]+)/1"', home.text)
    if found is None:
        raise SystemExit(f"No vote stands on the page of a voter: {home.status_code}")
    return f"{found[1]}/1", cookie


async def _mark_on(shared: httpx.AsyncClient, page: str, cookie: Cookie) -> Form:
    read = await shared.get(page, headers=cookie)
    return {"answer": "agree", "mark": MARK.findall(read.text)[0]}, cookie


async def _press(shared: httpx.AsyncClient, page: str, form: Form, seen: Presses) -> str:
    """Press, and the address to go on to."""
    data, cookie = form
    begun = time.perf_counter()
    sent = await shared.post(page, data=data, headers=cookie)
    took_ms = (time.perf_counter() - begun) * 1000
    if sent.status_code != 303:
        seen.n_failed += 1
        return page
    seen.times_ms.append(took_ms)
    return str(sent.headers["location"])


def _start_themes(meeting_id: str) -> str:
    from domain.ids import MeetingId
    from services import themes
    from services.access import COMMAND_LINE, acting_as

    with acting_as(COMMAND_LINE):
        return themes.request_themes(MeetingId(meeting_id))


def _is_over(job_id: str) -> bool:
    from domain.ids import JobId
    from services import jobs
    from services.access import COMMAND_LINE, acting_as
    from store.jobs import JobState

    with acting_as(COMMAND_LINE):
        return jobs.the_job(JobId(job_id)).state not in (JobState.WAITING, JobState.RUNNING)


def _n_kept() -> int:
    from domain.ids import MeetingId
    from services import meetings, programmes
    from services.access import COMMAND_LINE, acting_as
    from services.runtime import runtime
    from store import ballot_box, ballots

    with acting_as(COMMAND_LINE):
        ids = [m.meeting.meeting_id for m in meetings.meetings_of(programmes.start_ours())]
    with runtime().store.read() as tx:
        held = [b for i in ids for b in ballots.ballots_of(tx, MeetingId(i))]
        return sum(len(ballot_box.box_of(tx, b.ballot_id)) for b in held)


if __name__ == "__main__":
    main("ballots", measure)
