"""What an operator does to a job of the queue, with the reason in the municipality's log."""

from __future__ import annotations

from flask_babel import gettext

from obshto.ops.events import JobDiscarded, JobRetried
from obshto.platform.jobs.services import QueuedJob, discard_job, retry_job
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language
from obshto.tenants.api import find_municipality


def retry(region: UnitOfWork, job: QueuedJob, *, expected_version: int, reason: str) -> None:
    """Try it at once; a second press finds it running or done. Raises Conflict."""
    if retry_job(region, job, expected_version=expected_version):
        region.emit(JobRetried(municipality=job.municipality, job=job.name, reason=reason))


def discard(region: UnitOfWork, job: QueuedJob, *, expected_version: int, reason: str) -> None:
    """It will not be done; a second press finds it so. Raises Conflict."""
    if discard_job(region, job, expected_version=expected_version):
        region.emit(JobDiscarded(municipality=job.municipality, job=job.name, reason=reason))


def expected_name(job: QueuedJob) -> str:
    """The name to be typed out: the municipality's, or the region's for a job of the region."""
    here = find_municipality(job.municipality) if job.municipality else None
    if here is None:
        return job.municipality or gettext("Област Видин")
    return here.names.get(current_language()) or here.names["bg"]
