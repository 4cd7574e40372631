"""Start, stop, health and the look's own files. Start at `ROUTES`."""

import gc
import logging
import os
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from services import binding, upkeep, worker_supervisor
from services.access import WORKER, acting_as
from services.runtime import runtime
from ui import warming
from ui.shell import ASSETS, HERE, SHELL

logger = logging.getLogger(__name__)

MOST_FILES = 65_536

# The server would take the word of any local process for who asks; web.limits asks our setting.
os.environ["FORWARDED_ALLOW_IPS"] = ""

_FOR_A_YEAR = "public, max-age=31536000, immutable"


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[dict[str, object]]:
    """Prepare the database and the worker before the first page, and end them with the app."""
    logger.info(await anyio.to_thread.run_sync(_begin))
    # What is loaded by now lives as long as the process: collections need not look at it again.
    gc.freeze()
    warming.begin()
    try:
        yield {}
    finally:
        await anyio.to_thread.run_sync(_end)


async def healthz(_: Request) -> JSONResponse:
    """Whether this process can do its work; 503 when the database does not answer."""
    found = await anyio.to_thread.run_sync(upkeep.health)
    return JSONResponse(found, 200 if found["status"] == "ok" else 503, _NO_STORE)


async def look(request: Request) -> Response:
    """A file of the look; its address changes with its content."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return Response(status_code=404)
    body = await anyio.to_thread.run_sync((HERE / name).read_bytes)
    is_newest = request.url.path == SHELL.asset_paths[name]
    headers = {"Cache-Control": _FOR_A_YEAR} if is_newest else _NO_STORE
    return Response(body, media_type=ASSETS[name], headers=headers)


def _begin() -> str:
    # Before the shell's first run Streamlit would run a file of pages/ by itself, without the
    # shell that decides which pages a role may open.
    PagesManager.uses_pages_directory = False
    _open_many_files()
    with acting_as(WORKER):
        said = upkeep.make_ready()
    # People may start Streamlit by itself, past the rules of manage.py.
    binding.refuse_open_address(config.get_option("server.address"))
    worker_supervisor.start()
    return said


def _open_many_files() -> None:
    """Every connection is an open file: a thousand idle ones must not keep people from voting."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _end() -> None:
    worker_supervisor.stop()
    runtime().store.close()


_NO_STORE = {"Cache-Control": "no-store"}

ROUTES = [Route("/healthz", healthz), Route("/look/{tag}/{name}", look)]
