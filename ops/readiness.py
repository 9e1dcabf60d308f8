"""Whether this process may serve visitors, with what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from obshto.ops.compose import chain_of
from obshto.ops.config import Config
from obshto.ops.hardening import harden_check
from obshto.ops.nodes import look_at_nodes, schemas_on
from obshto.platform.clock import now
from obshto.platform.db.migrations import Target
from obshto.platform.db.session import db, shared_session
from obshto.platform.scope import schema_of
from obshto.tenants.municipalities.models import Tenant

FRESH = 300  # seconds
NODES_FRESH = 15  # a machine that goes away is to be seen soon


@dataclass(frozen=True, slots=True)
class Readiness:
    """`findings` are for the people of operations, in English."""

    is_ready: bool
    findings: dict[str, Any]


def readiness(config: Config) -> Readiness:
    """Tries the database for real. A municipality that is behind is a finding, not a stop.

    A database that is ahead of this code is accepted: during a release both versions serve.
    """
    try:
        missing, behind = _migrations()
        open_doors = _open_doors(int(now().timestamp()) // FRESH)
        nodes = _nodes(config, int(now().timestamp()) // NODES_FRESH)
    except DBAPIError as error:
        return Readiness(False, {"database": type(error).__name__})
    open_doors = [*open_doors, *nodes.open_doors]
    stops = bool(missing) or (bool(open_doors) and config.is_production)
    findings = {
        "database": "ok",
        "missing_migrations": sorted(missing),
        "municipalities_behind": behind,
        "open_doors": open_doors,
    }
    if config.database_nodes:
        # A node that is away stops nobody else: the region lives, its municipalities answer 503.
        findings |= {"nodes_away": nodes.away, "municipalities_out": nodes.municipalities}
    return Readiness(not stops, findings)


@lru_cache(maxsize=1)
def _open_doors(period: int) -> list[str]:
    """Tried once in a period: a probe comes every few seconds, each attack is a line in the log."""
    return harden_check(db.engine)


@dataclass(frozen=True, slots=True)
class Nodes:
    """The machines of a cluster: which are away, whose data lies there, what is open on others."""

    away: list[str]
    municipalities: list[str]
    open_doors: list[str]


@lru_cache(maxsize=1)
def _nodes(config: Config, period: int) -> Nodes:
    found = look_at_nodes(config.database, config.database_nodes)
    away = [node for node, opened in found.items() if opened is None]
    with db.engine.connect() as connection:
        out = set(schemas_on(connection, away))
        slugs = connection.scalars(select(Tenant.slug).order_by(Tenant.sort_key))
        municipalities = [slug for slug in slugs if schema_of(slug) in out]
    doors = [f"{node}: {door}" for node, opened in found.items() for door in opened or ()]
    return Nodes(away, municipalities, doors)


def _migrations() -> tuple[frozenset[str], int]:
    """What the region lacks of what this code knows; how many municipalities lack something."""
    ran = text("SELECT version_num FROM shared.alembic_version")
    late = select(func.count()).select_from(Tenant)
    late = late.where(Tenant.state != chain_of(Target.TENANT).state)
    known = chain_of(Target.SHARED)
    with shared_session() as shared:
        heads = frozenset(shared.scalars(ran))
        behind = shared.scalar(late) or 0
    ahead = any(head not in known.heads for head in heads)
    return (frozenset() if ahead else known.heads - heads), behind
