"""The queue as operators see it: what waits, what failed, and what they may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from obshto.platform.errors import Conflict, NotFound
from obshto.platform.unit_of_work import UnitOfWork

FAILED, WAITING, RUNNING, CANCELLED = "failed", "todo", "doing", "cancelled"
SHOWN = (FAILED, WAITING, RUNNING)
# Ids and arguments stay in the queue: an operator sees what, where and how often.
COLUMNS = """
    j.id, j.task_name AS name, j.args->>'municipality' AS municipality, j.status::text AS status,
    j.attempts, j.scheduled_at, (SELECT max(e.at) FROM queue.procrastinate_events e
                                 WHERE e.job_id = j.id) AS changed_at,
    (SELECT coalesce(max(e.id), 0) FROM queue.procrastinate_events e
     WHERE e.job_id = j.id) AS version
"""
WHERE = """
    j.status = ANY(CAST(:states AS queue.procrastinate_job_status[]))
    AND (CAST(:place AS text) IS NULL OR j.args->>'municipality' = :place)
"""
LIST = text(
    f"SELECT {COLUMNS} FROM queue.procrastinate_jobs j WHERE {WHERE}"
    " ORDER BY j.status = 'failed' DESC, j.id DESC LIMIT :size OFFSET :skip"
)
COUNT = text(f"SELECT count(*) FROM queue.procrastinate_jobs j WHERE {WHERE}")
ONE = text(f"SELECT {COLUMNS} FROM queue.procrastinate_jobs j WHERE j.id = :id FOR UPDATE OF j")
# What the clock asks for carries its moment. Its next time makes up for one that failed.
MADE_UP = """(j.args ? 'timestamp' AND EXISTS (
    SELECT FROM queue.procrastinate_jobs later WHERE later.task_name = j.task_name
    AND later.status = 'succeeded' AND later.id > j.id))"""
FORGET_MADE_UP = text(
    f"DELETE FROM queue.procrastinate_jobs j WHERE j.status = 'failed' AND {MADE_UP}"
)
# A job that waits for a moment to come is no trouble; one that could run since a while is.
COUNTS = text(f"""
    SELECT coalesce(args->>'municipality', ''),
           count(*) FILTER (WHERE status = 'failed' AND NOT {MADE_UP}),
           count(*) FILTER (WHERE status IN ('todo', 'doing'))
    FROM queue.procrastinate_jobs j WHERE status IN ('failed', 'todo', 'doing')
    AND (CAST(:place AS text) IS NULL OR coalesce(args->>'municipality', '') = :place)
    GROUP BY 1
""")
RETRY = text("""
    UPDATE queue.procrastinate_jobs SET status = 'todo', scheduled_at = NULL
    WHERE id = :id AND status IN ('failed', 'todo')
""")
DISCARD = text("""
    UPDATE queue.procrastinate_jobs SET status = 'cancelled'
    WHERE id = :id AND status IN ('failed', 'todo')
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedJob:
    """A job of the queue without its arguments. `version` rises with whatever happens to it."""

    id: int
    name: str
    municipality: str | None
    status: str
    attempts: int
    scheduled_at: datetime | None
    changed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class JobCounts:
    """Of one municipality: failed for good; waiting or running."""

    failed: int
    waiting: int


def jobs_of(
    region: UnitOfWork, *, status: str | None, place: str | None, size: int, skip: int
) -> tuple[list[QueuedJob], int]:
    """So many jobs from there on, the failed ones first, and how many there are."""
    asked: Mapping[str, Any] = {"states": [status] if status else list(SHOWN), "place": place}
    rows = region.session.execute(LIST, {**asked, "size": size, "skip": skip}).mappings()
    return [QueuedJob(**row) for row in rows], region.session.scalar(COUNT, asked) or 0


def job_counts(region: UnitOfWork, place: str | None = None) -> dict[str, JobCounts]:
    """By municipality, or of one; jobs of the region stand under an empty name."""
    rows = region.session.execute(COUNTS, {"place": place})
    return {place: JobCounts(*counts) for place, *counts in rows}


def find_job(region: UnitOfWork, job_id: int) -> QueuedJob:
    """Raises NotFound. The row is locked until the end of the work."""
    row = region.session.execute(ONE, {"id": job_id}).mappings().first()
    if row is None:
        raise NotFound
    return QueuedJob(**row)


def retry_job(region: UnitOfWork, job: QueuedJob, *, expected_version: int) -> bool:
    """Try it at once. False when it may run already, runs or has been done: nothing is to do.

    Raises Conflict when something has happened to it since it was seen.
    """
    if job.status == WAITING and job.scheduled_at is None:
        return False
    return _change(region, job, expected_version, RETRY, done=(RUNNING, "succeeded"))


def discard_job(region: UnitOfWork, job: QueuedJob, *, expected_version: int) -> bool:
    """It will not be done. False when that is so already. Raises Conflict."""
    return _change(region, job, expected_version, DISCARD, done=(CANCELLED,))


def _change(
    region: UnitOfWork, job: QueuedJob, expected_version: int, change: Any, *, done: tuple[str, ...]
) -> bool:
    if job.status in done:
        return False
    if job.version != expected_version or job.status not in (FAILED, WAITING):
        raise Conflict
    # The queue's triggers name no schema.
    region.session.execute(text("SET LOCAL search_path = queue"))
    region.session.execute(change, {"id": job.id})
    region.session.execute(text("SET LOCAL search_path TO DEFAULT"))
    return True
