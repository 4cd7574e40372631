"""Presses over HTTP that wait for one commit: a queue of the pages, and what each person is told."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import httpx
from sqlalchemy import event
from starlette.applications import Starlette

from domain.votes import Answer
from participant.kept_together import kept as kept_together
from participant.routes import routes
from services import ballots, voting
from services.voting import given_press
from store import ballot_box
from tests.participant.conftest import Page


class Room:
    """The devices of everybody at the table, in one event loop."""

    def __init__(self, vote, store):
        self.vote, self.store = vote, store
        transport = httpx.ASGITransport(Starlette(routes=routes))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://localhost:8501")

    async def ready(self, secret, words="Agree", place=1):
        """A press on a page that was read, to be sent."""
        entered = await self.client.get(f"/p/j/{secret}")
        root = entered.headers["location"].rstrip("/")
        page = Page((await self.client.get(f"{root}/v/{self.vote.ballot_id}/{place}")).text)
        name, value = page.forms[0].buttons[words]
        data = {**page.forms[0].hidden, name: value}
        return lambda: self.client.post(page.forms[0].action, data=data)

    async def all_ready(self, place=1):
        return [await self.ready(secret, place=place) for secret in self.vote.secrets.values()]

    async def at_once(self, presses, meanwhile=None):
        """Their answers, when all were sent while somebody else was writing."""
        with self.store.write():
            sent = [asyncio.create_task(press()) for press in presses]
            await asyncio.sleep(0.1)
            if meanwhile:
                meanwhile(sent)
        return await asyncio.gather(*sent, return_exceptions=True)


def run(vote, store, what):
    async def _run():
        room = Room(vote, store)
        async with room.client:
            return await what(room)

    return asyncio.run(_run())


def in_box(store, vote):
    with store.read() as tx:
        return sorted(row[2] for row in ballot_box.box_of(tx, vote.ballot_id))


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_presses_that_wait_share_a_commit(vote, store):
    commits = []

    async def vote_at_once(room):
        presses = await room.all_ready()
        event.listen(store.engine, "commit", lambda c: commits.append(_is_writer(c)))
        return await room.at_once(presses)

    answers = run(vote, store, vote_at_once)

    assert statuses(answers) == [303] * 6
    assert sum(commits) == 2  # of whoever was writing before, and of the six
    assert in_box(store, vote) == [Answer.AGREE] * 6


def _is_writer(connection):
    return connection.get_execution_options().get("is_writer", False)


def test_a_press_alone_waits_for_nobody(vote, store):
    async def press(room):
        return await (await room.ready(vote.maria))()

    assert run(vote, store, press).status_code == 303
    assert in_box(store, vote) == [Answer.AGREE]


def test_each_is_told_what_became_of_their_own_press(vote, store):
    async def press(room):
        presses = await room.all_ready()
        presses[1] = await room.ready(vote.tom, "Disagree", place=2)
        address = str((await presses[4]()).request.url)
        presses[4] = lambda: room.client.post(address, data={"answer": "agree", "mark": "1..x"})
        return await room.at_once(presses)

    answers = run(vote, store, press)

    assert statuses(answers) == [303, 303, 303, 303, 403, 303]
    assert [one.headers["location"].rpartition("/")[2] for one in (answers[0], answers[1])] == [
        "2",
        "3",
    ]


def test_while_the_database_is_locked_each_can_send_the_press_again(
    impatient, vote, store, tmp_path
):
    """V9: Many at once: nobody is told that it is kept, and nothing is."""

    async def press(room):
        presses = await room.all_ready()
        with closing(sqlite3.connect(tmp_path / "roundtable.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            refused = await asyncio.gather(*(press() for press in presses))
            other.execute("ROLLBACK")
        return refused, in_box(store, vote), await asyncio.gather(*(one() for one in presses))

    refused, n_then, answers = run(vote, store, press)

    assert [(one.status_code, "Try again" in one.text) for one in refused] == [(503, True)] * 6
    assert n_then == []
    assert statuses(answers) == [303] * 6


def test_after_the_close_each_is_told_so(vote, store):
    async def press(room):
        presses = await room.all_ready()
        await asyncio.to_thread(ballots.close_ballot, vote.ballot_id)
        return await room.at_once(presses)

    answers = run(vote, store, press)

    assert statuses(answers) == [409] * 6
    assert in_box(store, vote) == []


def test_the_order_of_one_persons_presses_is_kept(vote, store):
    async def press(room):
        words = ("Agree", "Pass", "Disagree")
        presses = [await room.ready(vote.maria, word) for word in words]
        return await room.at_once([await room.ready(vote.tom), *presses])

    run(vote, store, press)

    assert in_box(store, vote) == [Answer.DISAGREE, Answer.AGREE]


def test_whoever_goes_away_harms_nobody(vote, store):
    """Their press was sent, and is kept."""

    async def press(room):
        return await room.at_once(await room.all_ready(), lambda sent: sent[3].cancel())

    answers = run(vote, store, press)

    assert [getattr(one, "status_code", None) for one in answers] == [303] * 3 + [None] + [303] * 2
    assert len(in_box(store, vote)) == 6


def test_a_fault_of_ours_that_ends_the_transaction_is_told_to_everybody(vote, store):
    @dataclass(frozen=True)
    class Fault:
        def keep(self, sitting):
            sitting.tx.exec_driver_sql("ROLLBACK")
            raise ValueError("ours")

    async def press(room):
        mark = voting.ballot_page(vote.tom, vote.ballot_id, 1).mark
        tom = given_press(vote.tom, vote.ballot_id, 1, Answer.AGREE, mark)
        return await room.at_once([partial(kept_together, one) for one in (tom, tom, Fault())])

    answers = run(vote, store, press)

    assert [type(one) for one in answers] == [ValueError] * 3
    assert in_box(store, vote) == []


def test_rooms_in_two_loops_wait_for_each_other(vote, store):
    """As two servers in one process would."""
    answers = []

    def vote_in(place):
        async def press(room):
            presses = await room.all_ready(place)
            return await asyncio.gather(*(one() for one in presses))

        answers.extend(statuses(run(vote, store, press)))

    threads = [threading.Thread(target=vote_in, args=(place,)) for place in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert answers == [303] * 18
    assert len(in_box(store, vote)) == 18
