"""Telling authors whom no letter reaches: a list with the answers, ticked off by staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, or_, select

from obshto.modules.consultations.errors import ConsultationNotOver
from obshto.modules.consultations.events import OpinionAuthorLookedAt
from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.access_log import (
    GROUND,
    KINDS,
    PART,
    restricted,
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
    """Opinions of which nobody was told yet, in order; a repeated one is told with its first."""
    own = select(Opinion).where(
        Opinion.consultation_id == consultation.id, UNREACHED, Opinion.same_as.is_(None)
    )
    return own.order_by(*IN_ORDER).options(*UNSHOWN)


def look_at_authors(
    uow: UnitOfWork, consultation: Consultation, ids: Collection[UUID], purpose: str, reason: str
) -> None:
    """Open whom to tell, for a purpose that each of them can read."""
    wanted = select(Opinion).where(
        Opinion.consultation_id == consultation.id, UNREACHED, Opinion.id.in_(ids)
    )
    found = uow.session.scalars(wanted.order_by(*IN_ORDER)).all()
    opened = [
        purposes.Opened(part=PART, object_id=one.id, subject=subject_of(one))
        for one in found
        if not restricted(uow, one)
    ]
    if opened:
        fact = OpinionAuthorLookedAt(subject_id=opened[0].object_id, number=found[0].number)
        said = purposes.Purpose(word=purpose, kinds=KINDS, ground=GROUND, reason=reason, fact=fact)
        purposes.look_at_each(uow, opened, said)


def reaches_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Reach]:
    """Of those that were opened in this sitting. Two queries."""
    seen = purposes.looking_at(uow, PART, ids)
    columns = (Opinion.id, Opinion.author, Opinion.phone, Opinion.settlement)
    rows = uow.session.execute(select(*columns).where(Opinion.id.in_(seen))) if seen else ()
    return {key: Reach(author, phone, place) for key, author, phone, place in rows}


def mark_many_told(uow: UnitOfWork, consultation_id: UUID, ids: Sequence[UUID], how: str) -> int:
    """Staff told these authors; how many are new. What is told already stays as it was.

    Raises NoSuchConsultation, ConsultationNotOver.
    """
    consultation = consultation_of(uow, consultation_id)
    if consultation.outcome_at is None:
        raise ConsultationNotOver
    wanted = select(Opinion).where(
        Opinion.consultation_id == consultation.id,
        UNREACHED,
        or_(Opinion.id.in_(ids), Opinion.same_as.in_(ids)),
    )
    found = uow.session.scalars(wanted.order_by(Opinion.id).with_for_update()).all()
    told = [one for one in found if not restricted(uow, one)]
    for opinion in told:
        opinion.told_at, opinion.told_how = uow.now, how
    return len(told)
