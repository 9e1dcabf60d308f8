"""Letters of the rota: a shift was given, called off, taken over; a substitute is sought.

Who did it needs no letter about it. A volunteer has no account: staff call them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.centres import events
from obshto.modules.centres.models import Centre, RotaShift, RotaWorker
from obshto.modules.centres.services.rota import shift_of, staff_here
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, short_day

Fact = Mapping[str, Any]
Readers = Collection[UUID | Address]
Letter = tuple[str, str]


def on_duty(uow: UnitOfWork, fact: Fact) -> Readers:
    """Whose shift it is."""
    shift = _shift(uow, fact)
    return _but(shift, [shift.worker.person_id])


def colleagues(uow: UnitOfWork, fact: Fact) -> Readers:
    """Who could take it: staff with the right, but for whose it is."""
    shift = _shift(uow, fact)
    return _but(shift, [one for one in staff_here(uow) if one != shift.worker.person_id])


def former(uow: UnitOfWork, fact: Fact) -> Readers:
    """Whose shift it was."""
    shift = _shift(uow, fact)
    worker = uow.session.get(RotaWorker, shift.former_id) if shift.former_id else None
    return _but(shift, [worker.person_id if worker else None])


def in_week(uow: UnitOfWork, fact: Fact) -> Readers:
    """Who has shifts in the week that was copied."""
    worker = uow.session.get(RotaWorker, UUID(fact["subject_id"]))
    return [worker.person_id] if worker and worker.person_id else []


def given(uow: UnitOfWork, fact: Fact) -> Letter | None:
    """None where it was called off in the meantime."""
    shift = _shift(uow, fact)
    if shift.cancelled_at is not None:
        return None
    return worded(gettext("Дежурство %(when)s", when=_when(shift)), _where(uow, shift), *_foot(uow))


def cancelled(uow: UnitOfWork, fact: Fact) -> Letter:
    shift = _shift(uow, fact)
    subject = gettext("Отменено дежурство %(when)s", when=_when(shift))
    return worded(subject, _where(uow, shift), *_foot(uow))


def asked(uow: UnitOfWork, fact: Fact) -> Letter | None:
    """None where nobody is sought any more."""
    shift = _shift(uow, fact)
    if shift.asked_at is None or shift.cancelled_at is not None:
        return None
    return worded(
        gettext("Търси се заместник %(when)s", when=_when(shift)),
        _where(uow, shift),
        gettext("Ако може да дежурите, натиснете „Поемете дежурството“."),
        *_foot(uow),
    )


def taken(uow: UnitOfWork, fact: Fact) -> Letter:
    shift = _shift(uow, fact)
    return worded(
        gettext("Имате заместник %(when)s", when=_when(shift)),
        gettext("Дежурството пое %(name)s.", name=shift.worker.name),
        _where(uow, shift),
        *_foot(uow),
    )


def planned(uow: UnitOfWork, fact: Fact) -> Letter:
    """One letter for the whole week."""
    first = day(date.fromisoformat(fact["first"]))
    return worded(
        gettext("Дежурства в седмицата от %(day)s", day=first),
        gettext("Брой на дежурствата Ви: %(num)s.", num=fact["number"]),
        *_foot(uow),
    )


def _but(shift: RotaShift, people: Collection[UUID | None]) -> Readers:
    return [one for one in people if one and one != shift.changed_by_id]


def _shift(uow: UnitOfWork, fact: Fact) -> RotaShift:
    return shift_of(uow, UUID(fact["subject_id"]))


def _when(shift: RotaShift) -> str:
    values = {"day": short_day(shift.day), "opens": clock(shift.starts_at)}
    return str(
        gettext("на %(day)s от %(opens)s до %(closes)s", closes=clock(shift.ends_at), **values)
    )


def _where(uow: UnitOfWork, shift: RotaShift) -> str:
    centre = uow.session.get(Centre, shift.centre_id)
    return ", ".join(filter(None, (centre.name, centre.address))) if centre else ""


def _foot(uow: UnitOfWork) -> tuple[str, str]:
    address = f"{uow.scope.address}/console/centres/duty"
    return (
        str(gettext("Вижте дежурствата тук: %(address)s", address=address)),
        str(gettext("Пишем Ви, защото посрещате хора в центровете.")),
    )


NOTIFICATIONS = (
    Notification(fact=events.ShiftGiven, title=_("Мое дежурство"), to=on_duty, letter=given),
    Notification(
        fact=events.ShiftCancelled, title=_("Отменено мое дежурство"), to=on_duty, letter=cancelled
    ),
    Notification(
        fact=events.SubstituteAsked, title=_("Търси се заместник"), to=colleagues, letter=asked
    ),
    Notification(
        fact=events.ShiftTaken, title=_("Заместник за мое дежурство"), to=former, letter=taken
    ),
    Notification(
        fact=events.WeekPlanned, title=_("Дежурствата ми за седмицата"), to=in_week, letter=planned
    ),
)
