"""Continuation of a consultation: its outcome becomes a point of the council's agenda.

The decision that is taken on that point follows from the consultation in one thread, and so does
its carrying out.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString, gettext

from obshto.modules.consultations.errors import NoSuchAgenda
from obshto.modules.consultations.events import ConsultationPutOnAgenda
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.consultations import tell
from obshto.platform.modularity.intakes import AgendaIntake, HandedOn
from obshto.platform.modularity.ports import port_here
from obshto.platform.thread.links import led_to, link_ahead
from obshto.platform.unit_of_work import UnitOfWork

PART, MEETINGS = "consultations", "meetings"


def agendas_here(uow: UnitOfWork) -> Mapping[str, LazyString | str]:
    """Planned meetings by id, the next first, for who may plan them; else none."""
    desk = _desk(uow)
    return desk.kinds(uow) if desk else {}


def agendas_of(uow: UnitOfWork, consultation: Consultation) -> list[UUID]:
    """Meetings on whose agendas its outcome was put. One query."""
    return [it for part, it in led_to(uow, (PART, consultation.id)) if part == MEETINGS]


def put_on_agenda(
    uow: UnitOfWork, consultation: Consultation, meeting: str, *, request_id: UUID
) -> None:
    """Its outcome is a point of that meeting, once. Raises NoSuchAgenda, what meetings refuse."""
    desk = _desk(uow)
    if desk is None or not consultation.outcome_at or meeting not in desk.kinds(uow):
        raise NoSuchAgenda
    if UUID(meeting) in agendas_of(uow, consultation):
        return
    address = f"{uow.scope.address}{consultation.path}"
    handed = HandedOn(
        kind=meeting,
        title=consultation.title,
        text=consultation.outcome,
        settlement="",
        origin=gettext("След обществено обсъждане: %(address)s", address=address),
        source=(PART, consultation.id),
    )
    taken = desk.take_up(uow, handed, request_id=request_id)
    assert taken.thing
    link_ahead(uow, (PART, consultation.id), taken.thing, request_id=request_id)
    tell(uow, ConsultationPutOnAgenda, consultation)


def _desk(uow: UnitOfWork) -> AgendaIntake | None:
    desk = port_here(AgendaIntake)
    is_mine = desk and (desk.permission is None or uow.principal.may(desk.permission))
    return desk if is_mine else None
