"""Consultations of the region: each municipality writes its own rows, they are read together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.consultations.models import Consultation, RegionalConsultation
from obshto.modules.consultations.services.queries import open_at
from obshto.platform.db.batches import batches_of
from obshto.platform.db.regional_rows import replace_rows
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "consultations:show-in-region"
SAME = ("kind", "title", "summary", "path", "published_at", "closes_on", "closes_at")


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any] | None = None) -> None:
    """Reaction and job: the region shows what is open here now, and nothing else of ours."""
    slug = uow.scope.slug
    batches = (
        [_row(slug, it) for it in told_outside(found)]
        for found in batches_of(uow.session, open_at(uow.now))
    )
    with open_uow(None, Principal.system(REASON)) as region:
        replace_rows(region.session, RegionalConsultation, slug, batches)
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
