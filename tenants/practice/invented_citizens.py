"""Invented citizens: they write, support, ask, answer and pay while somebody works in practice.

Known to the region by an issuer that no provider has. What they do goes with the night's reset.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import exists, func, select

from obshto.platform.audit.models import AuditEntry
from obshto.platform.clock import SOFIA
from obshto.platform.errors import DomainError
from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.modularity.registry import current_registry
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.workdays import is_workday
from obshto.tenants.municipalities.lookup import Municipality, find_municipality
from obshto.tenants.people.directory import Profile, register_person
from obshto.tenants.people.models import LoginSession
from obshto.tenants.practice.services import BUSY, SEEDER

ISSUER: Final = "practice"
NAMES: Final = (
    *("Цена Пробова", "Петър Пробов", "Мария Пробова"),
    *("Стоян Пробов", "Флора Пробова", "Камен Пробов", "Росица Пробова"),
)
SLOT: Final = timedelta(minutes=5)  # at most one act in it
MOST_A_DAY: Final = 60  # rows of the activity log
FROM_HOUR, TO_HOUR = 8, 18  # in Sofia


def act_as_citizen(region: UnitOfWork) -> None:
    """Duty of every five minutes: one act of one of them, in the practice municipality alone.

    Nothing where the region has none, out of working hours, while nobody is signed in there, or
    when they have done enough today. An answer to staff goes first, whoever of them owes it.
    """
    here, local = find_municipality(PRACTICE), region.now.astimezone(SOFIA)
    is_at_work = is_workday(local.date()) and FROM_HOUR <= local.hour < TO_HOUR
    if here is None or not is_at_work or not _is_somebody_there(region):
        return
    citizens = [_citizen(number) for number in range(len(NAMES))]
    with open_uow(here.scope(), Principal.system(SEEDER)) as uow:
        if not _may_act(uow, [one.person_id for one in citizens if one.person_id]):
            return
    number = _slot(region.now)
    replies, others = _acts(here, number)
    first = citizens[number * number % len(citizens)]  # not in step with the acts
    if not any(_does(here, one, number, replies) for one in citizens):
        _does(here, first, number, others)


def _does(here: Municipality, citizen: Principal, number: int, acts: Sequence[PracticeAct]) -> bool:
    """The first of these acts that has something to do, in a transaction of its own.

    The key is the same for the whole slot, so that a job that comes twice does one thing.
    """
    key = uuid5(NAMESPACE_URL, f"{PRACTICE}/{citizen.name}/{number}")
    turn = PracticeTurn(request_id=key, number=number, name=citizen.name)
    with open_uow(here.scope(), citizen) as uow:
        for act in acts:
            try:
                with uow.savepoint():
                    if act.run(uow, turn):
                        return True
            except DomainError:  # as a citizen would be refused: somebody closed it meanwhile
                continue
    return False


def _acts(here: Municipality, number: int) -> tuple[list[PracticeAct], list[PracticeAct]]:
    """Answers to staff, and the rest beginning with another one at each turn."""
    parts = current_registry().switched_on(here.modules)
    acts = [act for part in parts for act in part.practice_acts]
    others = [act for act in acts if not act.is_reply]
    start = number % len(others) if others else 0
    return [act for act in acts if act.is_reply], others[start:] + others[:start]


def _is_somebody_there(region: UnitOfWork) -> bool:
    alive = exists().where(
        LoginSession.municipality == PRACTICE,
        LoginSession.seen_at > region.now - BUSY,
        LoginSession.idle_ends_at > region.now,
        LoginSession.ends_at > region.now,
    )
    return bool(region.session.scalar(select(alive)))


def _may_act(uow: UnitOfWork, ids: list[UUID]) -> bool:
    """None of them has acted in this slot, and together not too often today."""
    morning = uow.now.astimezone(SOFIA).replace(hour=0, minute=0, second=0, microsecond=0)
    theirs = select(func.count(), func.max(AuditEntry.at)).where(
        AuditEntry.person_id.in_(ids), AuditEntry.at >= morning
    )
    done, last = uow.session.execute(theirs).one()
    return done < MOST_A_DAY and (last is None or _slot(last) != _slot(uow.now))


def _slot(moment: datetime) -> int:
    return int(moment.timestamp() // SLOT.total_seconds())


def _citizen(number: int) -> Principal:
    """One of them, made known at the first time."""
    name = NAMES[number]
    profile = Profile(issuer=ISSUER, subject=f"citizen-{number}", name=name, email=None)
    return Principal(person_id=register_person(profile), name=name)
