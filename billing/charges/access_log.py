"""Looks at whose a charge is: who opens its page or takes its money looks by that alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.billing.charges.models import Charge
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

CHARGE, CASH = "charge", "cash"
PURPOSES: Mapping[str, LazyString] = {
    CHARGE: lazy_gettext("Отваря Ваше задължение, за да го отчете или да Ви отговори"),
    CASH: lazy_gettext("Приема плащането Ви на каса"),
}
KINDS = (DataKind.NAME, DataKind.MONEY)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; Закон за счетоводството, чл. 12"


def look_at_charge(uow: UnitOfWork, charge: Charge, purpose: str = CHARGE) -> None:
    """Record that a page names who pays; a charge of nobody in particular has nobody to tell."""
    if not (charge.payer or charge.person_id):
        return
    subject = Subject(person_id=charge.person_id, name=charge.payer or "")
    opened = Opened(part="billing", object_id=charge.id, subject=subject)
    look(uow, opened, Purpose(word=purpose, kinds=KINDS, ground=GROUND))


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The charges among these ids, by what they are for. One query."""
    wanted = select(Charge.id, Charge.purpose, Charge.person_id).where(Charge.id.in_(ids))
    return {
        row.id: LookedAt(
            gettext("Плащане"), "/account/payments" if row.person_id else "", row.purpose
        )
        for row in uow.session.execute(wanted)
    }
