"""How often a wrong secret may be tried."""

import anyio
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from participant.routes import routes
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from tests.made_vote import make_vote
from web.limits import LINK, PER_HOUR, PER_MINUTE, SIGN_IN, RateLimit, Tries, address_of


class Clock:
    """Time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tries(clock):
    return Tries(clock)


async def sign_in(request):
    body = (await request.body()).decode()
    return PlainTextResponse(body, 303 if body == "right" else 401)


@pytest.fixture
def opened(app_runtime, tries):
    """A function that opens the participants' pages from an address."""
    app = Starlette(routes=[*routes, Route("/sign-in", sign_in, methods=["GET", "POST"])])

    def _open(address: str = "10.0.0.1") -> TestClient:
        return TestClient(
            RateLimit(app, tries),
            base_url="http://localhost:8501",
            client=(address, 1),
            follow_redirects=False,
        )

    return _open


def guess(client, n):
    return [client.get(f"/p/j/guess{i}").status_code for i in range(n)]


def test_the_eleventh_wrong_link_in_a_minute_is_told_to_wait(opened):
    """S1: Ten tries a minute of one address."""
    client = opened()

    assert guess(client, 12) == [404] * PER_MINUTE + [429] * 2
    assert 0 < int(client.get("/p/j/again").headers["retry-after"]) <= 60


def test_after_a_minute_one_may_try_again(opened, clock):
    client = opened()
    guess(client, 11)
    clock.now += 61

    assert guess(client, 1) == [404]


def test_after_a_hundred_wrong_links_in_an_hour_every_wrong_one_waits(opened, clock):
    """S1: A hundred an hour, from however many addresses."""
    told = [guess(opened(f"10.0.{n}.1"), 1)[0] for n in range(PER_HOUR + 2)]
    clock.now += 3601

    assert told == [404] * PER_HOUR + [429] * 2
    assert guess(opened("10.9.9.9"), 1) == [404]


def test_a_right_link_opens_while_its_address_is_limited(opened):
    """S1: Nobody of a room is locked out by somebody else in it."""
    vote, client = make_vote(), opened()
    guess(client, 20)

    assert client.get(f"/p/j/{vote.maria}").status_code == 303


def test_those_already_in_go_on_while_their_address_is_limited(opened):
    """S1: Pages behind a cookie are never limited."""
    vote, client = make_vote(), opened()
    home = client.get(f"/p/j/{vote.maria}").headers["location"]
    guess(client, 20)

    assert client.get(home).status_code == 200


def test_a_limited_sign_in_is_refused_before_the_password_is_read(opened):
    """S1: A right password waits as well, so that guessing tells nothing."""
    client = opened()
    for n in range(PER_MINUTE):
        client.post("/sign-in", content=f"wrong {n}")

    assert client.post("/sign-in", content="right").status_code == 429
    assert client.get("/sign-in").status_code != 429


def test_signing_in_rightly_is_not_counted(opened):
    client = opened()

    assert {client.post("/sign-in", content="right").status_code for _ in range(30)} == {303}


def test_many_tries_at_once_are_many_tries(tries):
    """S1: Tries that overlap are counted before their answers are known."""
    told: list[int] = []

    async def slow(scope, receive, send):
        await anyio.sleep(0.05)
        await PlainTextResponse("no", 401)(scope, receive, send)

    async def one(app):
        async def send(message):
            if message["type"] == "http.response.start":
                told.append(message["status"])

        scope = {"type": "http", "path": "/sign-in", "method": "POST", "headers": []}
        await app({**scope, "client": ("10.0.0.1", 1)}, None, send)

    async def all_of_them():
        app = RateLimit(slow, tries)
        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(one, app)

    anyio.run(all_of_them)
    assert sorted(told) == [401] * PER_MINUTE + [429] * 40


def test_an_address_that_signed_in_before_is_spared_what_others_do(tries):
    """S1: A flood of wrong passwords from elsewhere locks nobody out."""
    tries.failed(SIGN_IN, "known")
    tries.succeeded(SIGN_IN, "known")
    for n in range(PER_HOUR):
        tries.failed(SIGN_IN, f"10.0.{n}.1")

    assert tries.wait_s(SIGN_IN, "stranger") > 0
    assert tries.wait_s(SIGN_IN, "known") == 0


def test_memory_for_addresses_is_bounded(clock):
    """S10: A flood from a million addresses is remembered in as little as one from a few."""
    tries = Tries(clock, most_addresses=50)
    for n in range(1000):
        tries.failed(LINK, str(n))
        tries.succeeded(SIGN_IN, str(n))

    assert len(tries._of_address) == len(tries._known) == 50


def test_wrong_and_right_links_cost_the_same(app_runtime, record_property):
    """S9: How long a link takes does not tell whether it was nearly right."""
    import statistics
    import time

    from domain.errors import LinkUnknown
    from services.voters import attendance_of, reading

    secret = make_vote().maria
    wrong = {"near": secret[:-1] + ("A" if secret[-1] != "A" else "B"), "far": "x" * len(secret)}
    taken: dict[str, list[float]] = {"near": [], "far": []}
    with reading() as tx:
        for _ in range(1000):
            for name, token in wrong.items():
                began = time.perf_counter()
                with pytest.raises(LinkUnknown):
                    attendance_of(tx, token)
                taken[name].append(time.perf_counter() - began)
    apart_ms = 1000 * abs(statistics.median(taken["near"]) - statistics.median(taken["far"]))

    record_property("figure", f"{apart_ms:.3f} ms between near and far wrong links, n = 2,000")
    assert apart_ms < 5


def scope_from(peer, *forwarded):
    return {
        "type": "http",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", told.encode()) for told in forwarded],
    }


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "address"),
    [
        ("", "10.0.0.1", ["1.2.3.4"], "10.0.0.1"),
        ("", "127.0.0.1", ["1.2.3.4"], "127.0.0.1"),
        ("10.0.0.1", "10.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", "10.0.0.1", ["9.9.9.9, 1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", "10.0.0.1", ["9.9.9.9", "1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", "10.0.0.2", ["1.2.3.4"], "10.0.0.2"),
        ("10.0.0.1", "10.0.0.1", [], "10.0.0.1"),
        ("", "2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("", "::ffff:10.0.0.1", [], "10.0.0.1"),
        ("", "::1", [], "::1"),
    ],
)
def test_only_the_named_proxy_may_say_who_asks(app_runtime, trusted, peer, forwarded, address):
    """S1: A header that anybody can write gives nobody another address."""
    told = {"ROUNDTABLE_FOLDER": str(app_runtime.settings.folder)}
    made = Runtime(read_settings({**told, "ROUNDTABLE_TRUSTED_PROXY": trusted}))
    use_runtime(made)
    try:
        assert address_of(scope_from(peer, *forwarded)) == address
    finally:
        use_runtime(app_runtime)
        made.store.close()
