"""Data sets of consultations: their terms and outcomes, without opinions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.kinds import KINDS
from obshto.modules.consultations.services.queries import COUNTED, public
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Query:
    said = select(func.count()).where(Opinion.consultation_id == Consultation.id, COUNTED)
    return public().with_only_columns(
        *(Consultation.id, Consultation.kind, Consultation.title, Consultation.published_at),
        *(Consultation.closes_at, Consultation.outcome_at, Consultation.outcome),
        said.correlate(Consultation).scalar_subquery(),
    )


DATASETS = (
    Dataset(
        slug="outcomes",
        period=("starts_at", "decided_at"),
        title=_("Обществени консултации и изход от тях"),
        about=_("Проекти, срокове, брой становища и какво реши общината."),
        columns=(
            common.ID,
            common.kind({word: kind.title for word, kind in KINDS.items()}),
            *(common.TITLE, common.STARTS_AT, common.ENDS_AT),
            Column(name="decided_at", title=_("Решение"), type=ColumnType.DATETIME),
            Column(name="outcome", title=_("Изход")),
            common.people("opinions", _("Становища")),
        ),
        rows=_rows,
        path="/consultations/",
    ),
)
