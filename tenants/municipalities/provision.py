"""Create or remove a municipality: role, schema, rights and tables, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from obshto.platform.audit.models import RegionalEntry
from obshto.platform.clock import now
from obshto.platform.db.base import new_id
from obshto.platform.db.logins import APP, MUNICIPALITY
from obshto.platform.db.migrations import Chain, upgrade
from obshto.platform.scope import is_slug, schema_of
from obshto.tenants.municipalities.models import Region, Tenant

# Where Citus is installed a new schema lies whole on one of the nodes. The coordinator comes there
# as the municipality's role, which has no password: `obshto.ops.nodes` says who lets it in.
IS_CLUSTER = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')"
SPREAD = "SET LOCAL citus.enable_schema_based_sharding = on"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMunicipality:
    """What must be known of a municipality before it can join."""

    slug: str
    titles: Mapping[str, str]
    names: Mapping[str, str]
    modules: tuple[str, ...]
    colour: str = "#14532d"
    languages: tuple[str, ...] = ("bg", "en", "ro")
    contact: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not is_slug(self.slug):
            raise ValueError(f"not a slug: {self.slug!r}")


def provision(connection: Connection, new: NewMunicipality, chain: Chain, *, by: str) -> None:
    """All or nothing, in the caller's transaction as the migrator. It answers at once after.

    Raises ValueError for a slug that is none, ProgrammingError for one that is taken.
    """
    open_schema(connection, schema_of(new.slug))
    provision_in_open_schema(connection, new, chain, by=by)


def provision_in_open_schema(
    connection: Connection, new: NewMunicipality, chain: Chain, *, by: str
) -> None:
    """The same for a schema that was opened before: several may do this at once.

    Opening may not: each grants rights on the region's own schemas, whose rows in the catalogue
    can be changed by one transaction at a time.
    """
    bring_up_to_date(connection, new.slug, chain)
    connection.execute(insert(Tenant).values(_row(new, chain.state)))
    note(connection, new.slug, "tenants:municipality.joined", by)


def open_schema(connection: Connection, schema: str) -> None:
    """An empty schema and the role that may use it, both of that name, in the caller's hands."""
    role = f'"{schema}"'
    is_spread = bool(connection.exec_driver_sql(IS_CLUSTER).scalar())
    for statement in (
        *((SPREAD,) if is_spread else ()),
        f"CREATE ROLE {role} {'LOGIN' if is_spread else 'NOLOGIN'}",
        *((f"GRANT {MUNICIPALITY} TO {role}",) if is_spread else ()),
        f'GRANT {role} TO "{APP}" WITH INHERIT FALSE, SET TRUE',
        f"CREATE SCHEMA {role}",
        f"GRANT USAGE ON SCHEMA {role} TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {role}"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        # The two doors out of a municipality's transaction; nothing else in these schemas is open.
        f"GRANT USAGE ON SCHEMA shared, queue TO {role}",
        f"GRANT EXECUTE ON FUNCTION shared.touch(), queue.enqueue(jsonb) TO {role}",
    ):
        connection.exec_driver_sql(statement)


def close_schema(connection: Connection, schema: str) -> None:
    """A schema goes with all that it holds, and its role with all that it may."""
    role = f'"{schema}"'
    connection.exec_driver_sql(f"DROP SCHEMA {role} CASCADE")
    for right in ("ON SCHEMA shared, queue", "ON FUNCTION shared.touch(), queue.enqueue(jsonb)"):
        connection.exec_driver_sql(f"REVOKE ALL {right} FROM {role}")
    connection.exec_driver_sql(f"DROP ROLE {role}")


def bring_up_to_date(connection: Connection, slug: str, chain: Chain) -> None:
    """Run what is missing in one municipality; its row says how far it is."""
    schema = schema_of(slug)
    upgrade(connection, schema, chain)
    # Which migrations have run is the migrator's knowledge: the role may not rewrite it.
    connection.exec_driver_sql(f'REVOKE ALL ON alembic_version FROM "{schema}"')
    connection.execute(update(Tenant).where(Tenant.slug == slug).values(state=chain.state))


def remove(connection: Connection, slug: str, *, by: str) -> None:
    """Everything of a municipality goes, for good: an export comes before. ValueError if none."""
    gone = connection.execute(delete(Tenant).where(Tenant.slug == slug).returning(Tenant.slug))
    if gone.first() is None:
        raise ValueError(f"no municipality {slug!r}")
    close_schema(connection, schema_of(slug))
    for table in ("public_entry", "session", "settlement", "emblem"):
        connection.exec_driver_sql(f"DELETE FROM shared.{table} WHERE municipality = %s", (slug,))
    connection.exec_driver_sql("DELETE FROM shared.tenant_key WHERE slug = %s", (slug,))
    note(connection, slug, "tenants:municipality.left", by)


def _row(new: NewMunicipality, state: str) -> dict[str, Any]:
    return {
        "slug": new.slug,
        "titles": dict(new.titles),
        "names": dict(new.names),
        "sort_key": new.names["bg"].casefold(),
        "languages": list(new.languages),
        "modules": list(new.modules),
        "colour": new.colour,
        "contact": dict(new.contact),
        "facts": dict(new.facts),
        "state": state,
        "created_at": now(),
    }


def note(connection: Connection, slug: str, act: str, by: str, **detail: str) -> None:
    """An act of the region upon a municipality, for both logs; pages of the region are let go."""
    entry = {"id": new_id(), "at": now(), "municipality": slug, "person_name": by, "act": act}
    # In the order of the web's own acts: what is written to the log holds its chain to the end.
    connection.execute(update(Region).values(version=Region.version + 1))
    connection.execute(insert(RegionalEntry).values(**entry, detail=detail))
