"""Looks at what somebody owes: each sitting at the counter is recorded for the payer to read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.payments.models import Payer
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

COUNTER = "counter"
PURPOSES: Mapping[str, LazyString] = {
    COUNTER: lazy_gettext("Видя какво дължите, за да го платите или да Ви отговори"),
}
KINDS = (DataKind.NAME, DataKind.NUMBER, DataKind.MONEY, DataKind.PROPERTY)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; ЗМДТ, чл. 4"


def look_at_payer(uow: UnitOfWork, payer: Payer) -> None:
    """Who opens the page at the counter looks by that alone."""
    subject = Subject(number=payer.number, name=payer.name)
    opened = Opened(part="payments", object_id=payer.id, subject=subject)
    look(uow, opened, Purpose(word=COUNTER, kinds=KINDS, ground=GROUND))


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """Notices have no name that a payer would know them by."""
    return {payer_id: LookedAt(gettext("Данъци и такси"), "/payments/") for payer_id in ids}
