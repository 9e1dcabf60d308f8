"""Each municipality says how it is: counts and states of its own, no personal datum."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from obshto.ops.dashboard.objectives import count_objective
from obshto.ops.models import Reading
from obshto.ops.onboarding.checklist import missing_numbers
from obshto.platform.audit.services import RECENT, first_broken_link
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.manifest import Job
from obshto.platform.notify.delivery_stats import outbox_numbers
from obshto.platform.permissions import Role
from obshto.platform.selfcheck.services import last_numbers
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import find_municipality
from obshto.tenants.people.models import Appointment

NAME = "ops:take-readings"
STORAGE = text("""
    SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'm')
""")


def take_readings(uow: UnitOfWork) -> None:
    """Job: the last reading of a day stays as that day's; where none comes, something is wrong."""
    numbers = outbox_numbers(uow) | {
        "storage.bytes": uow.session.scalar(STORAGE, {"schema": f'"{uow.scope.schema}"'}) or 0,
        "log.broken": first_broken_link(uow, last=RECENT) or 0,
        "people.admins": _admins(uow),
    }
    if here := find_municipality(uow.scope.slug):
        numbers |= missing_numbers(uow, here)
    numbers |= last_numbers(uow)
    slug, day = uow.scope.slug, uow.now.astimezone(SOFIA).date()
    uow.commit()
    put = insert(Reading)
    fresh = {"number": put.excluded.number, "at": put.excluded.at}
    keys = ["municipality", "word", "day"]
    with open_uow(None, Principal.system(NAME)) as region:
        numbers |= count_objective(region, slug)
        rows = [
            {"municipality": slug, "word": word, "day": day, "number": number, "at": uow.now}
            for word, number in numbers.items()
        ]
        region.session.execute(put.on_conflict_do_update(index_elements=keys, set_=fresh), rows)


TAKE_READINGS = Job(name=NAME, run=take_readings, every="*/5 * * * *", only_reads=True)


def _admins(uow: UnitOfWork) -> int:
    holders = select(func.count()).where(Appointment.role == Role.ADMIN.value)
    return uow.session.scalar(holders) or 0
