"""Looks at what stood in people's way: who opens the list reads each of its lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.platform.accessibility.models import Barrier
from obshto.platform.modularity.processing_activities import DataKind, LookedAt
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.services import Opened, Purpose, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

PART = "accessibility"
ANSWER = "answer"
PURPOSES: Mapping[str, LazyString] = {
    ANSWER: lazy_gettext("Чете какво Ви пречи в портала, за да го поправи и да Ви отговори"),
}
KINDS = (DataKind.CONTACT, DataKind.WORDS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; ЗЕУ, чл. 58в"


def look_at_barriers(uow: UnitOfWork, rows: Sequence[Barrier]) -> None:
    """Record that somebody reads the list: one look at each line."""
    if rows:
        fact = PersonLookedAt(subject_id=rows[0].id, part=PART)
        said = Purpose(word=ANSWER, kinds=KINDS, ground=GROUND, fact=fact)
        look_at_each(uow, [_opened(row) for row in rows], said)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The messages among these ids, by their days. One query."""
    rows = uow.session.execute(select(Barrier.id, Barrier.told_on).where(Barrier.id.in_(ids)))
    return {
        row.id: LookedAt(gettext("Сигнал за достъпност от %(day)s", day=day(row.told_on)))
        for row in rows
    }


def _opened(row: Barrier) -> Opened:
    """Whose it is: an account, else the way to answer, which is an e-mail or a phone."""
    way = "email" if "@" in row.contact else "phone"
    subject = Subject(person_id=row.told_by_id, **{way: row.contact})
    return Opened(part=PART, object_id=row.id, subject=subject)
