"""Jobs go into the queue in the transaction that asks for them, through one door."""

from __future__ import annotations

import json

from sqlalchemy import text

from obshto.platform.unit_of_work import UnitOfWork

# A function of the migrator's: a municipality can add jobs for itself, it can't read the queue.
ENQUEUE = text("SELECT queue.enqueue(CAST(:jobs AS jsonb))")


def enqueue(uow: UnitOfWork) -> None:
    """Closer: one statement for all the jobs of the work."""
    if not uow.jobs:
        return
    jobs = [
        {
            "task": job.name,
            "args": job.arguments,
            "once": job.once,
            "lock": job.in_turn,
            "queue": job.queue,
        }
        for job in uow.jobs
    ]
    uow.session.execute(ENQUEUE, {"jobs": json.dumps(jobs)})
