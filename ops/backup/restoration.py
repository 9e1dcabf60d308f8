"""Bring a municipality back to a moment: beside the living one, looked at, then swapped in."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_hex
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, insert, select, update

from obshto.ops.backup.archive import Archive, opened
from obshto.ops.backup.comparison import compare
from obshto.ops.backup.errors import AlreadyBeside, BackupRefused, KeyGone, NothingThere
from obshto.ops.backup.keys import check_keys
from obshto.ops.backup.load import fill
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.backup.steps import Step, Tell, quietly
from obshto.ops.models import Beside, Restoration
from obshto.platform.audit.models import AuditEntry
from obshto.platform.clock import now
from obshto.platform.db.base import new_id
from obshto.platform.db.migrations import upgrade
from obshto.platform.keys.models import TenantKey
from obshto.platform.privacy.services import PersonErased, erase_person
from obshto.platform.scope import Scope, schema_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import close_schema, open_schema

REASON = "obshto backup restore"


def restore_beside(
    stage: Stage,
    app: Flask,
    slug: str,
    path: Path,
    *,
    by: str,
    restoration_id: UUID | None = None,
    tell: Tell = quietly,
) -> Restoration:
    """The municipality as it was, in a schema of its own that nobody is led to.

    People who were erased since then are erased there, too. Nothing of the living one is touched,
    nor anything of the region. Raises BackupRefused.
    """
    tell(Step.READ, 0, 0)
    with opened(path) as archive:
        if archive.manifest.slug != slug:
            raise BackupRefused(f"{path} is a backup of {archive.manifest.slug!r}, not of {slug}.")
        archive.check_seal(stage.keys)
        begun = _fill_beside(stage, archive, by, restoration_id or new_id(), tell)
    tell(Step.ERASE, 0, 0)
    erase_again(app, slug, begun.schema)
    tell(Step.COMPARE, 0, 0)
    found = compare(stage, slug, begun.schema)
    with stage.engine.begin() as connection:
        row = {"state": Beside.READY, "found": {"tables": [asdict(one) for one in found]}}
        connection.execute(update(Restoration).where(Restoration.id == begun.id).values(row))
    return the_one_beside(stage, slug)


def the_one_beside(stage: Stage, slug: str) -> Restoration:
    """What waits beside a municipality to be swapped in. Raises BackupRefused."""
    with stage.engine.connect() as connection:
        row = _beside(connection, slug)
    if row is None:
        raise NothingThere(f"Nothing waits beside {slug}: run `obshto backup restore {slug}`.")
    return row


def erase_again(app: Flask, slug: str, schema: str) -> set[UUID]:
    """Erase in `schema` whom the living municipality has erased and the log there does not know.

    Gives the erasures in the log of the living one, by the ids of their entries: an entry may be
    older than its commit, and who was erased may come back and be erased again.
    """
    with app.app_context():
        living = scope_named(slug)
        assert living
        beside = replace(living, schema=schema)
        erased, there = _erased(living), _erased(beside)
        for person_id in sorted({erased[entry] for entry in erased.keys() - there.keys()}):
            with open_uow(beside, Principal.system(REASON)) as uow:
                erase_person(uow, person_id)
    return set(erased)


def discard(stage: Stage, slug: str) -> None:
    """What waits beside goes for good; the living municipality is as it was."""
    row = the_one_beside(stage, slug)
    with stage.engine.begin() as connection:
        close_schema(connection, row.schema)
        gone = update(Restoration).where(Restoration.id == row.id).values(state=Beside.GONE)
        connection.execute(gone)


def _fill_beside(
    stage: Stage, archive: Archive, by: str, restoration_id: UUID, tell: Tell
) -> Restoration:
    slug, begun_at = archive.manifest.slug, now()
    schema = f"r_{schema_of(slug)[2:]}_{token_hex(4)}"
    row = {
        "id": restoration_id,
        "municipality": slug,
        "taken_at": archive.manifest.taken_at,
        "begun_at": begun_at,
        "state": Beside.FILLING,
        "schema": schema,
        "found": {},
        "by": by,
    }
    with stage.engine.begin() as connection:
        _check_place(connection, slug, check_keys(archive, stage.keys))
        open_schema(connection, schema)
        fill(connection, schema, archive, stage.chain, tell)
        upgrade(connection, schema, stage.chain)
        connection.exec_driver_sql(f'REVOKE ALL ON alembic_version FROM "{schema}"')
        connection.execute(insert(Restoration).values(row))
    return Restoration(**row)


def _check_place(connection: Connection, slug: str, kids: list[int]) -> None:
    if connection.scalar(select(Tenant.slug).where(Tenant.slug == slug).with_for_update()) is None:
        raise BackupRefused(
            f"There is no municipality {slug} to put it beside: `obshto tenants import` brings"
            " back one that has left."
        )
    if _beside(connection, slug):
        raise AlreadyBeside(
            f"Something already waits beside {slug}: `obshto backup swap {slug}` or"
            f" `obshto backup discard {slug}` first."
        )
    here = set(connection.scalars(select(TenantKey.kid).where(TenantKey.slug == slug)))
    if set(kids) - here:
        raise KeyGone(
            f"The data key of this backup of {slug} was destroyed since, so that its personal"
            " fields can never be read: take a later backup."
        )


def _beside(connection: Connection, slug: str) -> Restoration | None:
    asked = select(*Restoration.__table__.c).where(Restoration.beside(slug))
    row = connection.execute(asked).mappings().first()
    return Restoration(**row) if row else None


def _erased(scope: Scope) -> dict[UUID, UUID]:
    """Entries of the log with the person of each."""
    asked = select(AuditEntry.id, AuditEntry.subject_id).where(
        AuditEntry.act == PersonErased.name, AuditEntry.subject_id.is_not(None)
    )
    with open_uow(scope, Principal.system(REASON)) as uow:
        return {entry: person for entry, person in uow.session.execute(asked) if person}
