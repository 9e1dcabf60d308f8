"""The keeper: takes backups at night, proves one a day, throws away what was kept long enough.

A process of its own, `python -m obshto.ops.backup_daemon`: it alone holds the owner's login.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, Delete, Engine, create_engine, delete, func, select, text

from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted, stage_of
from obshto.ops.backup.manifest import REGION
from obshto.ops.backup.rehearsal import rehearse_and_note
from obshto.ops.backup.removals import Removed, note_removal, note_swept
from obshto.ops.backup.schema_swap import let_go
from obshto.ops.backup.store import UNFINISHED, Kept, kept, sweep
from obshto.ops.backup_requests.execution import Hands, fulfil
from obshto.ops.backup_requests.services import FULFIL
from obshto.ops.compose import chain_of, compose
from obshto.ops.config import Config, read_config, spelled
from obshto.ops.disks import EVERY, take_disk_readings
from obshto.ops.models import BackupRun, Reading, RemovalRun, RequestHour, RequestMinute, Run
from obshto.ops.onboarding.services import MAKE, make_tables
from obshto.ops.pooler import queue_conninfo, refuse_lost_queue
from obshto.ops.telemetry.startup import start
from obshto.platform.clock import now, today
from obshto.platform.db.migrations import Target
from obshto.platform.jobs.services import FORGET_MADE_UP
from obshto.platform.jobs.worker import KEEPING, PROVISION, Worker, make_backup_daemon
from obshto.platform.keys.key_cache import KeyCache
from obshto.platform.keys.master import read_master_keys
from obshto.platform.keys.store import give_key
from obshto.tenants.municipalities.provision import NewMunicipality, provision

MEASURED = timedelta(days=30)  # how long minutes and hours of requests are kept
READ, RUNS = timedelta(days=400), timedelta(days=400)
DONE_KEPT = timedelta(days=7)
DONE = text("""
    DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'cancelled', 'aborted')
    AND NOT EXISTS (SELECT 1 FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > :before)
""")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackupDaemon:
    """What is done by the clock, for the whole region."""

    config: Config
    engine: Engine  # the owner's
    app: Callable[[], Flask]  # the house, composed when somebody needs it

    @property
    def duties(self) -> Mapping[str, tuple[str, Callable[[], None]]]:
        """By name: when (UTC), what."""
        return {
            "ops:take-backups": ("30 0 * * *", self.take),
            "ops:rehearse-restore": ("30 3 * * *", self.rehearse),
            "ops:tidy-up": ("30 4 * * *", self.tidy_up),
            "ops:read-disks": (EVERY, self.read_disks),
        }

    @property
    def orders(self) -> Mapping[str, Callable[[UUID], None]]:
        """By name, what people ask for through the board."""
        return {MAKE: self.welcome, FULFIL: self.fulfil}

    def welcome(self, welcome_id: UUID) -> None:
        """Role, schema, tables and key of a municipality that was asked for, all or nothing."""
        ring = KeyCache(read_master_keys(self.config.master_key_file), _no_keys_yet)

        def join(connection: Connection, new: NewMunicipality, by: str) -> None:
            provision(connection, new, chain_of(Target.TENANT), by=by)
            give_key(connection, ring, new.slug)

        with self.engine.begin() as connection:
            make_tables(connection, welcome_id, join)

    def fulfil(self, order_id: UUID) -> None:
        """What was ordered for the backups of one municipality."""
        fulfil(Hands(self.config, self.engine, self.app), order_id)

    def take(self) -> None:
        """Every municipality and the region; older files go by the rule. Raises BackupRefused."""
        with noted(self.config) as note:
            try:
                take_all(keeping_of(self.config, note))
            finally:
                self.sweep()

    def sweep(self) -> None:
        """Older files go by the rule; the calendar of each municipality has the run."""
        folder = self.config.backup_dir
        before = kept(folder)
        sweep(folder, before=now() - UNFINISHED)
        with self.engine.begin() as connection:
            note_swept(connection, before, kept(folder), at=now())

    def rehearse(self) -> None:
        """The newest backup of whoever has waited longest, whether the last was good or not."""
        stage = stage_of(self.config, self.engine)
        if backup := self.next_to_rehearse():
            with noted(self.config) as note:
                rehearse_and_note(stage, backup, note)

    def read_disks(self) -> None:
        """How much room there is, before there is none."""
        take_disk_readings(self.config, self.engine)

    def next_to_rehearse(self) -> Kept | None:
        """None while nothing was ever taken."""
        newest = {one.slug: one for one in sorted(kept(self.config.backup_dir))}
        newest.pop(REGION, None)
        last = select(BackupRun.municipality, func.max(BackupRun.at)).group_by(
            BackupRun.municipality
        )
        with self.engine.connect() as connection:
            rows = connection.execute(last.where(BackupRun.kind == Run.REHEARSED))
            rehearsed = {slug: at.timestamp() for slug, at in rows}
        waiting = sorted(newest, key=lambda slug: (rehearsed.get(slug, 0), slug))
        return newest[waiting[0]] if waiting else None

    def tidy_up(self) -> None:
        """What is measured is bounded; what was swapped out has had its days."""
        for schema in let_go(stage_of(self.config, self.engine)):
            logger.info("removed %s", schema)
        with self.engine.begin() as connection:
            took = sum(connection.execute(old).rowcount for old in _old())
            note_removal(connection, Removed.REPLACED, (), at=now())  # that it ran
            connection.execute(text("SET LOCAL search_path = queue"))  # its triggers name no schema
            connection.execute(FORGET_MADE_UP)  # before what made up for it goes
            took += connection.execute(DONE, {"before": now() - DONE_KEPT}).rowcount
            note_removal(connection, Removed.MEASURES, (), took=took, at=now())


def _old() -> tuple[Delete, ...]:
    return (
        delete(RequestMinute).where(RequestMinute.minute < now() - MEASURED),
        delete(RequestHour).where(RequestHour.hour < now() - MEASURED),
        delete(Reading).where(Reading.day < today() - READ),
        delete(BackupRun).where(BackupRun.at < now() - RUNS),
        delete(RemovalRun).where(RemovalRun.at < now() - RUNS),
    )


def _no_keys_yet(slug: str) -> Mapping[int, bytes]:
    """Of whoever joins."""
    return {}


def build(config: Config) -> Worker:
    """The queue's application over the owner's login, with every duty."""
    engine = create_engine(spelled(config.migrator))
    keeper = BackupDaemon(config, engine, cache(lambda: compose(config)))
    return make_backup_daemon(queue_conninfo(config.migrator), keeper.duties, keeper.orders)


def main() -> None:
    """Run until stopped."""
    logging.basicConfig(level=logging.INFO, format="keeper: %(message)s")
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    config = read_config().past_pooler()
    refuse_lost_queue(config.migrator, "MIGRATOR_URL")
    start(config, "keeper")
    keeper = build(config)
    with keeper.open():
        keeper.run_worker(
            queues=[KEEPING, PROVISION], concurrency=2, wait=True, stalled_worker_timeout=60
        )


if __name__ == "__main__":
    main()
