"""Consultations of the region: each municipality writes its own rows, they are read together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.consultations.models import Consultation, RegionalConsultation
from obshto.modules.consultations.services.queries import open_at
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "consultations:show-in-region"
KEYS = ("municipality", "consultation_id")
SAME = ("kind", "title", "summary", "path", "published_at", "closes_on", "closes_at")
MOST = 500


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any] | None = None) -> None:
    """Reaction and job: the region shows what is open here now, and nothing else of ours."""
    assert uow.scope
    slug = uow.scope.slug
    shown = uow.session.scalars(open_at(uow.now).limit(MOST)).all()
    rows = [_row(slug, it) for it in told_outside(shown)]
    kept = [row["consultation_id"] for row in rows]
    gone = delete(RegionalConsultation).where(
        RegionalConsultation.municipality == slug,
        RegionalConsultation.consultation_id.not_in(kept),
    )
    with open_uow(None, Principal.system(REASON)) as region:
        region.session.execute(gone)
        for row in rows:
            put = insert(RegionalConsultation).values(row)
            changed = {name: put.excluded[name] for name in SAME}
            region.session.execute(put.on_conflict_do_update(index_elements=KEYS, set_=changed))
        region.invalidate_region_pages()


def regional_consultations(
    uow: UnitOfWork, *, among: Collection[str], municipality: str = "", kind: str = ""
) -> Select[RegionalConsultation]:
    """What is open in municipalities that have consultations on, what closes first on top."""
    rows = select(RegionalConsultation).where(
        RegionalConsultation.municipality.in_([municipality] if municipality in among else among),
        RegionalConsultation.closes_at > uow.now,
    )
    if kind:
        rows = rows.where(RegionalConsultation.kind == kind)
    return rows.order_by(
        RegionalConsultation.closes_at,
        RegionalConsultation.municipality,
        RegionalConsultation.consultation_id,
    )


def _row(slug: str, consultation: Consultation) -> dict[str, UUID | Any]:
    same = {name: getattr(consultation, name) for name in SAME}
    return same | {"municipality": slug, "consultation_id": consultation.id}
