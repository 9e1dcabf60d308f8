"""Timeline on paper for a person at the counter, whose identity a clerk has checked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.personaldata.errors import NoSuchLook
from obshto.modules.personaldata.services.kinds import LAW
from obshto.platform.db.base import new_id
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import (
    SITTING,
    Opened,
    Purpose,
    look,
    looks_by_index,
)
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART, PRINT = "personaldata", "print"
MOST = 200  # lines on one paper
KINDS = (DataKind.ACTS,)


def open_for_person(uow: UnitOfWork, subject: Subject, *, request_id: UUID) -> UUID:
    """Record that a clerk prints it for the person; the id of that look."""
    opened = Opened(part=PART, object_id=new_id(), subject=subject)
    ground = f"{LAW}, чл. 15"
    look(uow, opened, Purpose(word=PRINT, kinds=KINDS, ground=ground, request_id=request_id))
    uow.session.flush()
    wanted = select(RecordedLook.id).where(RecordedLook.request_id == request_id)
    return uow.session.scalars(wanted).one()


def lines_to_print(uow: UnitOfWork, ref: str) -> Sequence[RecordedLook]:
    """What is printed in the sitting in which the clerk opened it. Raises NoSuchLook."""
    try:
        look_id = UUID(ref)
    except ValueError:
        raise NoSuchLook from None
    own = select(RecordedLook).where(
        RecordedLook.id == look_id,
        RecordedLook.purpose == PRINT,
        RecordedLook.by_id == uow.principal.person_id,
        RecordedLook.at > uow.now - SITTING,
    )
    found = uow.session.scalar(own)
    if found is None:
        raise NoSuchLook
    return uow.session.scalars(looks_by_index(found.subject_index).limit(MOST)).all()
