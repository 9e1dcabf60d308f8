"""Looks at who suggested an event: who opens the page to answer it looks by that alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.modules.events.models import Suggestion
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

ANSWER = "answer"
PURPOSES: Mapping[str, LazyString] = {
    ANSWER: lazy_gettext("Решава дали да публикува предложеното събитие"),
}
KINDS = (DataKind.CONTACT, DataKind.WORDS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"


def look_at_sender(uow: UnitOfWork, row: Suggestion) -> None:
    """Nothing where nobody stands behind it."""
    if row.email or row.sent_by_id:
        subject = _subject_of(row)
        opened = Opened(part="events", object_id=row.id, subject=subject)
        look(uow, opened, Purpose(word=ANSWER, kinds=KINDS, ground=GROUND))


def restricted(uow: UnitOfWork, row: Suggestion) -> DataRestricted | None:
    """Why staff may not act upon it: a restriction that was accepted after it was sent."""
    return restriction_refusal(uow, lambda: _subject_of(row), since=row.sent_at)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The suggestions among these ids, by their title. One query."""
    rows = uow.session.execute(
        select(Suggestion.id, Suggestion.title).where(Suggestion.id.in_(ids))
    )
    return {row.id: LookedAt(gettext("Предложено събитие")) for row in rows}


def _subject_of(row: Suggestion) -> Subject:
    return Subject(person_id=row.sent_by_id, email=row.email)
