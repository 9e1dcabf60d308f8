"""Dry run: what tonight's jobs would take, and those of the coming months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.retention.events import RetentionCheckAsked
from obshto.modules.retention.models import RetentionCheck
from obshto.modules.retention.services.calendar import CalendarRule
from obshto.platform.modularity.registry import components_here
from obshto.platform.privacy.retention_run import forecast, retention_jobs
from obshto.platform.unit_of_work import UnitOfWork

CHECK = "retention:check"
HORIZONS = (0, 30, 90)  # days from the check
KEPT = timedelta(days=30)
PATIENCE = timedelta(hours=1)  # a check that takes longer has failed


@dataclass(slots=True)
class Due:
    """Rows of a rule that are over by a day."""

    erased: int = 0
    emptied: int = 0
    has_more: bool = False
    is_held: bool = False

    @property
    def total(self) -> int:
        return self.erased + self.emptied


def ask_check(uow: UnitOfWork, *, request_id: UUID) -> None:
    """The same form twice, or another one while a check is under way, is one check."""
    latest = latest_check(uow)
    if latest and latest.finished_at is None and latest.asked_at > uow.now - PATIENCE:
        return
    row = {"id": request_id, "request_id": request_id, "asked_at": uow.now, "lines": []}
    new = insert(RetentionCheck).values(row).on_conflict_do_nothing()
    if uow.session.execute(new.returning(RetentionCheck.id)).first():
        uow.emit(RetentionCheckAsked(subject_id=request_id))
        uow.defer(CHECK, once=CHECK, check_id=request_id)


def check_by_night(uow: UnitOfWork) -> None:
    """Job: the calendar's numbers are of this night. Checks of a month ago go."""
    old = delete(RetentionCheck).where(RetentionCheck.asked_at < uow.now - KEPT)
    uow.session.execute(old)
    row = RetentionCheck(request_id=uuid4(), asked_at=uow.now, lines=[])
    uow.session.add(row)
    _finish(uow, row)


def carry_out_check(uow: UnitOfWork, *, check_id: str) -> None:
    """Job: the dry run that somebody asked for."""
    row = uow.session.get(RetentionCheck, UUID(check_id))
    if row and row.finished_at is None:
        _finish(uow, row)


def latest_check(uow: UnitOfWork) -> RetentionCheck | None:
    """The one asked for last, finished or not."""
    return uow.session.scalar(_newest().limit(1))


def finished_check(uow: UnitOfWork) -> RetentionCheck | None:
    """The last one that has numbers."""
    done = _newest().where(RetentionCheck.finished_at.is_not(None))
    return uow.session.scalar(done.limit(1))


def due_by_rule(
    check: RetentionCheck | None, rules: Sequence[CalendarRule]
) -> Mapping[str, Mapping[int, Due]]:
    """What is over of each rule, by its key and the days from the check."""
    key_of = {job: rule.key for rule in rules for job in rule.jobs}
    found = {rule.key: {days: Due() for days in HORIZONS} for rule in rules if rule.jobs}
    for line in check.lines if check else ():
        if key := key_of.get(line["job"]):
            due = found[key][line["days"]]
            due.erased += line["erased"]
            due.emptied += line["emptied"]
            due.has_more |= line["has_more"]
            due.is_held |= line["is_held"]
    return found


def _newest() -> Select[RetentionCheck]:
    rows = select(RetentionCheck)
    return rows.order_by(RetentionCheck.asked_at.desc(), RetentionCheck.id.desc())


def _finish(uow: UnitOfWork, row: RetentionCheck) -> None:
    uow.session.flush()
    row_id, lines = row.id, []
    for part, job in retention_jobs(iter(components_here())):
        for days in HORIZONS:
            told = asdict(forecast(uow, part, job, uow.now + timedelta(days=days)))
            lines.append({"part": part.slug, "job": job.name, "days": days, **told})
    done = uow.session.get_one(RetentionCheck, row_id)
    done.lines, done.finished_at = lines, uow.now
