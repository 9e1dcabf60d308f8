"""Looks at the author of an opinion, for a purpose that the author reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.consultations.events import OpinionAuthorLookedAt
from obshto.modules.consultations.models import Opinion
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal, restriction_refusals
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "consultations"
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.FILES)
GROUND = "ЗНА, чл. 26; АПК, чл. 69; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"


def look_at_author(
    uow: UnitOfWork, opinion: Opinion, purpose: str, *, request_id: UUID, reason: str = ""
) -> None:
    """Open who wrote it, for a purpose that the person will read."""
    fact = OpinionAuthorLookedAt(subject_id=opinion.id, number=opinion.number)
    said = purposes.Purpose(
        word=purpose, kinds=KINDS, ground=GROUND, request_id=request_id, reason=reason, fact=fact
    )
    opened = purposes.Opened(part=PART, object_id=opinion.id, subject=subject_of(opinion))
    purposes.look(uow, opened, said)


def subject_of(opinion: Opinion) -> Subject:
    """Whose data stand in an opinion."""
    return Subject(
        person_id=opinion.person_id, email=opinion.email or "", phone=opinion.phone or ""
    )


def restricted(uow: UnitOfWork, opinion: Opinion) -> DataRestricted | None:
    """Why staff may not seek its author; the opinion is answered even so (ЗНА, чл. 26, ал. 5)."""
    return restriction_refusal(uow, lambda: subject_of(opinion), since=opinion.sent_at)


def restricted_among(
    uow: UnitOfWork, opinions: Collection[Opinion]
) -> Mapping[UUID, DataRestricted]:
    """The same of many, by opinion. One query, and one more where somebody restricts."""

    def subjects() -> Mapping[UUID, Subject]:
        columns = (Opinion.id, Opinion.person_id, Opinion.email, Opinion.phone)
        rows = uow.session.execute(select(*columns).where(Opinion.id.in_(since)))
        return {
            key: Subject(person_id=person_id, email=email or "", phone=phone or "")
            for key, person_id, email, phone in rows
        }

    since = {opinion.id: opinion.sent_at for opinion in opinions}
    return restriction_refusals(uow, subjects, since)


def sees_author(uow: UnitOfWork, opinion: Opinion) -> bool:
    """Said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, opinion.id)


def looks_at(uow: UnitOfWork, opinion: Opinion) -> Sequence[RecordedLook]:
    """Who looked at the author, the newest first. One query."""
    return uow.session.scalars(purposes.looks_at_objects(PART, (opinion.id,))).all()


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The opinions among these ids, as their authors know them. One query."""
    known = load_only(Opinion.year, Opinion.sequence, Opinion.person_id)
    rows = uow.session.scalars(select(Opinion).where(Opinion.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Становище %(number)s", number=row.number),
            f"/consultations/opinion/{row.id}" if row.person_id else "",
        )
        for row in rows
    }
