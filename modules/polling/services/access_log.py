"""Looks at commissions: opened to appoint them, printed to write to them and to train them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.polling.events import CommissionLookedAt
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

GROUND = "ЗПУГДВМС, чл. 7, ал. 3 и 4; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
APPOINT, LETTERS, TRAIN = "appoint", "letters", "train"
KINDS = (DataKind.NAME, DataKind.CONTACT)
PURPOSES: Mapping[str, LazyString] = {
    APPOINT: _("Съставя секционна комисия"),
    LETTERS: _("Печата писма до членовете на комисиите"),
    TRAIN: _("Кани членовете на комисиите на обучение"),
}


def look_at_commission(uow: UnitOfWork, section_id: UUID, purpose: str) -> None:
    """Record that somebody opens the names. The members have no account: it points at nobody."""
    opened = Opened(part="polling", object_id=section_id, subject=Subject())
    fact = CommissionLookedAt(subject_id=section_id)
    look(uow, opened, Purpose(word=purpose, kinds=KINDS, ground=GROUND, fact=fact))


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """What was opened."""
    return {one: LookedAt(gettext("Секционни комисии"), "") for one in ids}
