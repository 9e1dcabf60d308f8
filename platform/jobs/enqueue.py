"""Jobs go into the queue in the transaction that asks for them, through one door."""

from __future__ import annotations

import json

from sqlalchemy import text

from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import UnitOfWork

# A function of the migrator's: a municipality can add jobs for itself, it can't read the queue.
# Of two that may run the higher priority goes first; those that are equal go in order.
LOW = -1
ENQUEUE = text("SELECT queue.enqueue(CAST(:jobs AS jsonb))")


def enqueue(uow: UnitOfWork) -> None:
    """Closer: one statement for all the jobs of the work."""
    if not uow.jobs:
        return
    low = current_registry().low_priority
    jobs = [
        {
            "task": job.name,
            "args": job.arguments,
            "once": job.once,
            "lock": job.in_turn,
            "queue": job.queue,
            "priority": LOW if job.name in low else 0,
        }
        for job in uow.jobs
    ]
    uow.session.execute(ENQUEUE, {"jobs": json.dumps(jobs)})
