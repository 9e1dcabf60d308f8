"""Retention of petitions: names go by the term, what each row was worth stays."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from obshto.platform.petitions.kinds import PetitionKind, Row, Sheet
from obshto.platform.petitions.models import MemberRow
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 500  # rows of one transaction


def empty_rows(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID) -> int:
    """Take names, numbers, addresses out of so many rows; how many there were, 0 at the end."""
    row = kind.row
    wanted = select(row).where(row.petition_id == petition_id, row.is_emptied.is_(False))
    found = uow.session.scalars(wanted.order_by(row.id).limit(AT_ONCE).with_for_update()).all()
    for one in found:
        one.name = one.egn = one.address = one.note = None
        one.egn_index, one.is_emptied = None, True
    uow.session.flush()
    return len(found)


def forget_staff(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], person_id: UUID) -> None:
    """Of who printed, entered or looked no name stays."""
    for model, column, values in (
        (kind.sheet, kind.sheet.printed_by_id, {"printed_by_id": None}),
        (kind.row, kind.row.entered_by_id, {"entered_by_id": None}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def empty_member(member: MemberRow) -> None:
    """Of a member of a committee the seat alone stays, and whether it was the chair's."""
    member.person_id = member.code_index = member.egn_index = None
    member.name = member.egn = member.address = None
