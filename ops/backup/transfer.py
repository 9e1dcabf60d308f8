"""A municipality leaves with all that is its own, and is taken in by another installation."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from obshto.ops.backup.archive import Archive, opened
from obshto.ops.backup.archive_writer import write_municipality
from obshto.ops.backup.dump import snapshot
from obshto.ops.backup.errors import BackupRefused, BadBackup
from obshto.ops.backup.keys import PATH, check_keys, keys_of_passphrase, new_salt, rewrap, rewrapped
from obshto.ops.backup.load import driver_of, fill, put_rows
from obshto.ops.backup.manifest import SHARED, Manifest
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.backup.store import written_whole
from obshto.platform.clock import now
from obshto.platform.keys.master import MasterKeys
from obshto.platform.scope import is_slug, schema_of
from obshto.platform.search.services import ask_to_renew
from obshto.tenants.municipalities.provision import bring_up_to_date, note, open_schema

# Whose a row of the region is; a file may bring rows of its own municipality alone.
OWNER = {
    "tenant": "slug",
    "settlement": "municipality",
    "emblem": "municipality",
    "tenant_key": "slug",
}


def export_municipality(
    conninfo: str, slug: str, path: Path, *, keys: MasterKeys, passphrase: str
) -> Manifest:
    """All of a municipality in one file that opens elsewhere with the passphrase alone.

    What is sealed stays sealed; the data keys go along, wrapped under the passphrase (scrypt).
    """
    salt = new_salt()
    mine = keys_of_passphrase(passphrase, salt)
    with snapshot(conninfo) as connection:
        here = connection.execute("SELECT 1 FROM shared.tenant WHERE slug = %s", (slug,))
        if here.fetchone() is None:
            raise BackupRefused(f"There is no municipality {slug}.")
        with written_whole(path) as file:
            return write_municipality(
                connection,
                file,
                slug,
                taken_at=now().replace(microsecond=0),
                keys=mine,
                salt=salt,
                rewrap=lambda pieces: rewrapped(pieces, keys, mine),
            )


def import_municipality(stage: Stage, path: Path, *, passphrase: str | None, by: str) -> Manifest:
    """Take in the municipality of a file under its own slug; all or nothing. Raises BackupRefused.

    Under another slug it could not be read: what is sealed is bound to the name.
    """
    with opened(path) as archive:
        theirs = stage.keys
        if archive.manifest.salt:
            if not passphrase:
                raise BackupRefused(f"{path} opens with the passphrase that it was exported with.")
            theirs = keys_of_passphrase(passphrase, archive.manifest.salt)
        archive.check_seal(theirs)
        check_keys(archive, theirs)
        with stage.engine.begin() as connection:
            take_in(stage, connection, archive, theirs, by=by)
        return archive.manifest


def take_in(
    stage: Stage, connection: Connection, archive: Archive, theirs: MasterKeys, *, by: str
) -> None:
    """The same inside the caller's transaction; the keys come to lie under our master key."""
    slug = archive.manifest.slug
    _check_free(connection, slug)
    settle(stage, connection, archive)
    rows = driver_of(connection)
    for name in ("tenant", "settlement", "emblem", "person"):
        came = put_rows(rows, archive, f"{SHARED}/{name}.jsonl", of=(OWNER.get(name), slug))
        if name == "tenant" and came != 1:
            raise BackupRefused(f"{slug} has a name or a domain that is taken here.")
    put_rows(
        rows,
        archive,
        PATH,
        of=(OWNER["tenant_key"], slug),
        change=lambda row: rewrap(row, theirs, stage.keys),
    )
    bring_up_to_date(connection, slug, stage.chain)
    note(connection, slug, "tenants:municipality.joined", by)
    ask_to_renew(connection, slug)


def settle(stage: Stage, connection: Connection, archive: Archive) -> None:
    """The municipality's own schema with its role, filled; its revisions are those of the file."""
    schema = schema_of(archive.manifest.slug)
    open_schema(connection, schema)
    fill(connection, schema, archive, stage.chain)


def _check_free(connection: Connection, slug: str) -> None:
    if not is_slug(slug):
        raise BadBackup(f"{slug[:40]!r} cannot be a municipality here.")
    taken = connection.execute(text("SELECT 1 FROM shared.tenant WHERE slug = :s"), {"s": slug})
    if taken.first() or inspect(connection).has_schema(schema_of(slug)):
        raise BackupRefused(
            f"There is a municipality {slug} already: `obshto backup restore {slug}` brings one"
            " back beside it; `obshto tenants remove` makes room."
        )
