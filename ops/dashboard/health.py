"""How each municipality is, out of a bounded number of reads whatever their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVarTuple

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute

from obshto.ops.compose import chain_of
from obshto.ops.dashboard.alerts import Alert, alerts_of, colour_of
from obshto.ops.dashboard.measures import Measured, last_hour, slowest_pages
from obshto.ops.dashboard.objectives import Objective, objective_of
from obshto.ops.helpdesk.queue import Waiting, waiting_for_us
from obshto.ops.models import BackupRun, Beside, Reading, Restoration, Run
from obshto.platform.db.migrations import Target
from obshto.platform.errors import NotFound
from obshto.platform.jobs.services import JobCounts, job_counts
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.models import Tenant

LATELY = timedelta(days=3)
Columns = TypeVarTuple("Columns")
NO_JOBS = JobCounts(0, 0)


@dataclass(frozen=True, kw_only=True)
class Health:
    """One municipality at this moment. `readings` are its own last words, `heard_at` their time."""

    slug: str
    names: Mapping[str, str]
    now: datetime
    hour: Measured
    slowest: tuple[str, Measured] | None
    jobs: JobCounts
    backup: BackupRun | None
    rehearsal: BackupRun | None
    readings: Mapping[str, int]
    heard_at: datetime | None
    joined_at: datetime
    is_up_to_date: bool
    is_beside: bool
    has_contact: bool
    tickets: Waiting = Waiting()
    findings: list[Alert] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return self.findings[0].weight if self.findings else 0

    @property
    def objective(self) -> Objective:
        """What was promised for 30 days, and what is left of it."""
        return objective_of(self.readings, self.hour.errors)

    @property
    def colour(self) -> str:
        return colour_of(self.findings)

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["bg"]


def health_of_all(region: UnitOfWork, slug: str | None = None) -> list[Health]:
    """All municipalities, or that one; who needs help first, then by name."""
    tenants = region.session.scalars(
        _of(select(Tenant), Tenant.slug, slug).order_by(Tenant.sort_key)
    )
    state = chain_of(Target.TENANT).state
    hours, pages, jobs = (
        last_hour(region, slug),
        slowest_pages(region, slug),
        job_counts(region, slug),
    )
    taken, rehearsed = last_runs(region, Run.TAKEN, slug), last_runs(region, Run.REHEARSED, slug)
    readings, beside = _last_readings(region, slug), _beside(region, slug)
    tickets = waiting_for_us(region, slug)
    found = []
    for tenant in tenants:
        said = readings.get(tenant.slug, {})
        it = Health(
            slug=tenant.slug,
            names=tenant.names,
            now=region.now,
            hour=hours.get(tenant.slug, Measured()),
            slowest=pages.get(tenant.slug),
            jobs=jobs.get(tenant.slug, NO_JOBS),
            backup=taken.get(tenant.slug),
            rehearsal=rehearsed.get(tenant.slug),
            readings={word: row.number for word, row in said.items()},
            heard_at=max((row.at for row in said.values()), default=None),
            joined_at=tenant.created_at,
            is_up_to_date=tenant.state == state,
            is_beside=tenant.slug in beside,
            has_contact=bool(tenant.contact.get("phone")),
            tickets=tickets.get(tenant.slug, Waiting()),
        )
        it.findings.extend(alerts_of(it))
        found.append(it)
    return sorted(found, key=lambda it: -it.weight)


def health_of(region: UnitOfWork, slug: str) -> Health:
    """One of them. Raises NotFound."""
    for it in health_of_all(region, slug):
        return it
    raise NotFound


def last_runs(region: UnitOfWork, kind: Run, slug: str | None = None) -> dict[str, BackupRun]:
    """The last attempt of each municipality and of the region, or of one."""
    newest = (
        _of(select(BackupRun), BackupRun.municipality, slug)
        .where(BackupRun.kind == kind)
        .ext(distinct_on(BackupRun.municipality))
        .order_by(BackupRun.municipality, BackupRun.at.desc())
    )
    return {run.municipality: run for run in region.session.scalars(newest)}


def storage_over_time(region: UnitOfWork, slug: str) -> list[tuple[date, int]]:
    """Bytes at the end of each of the last 30 days that there is a reading of."""
    asked = (
        select(Reading.day, Reading.number)
        .where(Reading.municipality == slug, Reading.word == "storage.bytes")
        .order_by(Reading.day.desc())
        .limit(30)
    )
    return [(day, number) for day, number in region.session.execute(asked)][::-1]


def _last_readings(region: UnitOfWork, slug: str | None) -> dict[str, dict[str, Reading]]:
    newest = (
        _of(select(Reading), Reading.municipality, slug)
        .where(Reading.day >= region.now.date() - LATELY)
        .ext(distinct_on(Reading.municipality, Reading.word))
        .order_by(Reading.municipality, Reading.word, Reading.day.desc())
    )
    found: dict[str, dict[str, Reading]] = {}
    for row in region.session.scalars(newest):
        found.setdefault(row.municipality, {})[row.word] = row
    return found


def _beside(region: UnitOfWork, slug: str | None) -> set[str]:
    waiting = select(Restoration.municipality).where(Restoration.state == Beside.READY)
    return set(region.session.scalars(_of(waiting, Restoration.municipality, slug)))


def _of(
    asked: Select[*Columns], place: InstrumentedAttribute[str], slug: str | None
) -> Select[*Columns]:
    """All rows, or those of one municipality."""
    return asked if slug is None else asked.where(place == slug)
