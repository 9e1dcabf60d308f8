"""Demonstration promises: invented, one of each standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from obshto.modules.promises.models import Promise
from obshto.modules.promises.services.promises import (
    PromiseWords,
    drop_promise,
    give_promise,
    keep_promise,
)
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import COUNCIL, MAYOR, MUNICIPALITY
from obshto.platform.thread.links import link_things
from obshto.platform.thread.models import ThreadThing
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

KEPT, DROPPED = "kept", "dropped"


@dataclass(frozen=True, slots=True)
class _Made:
    """One of them: given so many days ago, due in so many (less than none: the day passed)."""

    title: str
    words: str
    owes: str
    given: int
    due: int
    end: str = ""


MADE = (
    _Made(
        "Ремонт на покрива на читалището",
        "Кметът го обеща на срещата с жителите.",
        *(MAYOR, 40, 25),
    ),
    _Made(
        "Лекарски преглед на място веднъж месечно",
        "Обещано на срещата за здравните услуги.",
        *(MUNICIPALITY, 70, -9),
    ),
    _Made(
        "Ново осветление на площада",
        "Четири лампи с датчик, обещани с бюджета.",
        *(MUNICIPALITY, 120, -20, KEPT),
    ),
    _Made(
        "Отделна сметка за дарения за паметника",
        "Обещана на сесията на съвета.",
        *(COUNCIL, 90, 10, DROPPED),
    ),
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    today, settlement = day_of(uow.now), next(iter(settlements_here(uow)), "")
    given = [_given(uow, made, n, today, settlement) for n, made in enumerate(MADE)]
    uow.session.flush()
    _followed(uow, given[0])


def _given(uow: UnitOfWork, made: _Made, number: int, today: date, settlement: str) -> Promise:
    said = PromiseWords(
        title=made.title,
        words=made.words,
        settlement=settlement,
        owes=made.owes,
        office="",
        given_on=today - timedelta(days=made.given),
        due_on=today + timedelta(days=made.due),
    )
    once = uuid5(NAMESPACE_URL, f"promises/{uow.scope.slug}/{number}")
    promise = give_promise(uow, said, request_id=once)
    version, days = promise.version, timedelta(days=5)
    if made.end == KEPT and promise.is_open:
        words = "Лампите светят. Сложиха ги пет дни преди срока."
        kept_on = promise.due_on - days
        keep_promise(uow, promise, words, kept_on=kept_on, expected_version=version)
    elif made.end == DROPPED and promise.is_open:
        reason = "Паметникът ще се възстанови с пари на държавата и дарения не са нужни."
        drop_promise(uow, promise, reason, dropped_on=today - days, expected_version=version)
    return promise


def _followed(uow: UnitOfWork, promise: Promise) -> None:
    """The first promise followed from the first consultation that there is."""
    first = select(ThreadThing).where(
        ThreadThing.part == "consultations", ThreadThing.is_shown.is_(True)
    )
    thing = uow.session.scalars(first.order_by(ThreadThing.since, ThreadThing.object_id)).first()
    if thing:
        once = uuid5(NAMESPACE_URL, f"promises/{uow.scope.slug}/followed")
        ends = (thing.part, thing.object_id), ("promises", promise.id)
        link_things(uow, *ends, request_id=once)
