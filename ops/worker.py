"""The worker process: `python -m obshto.ops.worker`."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable
from datetime import datetime
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from obshto.ops.compose import compose
from obshto.ops.config import Config, read_config
from obshto.ops.pooler import queue_conninfo, refuse_lost_queue, refuse_pooler
from obshto.ops.telemetry.startup import start
from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.jobs.worker import DEFAULT, Worker, make_worker
from obshto.platform.modularity.manifest import QueueSlot
from obshto.platform.scope import Scope
from obshto.platform.search.services import renew_region
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import find_municipality
from obshto.tenants.municipalities.lookup import reading_only_until
from obshto.tenants.municipalities.models import Tenant

BEAT, BEAT_SECONDS = "worker.beat", 10


def build(config: Config) -> Worker:
    """The queue's application with every job of the house."""
    app = compose(config)
    return worker_of(app, config)


def worker_of(app: Flask, config: Config) -> Worker:
    """The same, over an application that is there already."""
    queue = queue_conninfo(config.database)
    return make_worker(app, queue, find=_find, everyone=_everyone, reading_only=_reading_only)


def main() -> None:
    """Run until stopped."""
    logging.basicConfig(level=logging.INFO, format="worker: %(message)s")
    # At INFO it tells every job with its arguments.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    config = read_config().past_pooler()
    refuse_pooler(config)
    refuse_lost_queue(config.database, "DIRECT_URL")
    start(config, "worker")
    app = compose(config)
    worker = worker_of(app, config)
    with worker.open():
        renew_search(app)
        # Not the keeper's queue: this login may not do what waits there.
        asyncio.run(serve(worker, config.data_dir / BEAT))


async def serve(worker: Worker, beat: Path) -> None:
    """All queues until a signal comes; jobs under way end first. Raises what ended one."""
    run = partial(
        worker.run_worker_async, wait=True, stalled_worker_timeout=60, install_signal_handlers=False
    )
    async with worker.open_async():
        slots: list[Awaitable[None]] = [
            run(queues=[DEFAULT], concurrency=2),
            *(run(queues=[slot], concurrency=1) for slot in QueueSlot),
            _tell_alive(beat),
        ]
        tasks = [asyncio.ensure_future(slot) for slot in slots]
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        for task in tasks:
            task.add_done_callback(lambda _: ended.set())
        await ended.wait()
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def _tell_alive(beat: Path) -> None:
    """A file that is touched while the worker's loop turns: whoever restarts it looks there."""
    beat.parent.mkdir(parents=True, exist_ok=True)
    while True:
        beat.touch()
        await asyncio.sleep(BEAT_SECONDS)


def renew_search(app: Flask) -> None:
    """Index every municipality anew at each start: a release may bring other services."""
    with app.app_context(), open_uow(None, Principal.system("search:renew")) as region:
        renew_region(region, _everyone())


def _find(slug: str) -> tuple[Scope, frozenset[str]] | None:
    found = find_municipality(slug)
    return (found.scope(), found.modules) if found else None


def _reading_only(slug: str) -> datetime | None:
    found = find_municipality(slug)
    return reading_only_until(found, now()) if found else None


def _everyone() -> list[str]:
    with shared_session() as shared:
        return list(shared.scalars(select(Tenant.slug)))


if __name__ == "__main__":
    main()
