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
from obshto.platform.clock import now
from obshto.platform.db.migrations import Target
from obshto.platform.db.session import db, shared_session
from obshto.tenants.municipalities.models import Tenant

FRESH = 300  # seconds


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
    except DBAPIError as error:
        return Readiness(False, {"database": type(error).__name__})
    stops = bool(missing) or (bool(open_doors) and config.is_production)
    findings = {
        "database": "ok",
        "missing_migrations": sorted(missing),
        "municipalities_behind": behind,
        "open_doors": open_doors,
    }
    return Readiness(not stops, findings)


@lru_cache(maxsize=1)
def _open_doors(period: int) -> list[str]:
    """Tried once in a period: a probe comes every few seconds, each attack is a line in the log."""
    return harden_check(db.engine)


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
