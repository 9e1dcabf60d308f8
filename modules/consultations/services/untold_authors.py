"""Telling authors whom no letter reaches: a list with the answers, ticked off by staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, select

from obshto.modules.consultations.errors import ConsultationNotOver
from obshto.modules.consultations.events import OpinionAuthorsLookedAt, OpinionAuthorTold
from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.access_log import (
    GROUND,
    KINDS,
    PART,
    restricted_among,
    subject_of,
)
from obshto.modules.consultations.services.queries import (
    IN_ORDER,
    UNREACHED,
    UNSHOWN,
    consultation_of,
)
from obshto.platform.purposes import services as purposes
from obshto.platform.unit_of_work import UnitOfWork

BY_PHONE, BY_POST, IN_PERSON = "phone", "post", "person"
HOW: Mapping[str, LazyString] = {
    BY_PHONE: lazy_gettext("По телефона"),
    BY_POST: lazy_gettext("С писмо по пощата"),
    IN_PERSON: lazy_gettext("Лично"),
}


class Reach(NamedTuple):
    """Whom to tell: what the author left of themselves."""

    author: str
    phone: str | None
    settlement: str


def to_tell(consultation: Consultation) -> Select[Opinion]:
    """Opinions whose authors wait to be told, in order; what staff do not see is not decrypted."""
    return _waiting(consultation).options(*UNSHOWN)


def look_at_authors(
    uow: UnitOfWork, consultation: Consultation, ids: Collection[UUID], purpose: str, reason: str
) -> None:
    """Open whom to tell, for a purpose that each of them can read; who restricts stays closed."""
    found = uow.session.scalars(_waiting(consultation).where(Opinion.id.in_(ids))).all()
    bound = restricted_among(uow, found)
    opened = [
        purposes.Opened(part=PART, object_id=one.id, subject=subject_of(one))
        for one in found
        if one.id not in bound
    ]
    fact = OpinionAuthorsLookedAt(subject_id=consultation.id, title=consultation.title)
    said = purposes.Purpose(word=purpose, kinds=KINDS, ground=GROUND, reason=reason, fact=fact)
    purposes.look_at_each(uow, opened, said)


def reaches_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Reach]:
    """Of those that were opened in this sitting. Two queries."""
    seen = purposes.looking_at(uow, PART, ids)
    columns = (Opinion.id, Opinion.author, Opinion.phone, Opinion.settlement)
    rows = uow.session.execute(select(*columns).where(Opinion.id.in_(seen))) if seen else ()
    return {key: Reach(author, phone, place) for key, author, phone, place in rows}


def mark_many_told(uow: UnitOfWork, consultation_id: UUID, ids: Collection[UUID], how: str) -> None:
    """Staff told these authors. What is told already, and who restricts, stays as it was.

    Raises NoSuchConsultation, ConsultationNotOver.
    """
    consultation = consultation_of(uow, consultation_id)
    if consultation.outcome_at is None:
        raise ConsultationNotOver
    wanted = to_tell(consultation).where(Opinion.id.in_(ids))
    found = uow.session.scalars(wanted.with_for_update()).all()
    bound = restricted_among(uow, found)
    for opinion in found:
        if opinion.id not in bound:
            opinion.told_at, opinion.told_how = uow.now, how
            uow.emit(OpinionAuthorTold(subject_id=opinion.id, number=opinion.number))


def _waiting(consultation: Consultation) -> Select[Opinion]:
    own = select(Opinion).where(Opinion.consultation_id == consultation.id, UNREACHED)
    return own.order_by(*IN_ORDER)
