"""Bring the region and every municipality up to date, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import as_completed

from sqlalchemy import Engine, create_engine, select

from obshto.ops.compose import chain_of
from obshto.ops.config import Config, spelled
from obshto.ops.db_session import reached
from obshto.ops.process_pool import process_pool
from obshto.platform.db.logins import APP
from obshto.platform.db.migrations import Target, upgrade
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import bring_up_to_date

Say = Callable[[str], None]
PARALLEL_FROM = 4  # below so many municipalities a process costs more than it saves


class MigrationFailed(Exception):
    """Which municipalities are behind; the same command goes on from there."""


def migrate_all(config: Config, say: Say, *, processes: int = 2) -> None:
    """The region first, then each municipality in a transaction of its own.

    Can be stopped and started again at any moment: what is up to date is passed over. Raises
    MigrationFailed after having tried all, ConfigError when the server does not answer.
    """
    with reached(config.migrator) as engine:
        migrate_shared(engine)
        waiting = _behind(engine)
    if not waiting:
        return
    failed: dict[str, str] = {}
    for done, (slug, trouble) in enumerate(_each(config, waiting, processes), 1):
        say(f"migrated {slug} ({done}/{len(waiting)})" if not trouble else f"{slug}: {trouble}")
        if trouble:
            failed[slug] = trouble
    if failed:
        raise MigrationFailed("; ".join(f"{slug}: {why}" for slug, why in failed.items()))


def migrate_shared(engine: Engine) -> None:
    """The tables of the region."""
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS shared")
        upgrade(connection, "shared", chain_of(Target.SHARED))
        # For the probe of readiness.
        connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {APP}")


def _behind(engine: Engine) -> list[str]:
    state = chain_of(Target.TENANT).state
    with engine.connect() as connection:
        behind = select(Tenant.slug).where(Tenant.state != state).order_by(Tenant.sort_key)
        return list(connection.scalars(behind))


def _each(config: Config, slugs: list[str], processes: int) -> Iterable[tuple[str, str]]:
    address = spelled(config.migrator)
    if len(slugs) < PARALLEL_FROM or processes < 2:
        yield from (migrate_one(address, slug) for slug in slugs)
        return
    with process_pool(processes) as pool:
        waiting = [pool.submit(migrate_one, address, slug) for slug in slugs]
        for ended in as_completed(waiting):
            yield ended.result()


def migrate_one(address: str, slug: str) -> tuple[str, str]:
    """One municipality; answers its slug, then what went wrong or nothing."""
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            bring_up_to_date(connection, slug, chain_of(Target.TENANT))
    except Exception as error:  # noqa: BLE001  one that fails must not stop the others
        return slug, str(error).splitlines()[0]
    finally:
        engine.dispose()
    return slug, ""
