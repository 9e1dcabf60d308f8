"""Reminders: who comes, the day before and on the day; who has to be called instead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from obshto.modules.assistants.errors import StaleHomeVisit
from obshto.modules.assistants.events import VisitDue
from obshto.modules.assistants.models import HelpRequest, HomeVisit
from obshto.modules.assistants.services.queries import bounds_of
from obshto.modules.assistants.services.states import AHEAD
from obshto.modules.assistants.services.visit_plans import record_visit
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.entity import expect_version
from obshto.platform.notify.sms.phones import is_mobile, read_phone
from obshto.platform.unit_of_work import UnitOfWork

MORNING, AFTERNOON = 7, 14  # hours from which people are told of today, of tomorrow
AT_ONCE = 200


def remind(uow: UnitOfWork) -> None:
    """Job: in the afternoon of the day before, in the morning of the day; each once."""
    hour = uow.now.astimezone(SOFIA).hour
    if hour >= MORNING:
        _remind(uow, day_of(uow.now), HomeVisit.same_day_at)
    if hour >= AFTERNOON:
        _remind(uow, day_of(uow.now) + timedelta(days=1), HomeVisit.day_before_at)


def must_be_called(row: HelpRequest) -> bool:
    """No letter and no SMS reaches them. The request's reach must be open for a purpose."""
    if row.person_id or row.email:
        return False
    number = read_phone(row.phone) if row.phone else None
    return not (number and is_mobile(number))


def mark_called(uow: UnitOfWork, visit: HomeVisit, *, expected_version: int) -> None:
    """Staff said by phone who comes. Twice is once. Raises StaleHomeVisit."""
    if visit.called_at:
        return
    expect_version(visit, expected_version, StaleHomeVisit)
    visit.called_at = uow.now


def _remind(uow: UnitOfWork, day: date, column: Any) -> None:
    begins, ends = bounds_of(day)
    wanted = select(HomeVisit, HelpRequest).join(HelpRequest, HelpRequest.id == HomeVisit.case_id)
    wanted = wanted.where(HomeVisit.state == AHEAD, column.is_(None), HomeVisit.ends_at > uow.now)
    wanted = wanted.where(HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends)
    locked = wanted.order_by(HomeVisit.id).limit(AT_ONCE)
    for visit, row in uow.session.execute(locked.with_for_update(of=HomeVisit, skip_locked=True)):
        setattr(visit, column.key, uow.now)
        record_visit(uow, visit, row, VisitDue)
