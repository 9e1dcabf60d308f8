"""Looks at photos of protocols: names and signatures of a commission's members stand on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.results.events import ProtocolLookedAt
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

GROUND = "ЗПУГДВМС, чл. 39 и 40; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
COMPARE = "compare"
KINDS = (DataKind.NAME,)
PURPOSES: Mapping[str, LazyString] = {COMPARE: _("Сверява числа с протокола на секцията")}


def look_at_photo(uow: UnitOfWork, section_id: UUID) -> None:
    """Record that somebody opens it. The members have no account: it points at nobody."""
    opened = Opened(part="results", object_id=section_id, subject=Subject())
    fact = ProtocolLookedAt(subject_id=section_id)
    look(uow, opened, Purpose(word=COMPARE, kinds=KINDS, ground=GROUND, fact=fact))


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """What was opened."""
    return {one: LookedAt(gettext("Протоколи на секции"), "") for one in ids}
