"""Letters of requests: to who asked, to the data protection officer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.personaldata import events
from obshto.modules.personaldata.permissions import PersonalDataPermission
from obshto.modules.personaldata.services.codes import code_of, proof_of
from obshto.modules.personaldata.services.queries import request_of
from obshto.platform.cases.codes import grouped
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.privacy.restrictions import restriction_by
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, moment

Fact = Mapping[str, Any]


def reader(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was sent from, else the e-mail address left in it, or nobody."""
    row = request_of(uow, UUID(fact["subject_id"]))
    if row.person_id:
        return [row.person_id]
    return [Address(None, row.applicant, row.email, row.language)] if row.email else []


def to_confirm(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """The question whether the reader of the address sent it."""
    row = request_of(uow, UUID(fact["subject_id"]))
    path = f"/personaldata/confirm/{row.id}/{proof_of(row.request_id)}"
    return worded(
        gettext("Потвърдете искане %(number)s", number=fact["number"]),
        gettext("Някой подаде искане за лични данни и посочи този имейл."),
        gettext("Ако сте Вие, потвърдете го тук: %(address)s", address=uow.scope.address + path),
        gettext("Ако не сте Вие, не правете нищо. След 14 дни изтриваме искането."),
        gettext("Номер: %(number)s. Код: %(code)s.", **_slip(row.number, row.request_id)),
    )


def received(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That it arrived: its number, by when it is answered."""
    row = request_of(uow, UUID(fact["subject_id"]))
    promise = gettext("До %(day)s ще отговорим.", day=day(row.due_on)) if row.due_on else ""
    return worded(
        gettext("Приехме искане %(number)s", number=fact["number"]),
        gettext("Приехме искането Ви за лични данни. Номер: %(number)s.", number=fact["number"]),
        promise,
        _where(uow, fact),
        _why(),
    )


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That there is something new about it, and where. Not what."""
    return worded(
        gettext("Новина по искане %(number)s", number=fact["number"]),
        gettext("Има новина по искане %(number)s за лични данни.", number=fact["number"]),
        _where(uow, fact),
        _why(),
    )


def lifted(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Before their data are used again: from when, and where to read why."""
    limit = restriction_by(uow, UUID(fact["subject_id"]))
    assert limit.ends_at
    return worded(
        gettext("Ограничението по искане %(number)s се вдига", number=fact["number"]),
        gettext("От %(at)s общината отново ползва данните Ви.", at=moment(limit.ends_at)),
        gettext("Защо, пише на страницата на искането. Ако не сте съгласни, обадете се."),
        _where(uow, fact),
        _why(),
    )


def waits(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a request waits for the officer."""
    row = request_of(uow, UUID(fact["subject_id"]))
    address = f"{uow.scope.address}/console/personaldata/{fact['subject_id']}"
    promise = gettext("До %(day)s трябва да отговорите.", day=day(row.due_on)) if row.due_on else ""
    return worded(
        gettext("Искане %(number)s чака Вас", number=fact["number"]),
        gettext("Има искане за лични данни, по което да отговорите: %(number)s.", **_number(fact)),
        promise,
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото отговаряте за личните данни в общината."),
    )


def is_late(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That one is past its term, for who answers for the municipality: no name, no kind."""
    address = f"{uow.scope.address}/console/personaldata/numbers"
    return worded(
        gettext("Просрочено искане за лични данни"),
        gettext("Общината не отговори в срок на искане за лични данни. Срокът е по закон."),
        gettext("Колко са исканията, вижте тук: %(address)s", address=address),
    )


def _number(fact: Fact) -> dict[str, str]:
    return {"number": fact["number"]}


def _slip(number: str, request_id: UUID) -> dict[str, str]:
    return {"number": number, "code": grouped(code_of(request_id))}


def _where(uow: UnitOfWork, fact: Fact) -> str:
    if request_of(uow, UUID(fact["subject_id"])).person_id:
        address = f"{uow.scope.address}/personaldata/case/{fact['subject_id']}"
        return str(gettext("Вижте го тук: %(address)s", address=address))
    address = f"{uow.scope.address}/personaldata/follow"
    return str(gettext("Вижте го с номера и кода си тук: %(address)s", address=address))


def _why() -> str:
    return str(gettext("Пишем Ви, защото този имейл е посочен в искането."))


def _to_person(fact: type[events.RequestFact], letter: Any = news) -> Notification:
    title = lazy_gettext("Новина по мое искане за лични данни")
    return Notification(fact=fact, title=title, to=reader, letter=letter)


def _to_officer(fact: type[events.RequestFact], title: LazyString) -> Notification:
    return Notification(fact=fact, title=title, to=PersonalDataPermission.HANDLE, letter=waits)


NOTIFICATIONS = (
    Notification(
        fact=events.RequestToConfirm,
        title=lazy_gettext("Потвърждение на искане за лични данни"),
        to=reader,
        letter=to_confirm,
    ),
    _to_person(events.RequestSent, received),
    _to_officer(events.RequestSent, lazy_gettext("Ново искане за лични данни")),
    _to_person(events.IdentityAsked),
    _to_person(events.RequestExtended),
    _to_person(events.RequestAnswered),
    _to_person(events.RequestRefused),
    _to_person(events.LimitLifted, lifted),
    _to_officer(events.RequestDueSoon, lazy_gettext("Искане, чийто срок изтича")),
    _to_officer(events.RequestLate, lazy_gettext("Просрочено искане")),
    Notification(
        fact=events.RequestLate,
        title=lazy_gettext("Брой просрочени искания за лични данни"),
        to=PersonalDataPermission.OVERSEE,
        letter=is_late,
    ),
)
