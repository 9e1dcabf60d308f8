"""Looks at what somebody owes: each sitting at the counter is recorded for the payer to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.payments.models import Payer
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.services import Opened, Purpose, look, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

COUNTER, IMPORT, REVIEW, CHANGES = "counter", "import", "review", "changes"
NOTICES, PAID = "notices", "paid"
PURPOSES: Mapping[str, LazyString] = {
    COUNTER: lazy_gettext("Видя какво дължите, за да го платите или да Ви отговори"),
    IMPORT: lazy_gettext("Видя името Ви сред въведените задължения"),
    REVIEW: lazy_gettext("Провери какво ще промени нов файл в задълженията Ви"),
    CHANGES: lazy_gettext("Изтегли промените на задълженията Ви, за да ги провери"),
    NOTICES: lazy_gettext("Изтегли кода Ви, за да се отпечата известието"),
    PAID: lazy_gettext("Изтегли платеното от Вас за данъчната програма"),
}
SEEN: Mapping[str, tuple[DataKind, ...]] = {
    IMPORT: (DataKind.NAME,),
    REVIEW: (DataKind.NAME, DataKind.MONEY, DataKind.PROPERTY),
    CHANGES: (DataKind.NAME, DataKind.NUMBER, DataKind.MONEY, DataKind.PROPERTY),
    NOTICES: (DataKind.NAME, DataKind.NUMBER, DataKind.MONEY),
    PAID: (DataKind.NUMBER, DataKind.MONEY, DataKind.PROPERTY),
}
KINDS = (DataKind.NAME, DataKind.NUMBER, DataKind.MONEY, DataKind.PROPERTY)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; ЗМДТ, чл. 4"


def look_at_payer(uow: UnitOfWork, payer: Payer) -> None:
    """Who opens the page at the counter looks by that alone."""
    look(uow, _opened(payer), Purpose(word=COUNTER, kinds=KINDS, ground=GROUND))


def look_at_payers(uow: UnitOfWork, payers: Iterable[Payer], purpose: str) -> None:
    """Record that somebody reads or takes away a list: one look at each payer on it."""
    opened = [_opened(payer) for payer in dict.fromkeys(payers)]
    if opened:
        fact = PersonLookedAt(subject_id=opened[0].object_id, part="payments")
        said = Purpose(word=purpose, kinds=SEEN[purpose], ground=GROUND, fact=fact)
        look_at_each(uow, opened, said)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """Notices have no name that a payer would know them by."""
    return {payer_id: LookedAt(gettext("Данъци и такси"), "/payments/") for payer_id in ids}


def _opened(payer: Payer) -> Opened:
    subject = Subject(number=payer.number, name=payer.name)
    return Opened(part="payments", object_id=payer.id, subject=subject)
