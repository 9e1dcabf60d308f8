"""What is done for all municipalities at once, and may fail while each of them is well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from obshto.ops.backup.manifest import REGION
from obshto.ops.dashboard.alerts import GRAVE, Alert, alerts_of_region, colour_of
from obshto.ops.dashboard.health import NO_JOBS, Health, last_runs
from obshto.ops.dashboard.space import Disk, disks_read
from obshto.ops.models import BackupRun, Run
from obshto.platform.audit.services import RECENT, first_broken_link
from obshto.platform.jobs.services import JobCounts, job_counts
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.failures import failures_since

NOBODYS = ""  # the place of jobs that belong to no municipality: ticks of the clock, the keeper's


@dataclass(frozen=True, kw_only=True)
class RegionHealth:
    """The region's own backup and jobs; `joined_at` is when its first municipality came.

    `failed_sign_ins` are those of the last hour; `log_broken` the entry of its log that was
    changed, 0 while the newest are whole.
    """

    now: datetime
    joined_at: datetime
    jobs: JobCounts
    backup: BackupRun | None
    failed_sign_ins: int = 0
    log_broken: int = 0
    disks: Sequence[Disk] = ()
    findings: list[Alert] = field(default_factory=list)

    @property
    def colour(self) -> str:
        return colour_of(self.findings)


def health_of_the_region(region: UnitOfWork, everyone: Sequence[Health]) -> RegionHealth:
    """Beside the municipalities, out of five reads."""
    it = RegionHealth(
        now=region.now,
        joined_at=min((one.joined_at for one in everyone), default=region.now),
        jobs=job_counts(region, NOBODYS).get(NOBODYS, NO_JOBS),
        backup=last_runs(region, Run.TAKEN, REGION).get(REGION),
        failed_sign_ins=failures_since(region, region.now - timedelta(hours=1)),
        log_broken=first_broken_link(region, last=RECENT) or 0,
        disks=disks_read(region),
    )
    it.findings.extend(alerts_of_region(it))
    return it


def totals(everyone: Sequence[Health], region: RegionHealth) -> Mapping[str, int]:
    """The four numbers above the list."""
    return {
        "grave": sum(it.weight >= GRAVE for it in everyone),
        "errors": sum(it.hour.errors for it in everyone),
        "requests": sum(it.hour.requests for it in everyone),
        "failed": sum(it.jobs.failed for it in everyone) + region.jobs.failed,
    }
