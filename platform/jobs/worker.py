"""The worker: runs every part's jobs, each in the scope of its municipality."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import procrastinate
from flask import Flask, g
from procrastinate import (
    BaseRetryStrategy,
    JobContext,
    PsycopgConnector,
    RetryDecision,
    RetryStrategy,
)
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from sqlalchemy.exc import DBAPIError

from obshto.platform.db.node_loss import is_node_loss, is_out_of_resources
from obshto.platform.modularity.manifest import Component, Job, RegionalScheduledJob
from obshto.platform.modularity.registry import Registry, is_on
from obshto.platform.privacy.retention_run import run_retention
from obshto.platform.scope import Scope
from obshto.platform.storage.turns import giving_way
from obshto.platform.telemetry.measures import job_measured
from obshto.platform.unit_of_work import Principal, open_uow

SILENT = 60  # seconds without a heartbeat after which a worker is given up
EVERY_MINUTE = "* * * * *"
MOST_LEFT = 3  # tries of a job that takes its worker with it; then people look at it
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)  # from seconds to some hours
SOON, LATER = 5, 60  # seconds to a new try while a database node is away: a minute long, then
SOON_TRIES, MOST_TRIES = 12, 1_500  # a day
logger = logging.getLogger(__name__)

Worker = procrastinate.App
DEFAULT = "default"
PROVISION = "provision"  # what the keeper is asked for by people
KEEPING = "keeping"  # the queue of the keeper, who alone holds the owner's login

# A scope with the modules that are on, or None when the municipality has left.
FindScope = Callable[[str], tuple[Scope, frozenset[str]] | None]
EverySlug = Callable[[], list[str]]
# Until when nothing may be changed in a municipality; None when it may.
ReadingOnlyUntil = Callable[[str], datetime | None]


class NodePatience(BaseRetryStrategy):
    """Retries of a job: within seconds where the database was lost or full, else as `AGAIN` says.

    A node that starts anew is back in a minute; the tries that wait longer are for real faults.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        lost = isinstance(exception, DBAPIError) and (
            exception.connection_invalidated
            or is_node_loss(exception.orig)
            or is_out_of_resources(exception.orig)
        )
        if not lost:
            return AGAIN.get_retry_decision(exception=exception, job=job)
        if job.attempts >= MOST_TRIES:
            return None
        return RetryDecision(retry_in={"seconds": SOON if job.attempts < SOON_TRIES else LATER})


def _never(slug: str) -> None:
    return None


def make_worker(
    app: Flask,
    conninfo: str,
    *,
    find: FindScope,
    everyone: EverySlug,
    reading_only: ReadingOnlyUntil = _never,
) -> Worker:
    """The queue's application over `conninfo`, whose search path is the queue's schema.

    Every job of every part becomes a task; one with a clock gets a tick that asks for it in each
    municipality where its part is on.
    """
    connector = PsycopgConnector(conninfo=conninfo, min_size=1, max_size=6)
    worker = procrastinate.App(connector=connector, worker_defaults={"wait": True})
    registry: Registry = app.extensions["obshto"]
    for part in registry.parts.values():
        following = (part.follows,) if part.follows else ()
        for job in (*part.jobs, *part.reactions.values(), *following):
            _add_task(worker, app, part, job, find, reading_only)
            if job.every:
                _add_tick(worker, app, part, job, find, everyone, reading_only)
        for duty in part.duties:
            _add_regional(worker, app, duty)
    _add_rescue(worker)
    return worker


def make_backup_daemon(
    conninfo: str,
    duties: Mapping[str, tuple[str, Callable[[], None]]],
    orders: Mapping[str, Callable[[UUID], None]],
) -> Worker:
    """The queue's application of the keeper: each duty by its name, a cron line and what is done.

    A duty is of the region and no municipality's. It is not tried again when it fails: its next
    time comes, and what went wrong stands on the board. An order is asked for by people: it takes
    the id of a row that a municipality cannot write, and is tried again.
    """
    connector = PsycopgConnector(conninfo=conninfo, min_size=1, max_size=2)
    keeper = procrastinate.App(connector=connector, worker_defaults={"wait": True})
    for name, (cron, do) in duties.items():
        _add_duty(keeper, name, cron, do)
    for name, fulfil in orders.items():
        _add_order(keeper, name, fulfil)
    return keeper


def _add_duty(keeper: procrastinate.App, name: str, cron: str, do: Callable[[], None]) -> None:
    @keeper.periodic(cron=cron)
    @keeper.task(name=name, queue=KEEPING, queueing_lock=name, lock=KEEPING)
    def duty(timestamp: int) -> None:
        do()


def _add_order(keeper: procrastinate.App, name: str, fulfil: Callable[[UUID], None]) -> None:
    @keeper.task(name=name, queue=PROVISION, retry=AGAIN)
    def order(**asked: str) -> None:
        [asked_id] = asked.values()  # of the one row, whatever it is called
        fulfil(UUID(asked_id))


def _add_task(
    worker: procrastinate.App,
    app: Flask,
    part: Component,
    job: Job,
    find: FindScope,
    reading_only: ReadingOnlyUntil,
) -> None:
    @worker.task(name=job.name, queue=DEFAULT, retry=NodePatience(), pass_context=True)
    def run(context: JobContext, /, municipality: str, **ids: Any) -> None:
        with app.app_context():
            if not job.only_reads and (until := reading_only(municipality)):
                _put_off(worker, context, until)
                return
            found = find(municipality)
            if found is None or not is_on(part, found[1]):
                return  # it left, or the module was switched off since
            g.modules = found[1]
            with (
                job_measured(municipality, job.name),
                giving_way(),  # a file of a stranger waits behind those of people at a page
                open_uow(found[0], Principal.system(job.name)) as uow,
            ):
                if job.retention is None:
                    job.run(uow, **ids)
                else:
                    run_retention(uow, part, job, **ids)


def _put_off(worker: procrastinate.App, context: JobContext, until: datetime) -> None:
    """The same job again, once things may be changed; its tries are not counted meanwhile.

    Killed between the two it is there twice, which every job bears.
    """
    asked = context.job
    later = worker.configure_task(
        asked.task_name,
        lock=asked.lock,
        queue=asked.queue,
        priority=asked.priority,
        schedule_at=until,
    )
    later.defer(**asked.task_kwargs)


def _add_tick(
    worker: procrastinate.App,
    app: Flask,
    part: Component,
    job: Job,
    find: FindScope,
    everyone: EverySlug,
    reading_only: ReadingOnlyUntil,
) -> None:
    @worker.periodic(cron=job.every or "")
    @worker.task(name=f"{job.name}.tick", queue=DEFAULT, pass_context=False)
    def tick(timestamp: int) -> None:
        with app.app_context():
            for slug in in_turn(everyone(), timestamp, job.rounds):
                found = find(slug)
                is_shut = not job.only_reads and reading_only(slug) is not None
                if found and is_on(part, found[1]) and not is_shut:
                    with open_uow(None, Principal.system(f"{job.name}.tick")) as region:
                        region.defer(job.name, once=job.name, queue=job.slot, municipality=slug)


def in_turn(slugs: Sequence[str], timestamp: int, rounds: int) -> list[str]:
    """Those whose turn is in the round of the hour that the moment (in seconds) falls into."""
    now_on = timestamp % 3600 * rounds // 3600
    order = sorted(slugs)
    return [slug for n, slug in enumerate(order) if n * rounds // len(order) == now_on]


def _add_regional(worker: procrastinate.App, app: Flask, duty: RegionalScheduledJob) -> None:
    @worker.periodic(cron=duty.every)
    @worker.task(
        name=duty.name,
        queue=DEFAULT,
        queueing_lock=duty.name,
        lock=duty.name,
        pass_context=False,
    )
    def run(timestamp: int) -> None:
        with (
            app.app_context(),
            job_measured("", duty.name),
            open_uow(None, Principal.system(duty.name)) as region,
        ):
            duty.run(region)


def _add_rescue(worker: procrastinate.App) -> None:
    @worker.periodic(cron=EVERY_MINUTE)
    @worker.task(name="jobs:rescue", queue=DEFAULT, queueing_lock="jobs:rescue")
    async def rescue(timestamp: int) -> None:
        """Jobs of a worker that was killed stay „doing“: they are tried again.

        So every job runs at least once, and must bear to be run twice. One that was left again
        and again kills whoever tries it: it is set aside as failed, and the board shows it.
        """
        manager = worker.job_manager
        for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
            if stalled.attempts + 1 < MOST_LEFT:
                logger.warning("rescued %s", stalled.task_name)
                await manager.retry_job(stalled)
            else:
                logger.error("set aside %s", stalled.task_name)
                await manager.finish_job(stalled, Status.FAILED, delete_job=False)
