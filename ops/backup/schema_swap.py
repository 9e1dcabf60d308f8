"""Put what was restored in the place of the living municipality, and back if it was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_hex
from typing import Any
from uuid import UUID

from flask import Flask
from psycopg import sql
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection, select, update

from obshto.ops.backup.dump import Rows, listed, sequences_of, tables_of
from obshto.ops.backup.errors import BackupRefused, ErasedMeanwhile, Held, NothingThere
from obshto.ops.backup.load import driver_of, names_in_order, triggers_off, truncate
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.backup.removals import Removed, note_removal
from obshto.ops.backup.restoration import erase_again, the_one_beside
from obshto.ops.backup.steps import Step, Tell, quietly
from obshto.ops.events import MunicipalityPutBack, MunicipalityRestored
from obshto.ops.models import OPEN, Beside, Restoration
from obshto.platform.clock import now
from obshto.platform.db.logins import APP
from obshto.platform.db.migrations import upgrade
from obshto.platform.privacy.services import PersonErased
from obshto.platform.scope import schema_of
from obshto.platform.search.services import ask_to_renew
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import close_schema, note

KEPT = timedelta(days=14)  # what was swapped out; counted from then
PATIENCE = "5s"  # for the requests of the municipality that are under way
FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = %s::regnamespace AND p.proconfig::text LIKE '%%search_path%%'
"""


def swap_in(
    stage: Stage, app: Flask, slug: str, *, reason: str, by: str, tell: Tell = quietly
) -> Restoration:
    """What waits beside becomes the municipality; what it replaces is kept for 14 days.

    Requests under way end first, those that come meanwhile wait some milliseconds; none fails.
    The region hears of it: log, pages, search. Raises BackupRefused.
    """
    beside = the_one_beside(stage, slug)
    if beside.state != Beside.READY:
        raise BackupRefused(f"What stands beside {slug} is not whole: discard it, restore anew.")
    with stage.engine.begin() as connection:
        upgrade(connection, beside.schema, stage.chain)  # a release may have come meanwhile
    tell(Step.ERASE, 0, 0)
    erased = erase_again(app, slug, beside.schema)
    swapped_at = now()
    tell(Step.CHANGE, 0, 0)
    kept = f"o_{schema_of(slug)[2:]}_{token_hex(4)}"
    with stage.engine.begin() as connection:
        _change_places(stage, connection, slug, beside.schema, kept)
        _refuse_unerased(connection, kept, erased)
        values = {
            "state": Beside.LIVING,
            "schema": schema_of(slug),
            "swapped_at": swapped_at,
            "kept": kept,
            "keep_until": swapped_at + KEPT,
        }
        _tell(connection, stage, beside, MunicipalityRestored.name, by, reason, values)
    return beside


def put_back(
    stage: Stage, app: Flask, slug: str, *, reason: str, by: str, tell: Tell = quietly
) -> None:
    """What was swapped out last lives again; what was restored is kept in its stead.

    People who were erased since the swap are erased there, too. Raises BackupRefused.
    """
    swap, kept = last_swap(stage, slug)
    tell(Step.ERASE, 0, 0)
    with _entered(stage, kept):
        erased = erase_again(app, slug, kept)
    tell(Step.CHANGE, 0, 0)
    away = f"o_{schema_of(slug)[2:]}_{token_hex(4)}"
    with stage.engine.begin() as connection:
        _change_places(stage, connection, slug, kept, away)
        _refuse_unerased(connection, away, erased)
        values = {"state": Beside.PUT_BACK, "kept": away, "keep_until": now() + KEPT}
        one = Restoration(id=swap, municipality=slug)
        _tell(connection, stage, one, MunicipalityPutBack.name, by, reason, values)


def let_go(stage: Stage, slug: str | None = None) -> list[str]:
    """Remove what was kept long enough; of `slug`, which leaves, all that stands beside it."""
    asked = select(
        Restoration.id,
        Restoration.municipality,
        Restoration.kept,
        Restoration.schema,
        Restoration.state,
    )
    if slug:
        asked = asked.where(Restoration.municipality == slug, Restoration.state != Beside.GONE)
    else:
        asked = asked.where(Restoration.keep_until < now(), Restoration.state != Beside.GONE)
    gone = []
    with stage.engine.begin() as connection:
        for row in connection.execute(asked).all():
            schema = row.kept or (row.schema if row.state in OPEN else None)
            if schema is None:
                continue
            close_schema(connection, schema)
            gone.append(schema)
            whose = row.municipality
            note_removal(connection, Removed.REPLACED, [schema], at=now(), municipality=whose)
            ended = update(Restoration).where(Restoration.id == row.id)
            connection.execute(ended.values(state=Beside.GONE, kept=None))
    return gone


def last_swap(stage: Stage, slug: str) -> tuple[UUID, str]:
    """The restoration that lives, and the schema of what it replaced. Raises NothingThere."""
    asked = select(Restoration.id, Restoration.kept).where(Restoration.swapped_into(slug))
    with stage.engine.connect() as connection:
        row = connection.execute(asked.order_by(Restoration.swapped_at.desc())).first()
    if row is None or row.kept is None:
        raise NothingThere(f"Nothing that was swapped out of {slug} is kept any more.")
    return row.id, row.kept


@contextmanager
def _entered(stage: Stage, kept: str) -> Iterator[None]:
    """What was swapped out, brought up to date, is open to the application for a while."""
    role, app = sql.Identifier(kept), sql.Identifier(APP)
    with stage.engine.begin() as connection:
        upgrade(connection, kept, stage.chain)
        opening = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(role, app)
        driver_of(connection).execute(opening)
    try:
        yield
    finally:
        with stage.engine.begin() as connection:
            driver_of(connection).execute(sql.SQL("REVOKE {} FROM {}").format(role, app))


def _change_places(
    stage: Stage, connection: Connection, slug: str, coming: str, going: str
) -> None:
    """Two renames of schemas and of their roles; all or nothing with the caller's transaction."""
    rows, living = driver_of(connection), schema_of(slug)
    rows.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(PATIENCE))
    tables = [sql.Identifier(living, table.name) for table in tables_of(rows, living)]
    try:
        lock = sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE")
        rows.execute(lock.format(sql.SQL(", ").join(tables)))
    except (LockNotAvailable, DeadlockDetected) as error:
        raise Held(
            f"Something holds tables of {slug}, perhaps a backup that is being taken:"
            " nothing was changed, try again in a minute."
        ) from error
    _carry_over(stage, rows, living, coming)
    _rename(rows, living, going)
    _rename(rows, coming, living)
    here, away = sql.Identifier(living), sql.Identifier(going)
    app = sql.Identifier(APP)
    rows.execute(sql.SQL("REVOKE {} FROM {}").format(away, app))
    rows.execute(sql.SQL("REVOKE {} FROM {}").format(away, here))  # of a swap before this one
    rows.execute(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(here, app))
    # A transaction that had taken the role before the swap finds the new tables and may use them.
    rows.execute(sql.SQL("GRANT {} TO {} WITH INHERIT TRUE, SET FALSE").format(here, away))


def _carry_over(stage: Stage, rows: Rows, living: str, coming: str) -> None:
    """The log, the money and the numbers are at their last, not at the moment of the backup."""
    tables = {one.name: one for one in tables_of(rows, coming) if one.name in stage.stays}
    with triggers_off(rows, list(tables.values())):
        truncate(rows, list(tables.values()))
        for name in names_in_order(rows, coming, list(tables)):
            move = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
                sql.Identifier(coming, name),
                *[listed(tables[name].columns)] * 2,
                sql.Identifier(living, name),
            )
            rows.execute(move)
    for name, last in sequences_of(rows, living).items():
        whole = sql.Identifier(coming, name).as_string(rows)
        rows.execute("SELECT setval(%s::regclass, %s)", (whole, last))


def _rename(rows: Rows, old: str, new: str) -> None:
    for kind in ("SCHEMA", "ROLE"):
        order = sql.SQL(f"ALTER {kind} {{}} RENAME TO {{}}")
        rows.execute(order.format(sql.Identifier(old), sql.Identifier(new)))
    # A function remembers by name where it looks for tables.
    for (function,) in rows.execute(FUNCTIONS, (f'"{new}"',)).fetchall():
        order = sql.SQL(f"ALTER FUNCTION {function} SET search_path = {{}}")
        rows.execute(order.format(sql.Identifier(new)))


def _refuse_unerased(connection: Connection, gone: str, erased: set[UUID]) -> None:
    """Somebody may have been erased between the look and the lock."""
    asked = sql.SQL(
        "SELECT id FROM {}.audit_entry WHERE act = %s AND subject_id IS NOT NULL"
    ).format(sql.Identifier(gone))
    found = driver_of(connection).execute(asked, (PersonErased.name,))
    if {entry for (entry,) in found} - erased:
        raise ErasedMeanwhile("Somebody's data were erased at this very moment: repeat it.")


def _tell(
    connection: Connection,
    stage: Stage,
    row: Restoration,
    act: str,
    by: str,
    reason: str,
    values: dict[str, Any],
) -> None:
    slug = row.municipality
    connection.execute(update(Restoration).where(Restoration.id == row.id).values(values))
    fresh = {"version": Tenant.version + 1, "state": stage.chain.state}
    connection.execute(update(Tenant).where(Tenant.slug == slug).values(fresh))
    note(connection, slug, act, by, reason=reason)
    ask_to_renew(connection, slug)
