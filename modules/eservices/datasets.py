"""Data sets of e-services: how many applications came, by which way."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.eservices.models import Case
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _channels(uow: UnitOfWork) -> Query:
    month = common.month_in_sofia(Case.sent_at).label("month")
    rows = select(month, Case.channel, func.count()).group_by("month", Case.channel)
    return rows.order_by("month", Case.channel)


def _services(uow: UnitOfWork) -> Query:
    rows = select(Case.year, Case.service, func.count()).group_by(Case.year, Case.service)
    return rows.order_by(Case.year, Case.service)


_SENT = common.people("applications", _("Заявления"))
DATASETS = (
    Dataset(
        slug="applications",
        period=("month",),
        title=_("Заявления по месеци"),
        about=_("Колко заявления са дошли през портала, на гише, по телефона и по пощата."),
        columns=(
            common.MONTH,
            Column(name="channel", title=_("Начин на подаване"), words=CHANNELS),
            _SENT,
        ),
        rows=_channels,
        key=("month", "channel"),
        within=("month",),
        chart=("month", "applications"),
        path="/eservices/",
    ),
    Dataset(
        slug="services",
        period=("year",),
        title=_("Използване на услугите"),
        about=_("Колко заявления има по всяка услуга за всяка година."),
        columns=(
            common.YEAR,
            Column(name="service", title=_("Услуга (код)")),
            _SENT,
        ),
        rows=_services,
        key=("year", "service"),
        within=("year",),
        path="/eservices/",
    ),
)
