"""Letters of requests for information: to who asked, to those who answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.opendata import events
from obshto.modules.opendata.permissions import OpendataPermission
from obshto.modules.opendata.services.request_queries import request_of
from obshto.modules.opendata.services.request_submission import code_of
from obshto.platform.cases.codes import grouped
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

Fact = Mapping[str, Any]


def reader(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was sent from, else the e-mail address left in it, or nobody."""
    row = request_of(uow, UUID(fact["subject_id"]))
    if row.person_id:
        return [row.person_id]
    return [Address(None, row.applicant, row.email, row.language)] if row.email else []


def received(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That it arrived: its number and code, by when it is answered."""
    row = request_of(uow, UUID(fact["subject_id"]))
    slip = {"number": row.number, "code": grouped(code_of(row.request_id))}
    return worded(
        gettext("Приехме искане %(number)s", number=row.number),
        gettext("Приехме искането Ви за информация."),
        gettext("Номер: %(number)s. Код: %(code)s.", **slip),
        gettext("До %(day)s ще отговорим.", day=day(row.due_on)) if row.due_on else "",
        _where(uow, fact),
        _why(),
    )


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That there is something new about it, and where. Not what."""
    number = fact["number"]
    return worded(
        gettext("Новина по искане %(number)s", number=number),
        gettext("Има новина по искане %(number)s за информация.", number=number),
        _where(uow, fact),
        _why(),
    )


def waits(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a request waits for staff."""
    row = request_of(uow, UUID(fact["subject_id"]))
    address = f"{uow.scope.address}/console/opendata/requests/{row.id}"
    return worded(
        gettext("Искане %(number)s чака отговор", number=row.number),
        gettext("Има искане за информация, по което да отговорите: %(number)s.", number=row.number),
        gettext("До %(day)s трябва да отговорите.", day=day(row.due_on)) if row.due_on else "",
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото отговаряте за исканията за информация в общината."),
    )


def _where(uow: UnitOfWork, fact: Fact) -> str:
    base = f"{uow.scope.address}/opendata/requests"
    if request_of(uow, UUID(fact["subject_id"])).person_id:
        address = f"{base}/case/{fact['subject_id']}"
        return str(gettext("Вижте го тук: %(address)s", address=address))
    address = f"{base}/follow"
    return str(gettext("Вижте го с номера и кода си тук: %(address)s", address=address))


def _why() -> str:
    return str(gettext("Пишем Ви, защото този имейл е посочен в искането."))


def _to_person(fact: type[events.InformationFact], letter: Any = news) -> Notification:
    title = lazy_gettext("Новина по мое искане за информация")
    return Notification(fact=fact, title=title, to=reader, letter=letter)


def _to_staff(fact: type[events.InformationFact], title: LazyString) -> Notification:
    return Notification(fact=fact, title=title, to=OpendataPermission.ANSWER, letter=waits)


NOTIFICATIONS = (
    _to_person(events.AccessAsked, received),
    _to_staff(events.AccessAsked, lazy_gettext("Ново искане за информация")),
    _to_person(events.ClarificationAsked),
    _to_person(events.InformationExtended),
    _to_person(events.AccessGiven),
    _to_person(events.InformationRefused),
    _to_person(events.InformationForwarded),
    _to_staff(
        events.InformationClarified, lazy_gettext("Уточнено искане за информация чака отговор")
    ),
    _to_staff(events.InformationDueSoon, lazy_gettext("Искане за информация, чийто срок изтича")),
    _to_staff(events.InformationLate, lazy_gettext("Просрочено искане за информация")),
)
