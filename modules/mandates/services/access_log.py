"""Looks at a mandate: who prepares it, who enters the signature, the assistant who acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.mandates.events import MandatesLookedAt
from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.kinds import GROUND, PART
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

HANDLE, ACT = "handle", "act"
PURPOSES: Mapping[str, LazyString] = {
    HANDLE: _("Подготвя съгласие, вписва подписа или оттеглянето му"),
    ACT: _("Действа от Ваше име с Вашето съгласие"),
}
KINDS = (DataKind.NAME, DataKind.CONTACT)


def look_at_mandate(uow: UnitOfWork, row: Mandate) -> None:
    """Record that somebody opens who gave it, to whom, before which witnesses, their strokes."""
    look(uow, _opened(row), Purpose(word=HANDLE, kinds=KINDS, ground=GROUND))


def look_at_own(uow: UnitOfWork, rows: Sequence[Mandate]) -> None:
    """Record that an assistant opens the names of those who gave them mandates."""
    if rows:
        fact = MandatesLookedAt(subject_id=rows[0].id, number=rows[0].number)
        said = Purpose(word=ACT, kinds=(DataKind.NAME,), ground=GROUND, fact=fact)
        look_at_each(uow, [_opened(row) for row in rows], said)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The mandates among these ids, as their people know them. One query."""
    known = load_only(Mandate.year, Mandate.sequence, Mandate.has_profile)
    rows = uow.session.scalars(select(Mandate).where(Mandate.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Съгласие за помощ %(number)s", number=row.number),
            f"/mandates/mandate/{row.id}" if row.has_profile else "",
        )
        for row in rows
    }


def _opened(row: Mandate) -> Opened:
    subject = Subject(person_id=row.person_id, email=row.email or "", phone=row.phone or "")
    return Opened(part=PART, object_id=row.id, subject=subject)
