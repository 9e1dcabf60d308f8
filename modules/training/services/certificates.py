"""Certificates of missions: sealed, checkable by anybody, valid as long as the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.training.errors import NoSuchRecord
from obshto.modules.training.models import TrainingRecord
from obshto.modules.training.services.missions import MISSIONS
from obshto.modules.training.services.topics import TOPICS
from obshto.modules.training.settings import TrainingSettings
from obshto.platform.clock import day_of
from obshto.platform.documents.models import Document
from obshto.platform.documents.services import DocumentText, documents_of, issue, revoke
from obshto.platform.documents.sheets import written
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import municipality_here

PART, SERIES = "training", "mission"
TITLE = "Удостоверение за обучение на служител"


def certificates_of(uow: UnitOfWork, records: Collection[UUID]) -> Mapping[UUID, Document]:
    """Those in force, by record. One query."""
    rows = documents_of(PART, records).where(Document.revoked_at.is_(None))
    return {one.object_id: one for one in uow.session.scalars(rows)}


def issue_certificate(uow: UnitOfWork, record_id: UUID) -> Document:
    """Issue that of one's own finished mission; the same press again finds it.

    Raises NoSuchRecord where it is another's, cancelled, of others or ran out; CannotBePrinted.
    """
    wanted = _own(uow, record_id).with_for_update()  # who cancels it revokes what is issued here
    record = uow.session.scalars(wanted).one_or_none()
    if record is None or record.mission not in MISSIONS or record.valid_until < day_of(uow.now):
        raise NoSuchRecord
    return issue(
        uow,
        _text(uow, record),
        part=PART,
        object_id=record.id,
        series=SERIES,
        is_trial=not settings_of(uow, PART, TrainingSettings).is_live,
        valid_until=record.valid_until,
    )


def own_certificate(uow: UnitOfWork, record_id: UUID) -> Document:
    """That of one's own record. Raises NoSuchRecord."""
    record = uow.session.scalars(_own(uow, record_id)).one_or_none()
    found = certificates_of(uow, [record_id]).get(record_id) if record else None
    if found is None:
        raise NoSuchRecord
    return found


def revoke_certificate(uow: UnitOfWork, record: TrainingRecord) -> None:
    """A cancelled record takes its certificate with it."""
    for paper in certificates_of(uow, [record.id]).values():
        revoke(uow, paper, "Записът е отменен", expected_version=paper.version)


def _own(uow: UnitOfWork, record_id: UUID) -> Select[TrainingRecord]:
    return select(TrainingRecord).where(
        TrainingRecord.id == record_id,
        TrainingRecord.person_id == uow.principal.person_id,
        TrainingRecord.cancelled_at.is_(None),
    )


def _text(uow: UnitOfWork, record: TrainingRecord) -> DocumentText:
    municipality = municipality_here(uow).title()
    with speaking(SOURCE):
        mission, topic = str(MISSIONS[record.mission].title), str(TOPICS[record.topic].title)
    return DocumentText(
        title=TITLE,
        municipality=municipality,
        lines=[
            municipality,
            "УДОСТОВЕРЕНИЕ",
            "(за обучение на служител)",
            f"{municipality} удостоверява, че",
            uow.principal.name.upper(),  # set as a heading
            f"изпълни учебната задача „{mission}“ по темата „{topic}“.",
            f"Задачата е завършена на {written(record.learned_on)}"
            f" Удостоверението важи до {written(record.valid_until)}",
        ],
    )
