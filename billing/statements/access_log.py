"""Looks at who paid by transfer: a statement is opened once a sitting, for its payers to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.billing.statements.events import StatementLooked
from obshto.billing.statements.models import Statement, StatementLine
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

TRANSFER = "transfer"
PURPOSES: Mapping[str, LazyString] = {
    TRANSFER: lazy_gettext("Позна Вашия банков превод, за да отчете плащането Ви"),
}
KINDS = (DataKind.NAME, DataKind.MONEY)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; Закон за счетоводството, чл. 12"


def look_at_lines(uow: UnitOfWork, subject_id: UUID, lines: Iterable[StatementLine]) -> None:
    """Who opens a list of lines looks by that alone; each payer with an account reads of it.

    `subject_id` is the statement, or whatever else the list is of.
    """
    opened = [Opened(part="billing", object_id=subject_id, subject=Subject())]
    for line in lines:
        charge = line.charge
        if charge and charge.person_id:
            subject = Subject(person_id=charge.person_id, name=charge.payer or "")
            opened.append(Opened(part="billing", object_id=line.id, subject=subject))
    fact = StatementLooked(subject_id=subject_id, rows=len(opened) - 1)
    look_at_each(uow, opened, Purpose(word=TRANSFER, kinds=KINDS, ground=GROUND, fact=fact))


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """A transfer has no name of its own; what it paid stands among the payments. One query."""
    lines = select(StatementLine.id).where(StatementLine.id.in_(ids))
    wanted = lines.union(select(Statement.id).where(Statement.id.in_(ids)))
    found = uow.session.scalars(wanted)
    return {one: LookedAt(gettext("Банков превод"), "/account/payments") for one in found}
