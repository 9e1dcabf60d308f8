"""Data sets of centres: where they are, how many guests walked in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.centres.models import Centre, Visit
from obshto.modules.centres.services.kinds import KINDS
from obshto.modules.centres.services.queries import published
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _centres(uow: UnitOfWork) -> Query:
    return published().with_only_columns(
        *(Centre.id, Centre.kind, Centre.name, Centre.ekatte, Centre.address, Centre.phone),
        *(Centre.latitude, Centre.longitude),
    )


def _visits(uow: UnitOfWork) -> Query:
    month = func.to_char(Visit.day, "YYYY-MM")
    rows = select(month, Centre.id, Centre.name, func.count()).join(
        Centre, Centre.id == Visit.centre_id
    )
    public = rows.where(Centre.published_at.is_not(None), Centre.deleted_at.is_(None))
    return public.group_by(month, Centre.id, Centre.name).order_by(month, Centre.id)


DATASETS = (
    Dataset(
        slug="centres",
        title=_("Дигитални центрове и приемни времена"),
        about=_("Къде има компютър, интернет и човек, който помага."),
        columns=(
            *(common.ID, common.kind(KINDS), common.NAME),
            *(common.PLACE, common.ADDRESS, common.PHONE, common.LATITUDE, common.LONGITUDE),
        ),
        rows=_centres,
        point=common.POINT,
        theme="SOCI",
        path="/centres/",
    ),
    Dataset(
        slug="visits",
        period=("month",),
        title=_("Посещения в дигиталните центрове"),
        about=_("Колко гости са дошли без записване, по месеци и центрове."),
        columns=(common.MONTH, common.ID, common.NAME, common.people("visits", _("Гости"))),
        rows=_visits,
        key=("month", "id"),
        within=("month",),
        theme="SOCI",
        chart=("month", "visits"),
        path="/centres/",
    ),
)
