"""Looks at the rows of a petition, by its committee and by staff, each for a purpose.

A look stands with the petition, whose signatories have no account: it points at nobody among them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.modules.referendum.events import SignaturesLookedAt
from obshto.modules.referendum.models import Referendum
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "referendum"
PURPOSES: Mapping[str, LazyString] = {
    "check": lazy_gettext("Проверява въведеното"),
    "correct": lazy_gettext("Поправя ред"),
    "file": lazy_gettext("Предава файла на съвета или на ГРАО"),
    "ask": lazy_gettext("Отговаря на човек, който е подписал"),
}
KINDS = (DataKind.NAME, DataKind.NUMBER, DataKind.ADDRESS)
GROUND = "ЗПУГДВМС, чл. 28; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
MOST = 100


def look_at_rows(uow: UnitOfWork, proposal: Referendum, purpose: str, *, request_id: UUID) -> None:
    """Write down that somebody opens the rows, and what for."""
    said = purposes.Purpose(
        word=purpose,
        kinds=KINDS,
        ground=GROUND,
        request_id=request_id,
        fact=SignaturesLookedAt(subject_id=proposal.id, number=proposal.number),
    )
    purposes.look(uow, purposes.Opened(part=PART, object_id=proposal.id, subject=Subject()), said)


def sees_rows(uow: UnitOfWork, proposal: Referendum) -> bool:
    """Said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, proposal.id)


def looks_at(uow: UnitOfWork, proposal: Referendum) -> Sequence[RecordedLook]:
    """Who opened the rows, the newest first. One query."""
    rows = purposes.looks_at_objects(PART, (proposal.id,)).limit(MOST)
    return uow.session.scalars(rows).all()


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The petitions among these ids, by their questions. One query."""
    rows = select(Referendum.id, Referendum.question).where(Referendum.id.in_(ids))
    return {
        row.id: LookedAt(gettext("Подписка „%(question)s“", question=row.question))
        for row in uow.session.execute(rows)
    }
