"""Home addresses: the one place that reads them, for the visitor, on the day, and for an alarm.

Three leaks of the field are closed by shape, not by care: the address has a table of its own which
no relationship leads to, no letter or public page calls this module, and what opens it is the
visit (whose it is, which day it is), never a code or an address of a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, select

from obshto.modules.assistants.events import AddressesOpened, AddressOpenedInAlarm, AddressWritten
from obshto.modules.assistants.models import HelpRequest, HomeAddress, HomeVisit
from obshto.modules.assistants.services.kinds import PART
from obshto.modules.assistants.services.states import RUNNING, note, record
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.services import Opened, Purpose, look, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

VISIT, ALARM = "visit", "alarm"
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.ADDRESS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „а“ и „е“"


def put_address(uow: UnitOfWork, row: HelpRequest, address: str, directions: str) -> None:
    """Write it down or write it anew. It can be written without being read."""
    known = select(HomeAddress.case_id).where(HomeAddress.case_id == row.id)
    if uow.session.scalar(known):
        uow.session.execute(delete(HomeAddress).where(HomeAddress.case_id == row.id))
        note(uow, row, "address", is_internal=True)
        record(uow, row, AddressWritten)
    uow.session.add(HomeAddress(case_id=row.id, address=address, directions=directions))
    uow.session.flush()


def open_for_visits(
    uow: UnitOfWork, visits: Sequence[tuple[HomeVisit, HelpRequest]], person_id: UUID | None
) -> Mapping[UUID, HomeAddress]:
    """By request: the addresses of those visits that are the visitor's own, today, and not over.

    The caller gives the pairs of one assistant whose account is `person_id`. Each is a look that
    the person reads. Two queries.
    """
    today, me = day_of(uow.now), uow.principal.person_id
    if me is None or me != person_id:
        return {}
    mine = [
        (visit, row)
        for visit, row in visits
        if visit.state in RUNNING and day_of(visit.starts_at) == today
    ]
    if not mine:
        return {}
    load_people(uow, [row.id for _, row in mine])
    visit, row = mine[0]
    fact = AddressesOpened(subject_id=visit.id, number=row.number)
    said = Purpose(word=VISIT, kinds=KINDS, ground=GROUND, fact=fact)
    look_at_each(uow, [opened(row) for _, row in mine], said)
    return _addresses(uow, [row.id for _, row in mine])


def open_in_alarm(
    uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, *, request_id: UUID
) -> HomeAddress | None:
    """For the coordinator, while no word comes of a visitor: somebody must be sent there."""
    if not is_alarmed(visit):
        return None
    fact = AddressOpenedInAlarm(subject_id=visit.id, number=row.number)
    said = Purpose(word=ALARM, kinds=KINDS, ground=GROUND, request_id=request_id, fact=fact)
    look(uow, opened(row), said)
    return _addresses(uow, [row.id]).get(row.id)


def is_alarmed(visit: HomeVisit) -> bool:
    """No word came of it, and nobody has cleared that."""
    return visit.alarm_at is not None and visit.alarm_ended_at is None


def forget_addresses(uow: UnitOfWork, ids: Sequence[UUID]) -> None:
    """They are gone for good."""
    uow.session.execute(delete(HomeAddress).where(HomeAddress.case_id.in_(ids)))


def own_addresses(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, HomeAddress]:
    """For the copy that a person takes of their own data, and for nothing else."""
    return _addresses(uow, ids)


def opened(row: HelpRequest) -> Opened:
    """The request as a thing whose data somebody opens."""
    subject = Subject(person_id=row.person_id, email=row.email or "", phone=row.phone or "")
    return Opened(part=PART, object_id=row.id, subject=subject)


def load_people(uow: UnitOfWork, ids: Sequence[UUID]) -> None:
    """Names and phones of these requests, which lists leave out. One query."""
    wanted = select(HelpRequest).where(HelpRequest.id.in_(ids))
    uow.session.scalars(wanted.execution_options(populate_existing=True)).all()


def _addresses(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, HomeAddress]:
    rows = uow.session.scalars(select(HomeAddress).where(HomeAddress.case_id.in_(ids)))
    return {row.case_id: row for row in rows}
