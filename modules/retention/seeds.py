"""Demonstration of retention: a dry run, a proof, a hold in force and one that has ended."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from obshto.modules.retention.models import RetentionCheck
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Job
from obshto.platform.modularity.registry import current_registry
from obshto.platform.privacy import hold_actions
from obshto.platform.privacy.legal_holds import Reach
from obshto.platform.privacy.models import RetentionRun
from obshto.platform.privacy.retention_run import retention_jobs, word_of
from obshto.platform.unit_of_work import UnitOfWork

HELD = ("accessibility", "barrier")


def seed(uow: UnitOfWork) -> None:
    """Ids are made of what they stand for, so seeding twice is harmless."""
    _check(uow)
    _proofs(uow)
    _holds(uow)


def _check(uow: UnitOfWork) -> None:
    jobs = retention_jobs(iter(current_registry().parts.values()))
    lines = [
        {
            **{"part": part.slug, "job": job.name, "days": days, "erased": days // 30},
            **{"emptied": days // 45, "has_more": False, "is_held": word_of(job) == HELD[1]},
            "holds": 1,
        }
        for part, job in jobs
        for days in (0, 30, 90)
    ]
    key = _key(uow, "check")
    row = {"id": key, "request_id": key, "asked_at": uow.now, "finished_at": uow.now}
    new = insert(RetentionCheck).values(lines=lines, **row).on_conflict_do_nothing()
    uow.session.execute(new)


def _proofs(uow: UnitOfWork) -> None:
    """Of the first jobs, as if they had taken something on the last nights."""
    jobs = retention_jobs(iter(current_registry().parts.values()))[:3]
    for number, (part, job) in enumerate(jobs, start=1):
        uow.session.execute(
            insert(RetentionRun)
            .values(_proof(uow, part.slug, job, number))
            .on_conflict_do_nothing(index_elements=["id"])
        )


def _proof(uow: UnitOfWork, part: str, job: Job, number: int) -> dict[str, object]:
    key = _key(uow, job.name)
    counts = {"erased": number, "emptied": 0, "before": 40 + number, "after": 40}
    return {
        **{"id": key, "job": job.name, "part": part, "word": word_of(job)},
        **{"at": uow.now - timedelta(days=number), "erased": number, "emptied": 0, "holds": 0},
        **{"is_held": False, "tables": {f"{part}_row": counts}, "empty_key": None},
        "ids_hash": sha256(key.bytes).digest()[:16],
    }


def _holds(uow: UnitOfWork) -> None:
    today = day_of(uow.now)
    for name, reason in (
        ("live", "Комисията проверява жалба, че сигналите за достъпност са останали без отговор."),
        ("ended", "Съдът поиска сигналите за достъпност от миналата година."),
    ):
        words = hold_actions.HoldWords(
            reach=Reach.KIND,
            part=HELD[0],
            word=HELD[1],
            number="",
            reason=reason,
            ground="Закон за защита от дискриминация, чл. 56",
            until=today + timedelta(days=120),
        )
        row = hold_actions.place_hold(uow, words, request_id=_key(uow, name))
        uow.session.flush()
        if name == "ended" and row.ended_at is None:
            seen = row.version
            hold_actions.end_hold(uow, row, why="Делото приключи.", expected_version=seen)


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"retention/{uow.scope.slug}/{name}")
