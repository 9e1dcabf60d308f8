"""Data set of what a municipality paid for the portal: its invoices, less credit notes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Date, Float, Text, cast, column, false, select, values

from obshto.billing.invoices.models import Invoice
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import UnitOfWork

INVOICE, CREDIT = "invoice", "credit"
_COLUMNS = (
    *(column("number", Text), column("kind", Text), column("month", Text)),
    *(column("issued_on", Date), column("net", Float), column("vat", Float)),
)


def _rows(uow: UnitOfWork) -> Query:
    """The region keeps invoices, and a municipality's role reads none of its tables: they are
    read apart, by the slug in scope, and told as VALUES."""
    own = select(Invoice).where(Invoice.municipality == uow.scope.slug)
    with shared_session() as shared:
        found = shared.scalars(own.order_by(Invoice.number)).all()
    told = values(*_COLUMNS, name="invoice").data([_told(row) for row in found] or [_NOTHING])
    typed = [cast(one, one.type) for one in told.c]  # a row of NULL alone would be text
    rows = select(*typed).order_by(told.c.number)
    return rows if found else rows.where(false())


_NOTHING = (None,) * len(_COLUMNS)


def _told(row: Invoice) -> tuple[object, ...]:
    sign = -1 if row.is_credit else 1
    return (
        row.written_number,
        CREDIT if row.is_credit else INVOICE,
        f"{row.month:%Y-%m}",
        row.issued_on,
        sign * row.net_cents / 100,
        sign * row.vat_cents / 100,
    )


DATASETS = (
    Dataset(
        slug="portal-costs",
        period=("month",),
        title=_("Колко струва порталът на общината"),
        about=_(
            "Фактурите за общия портал по месеци. Сумите на кредитните известия са с минус. В евро."
        ),
        columns=(
            common.NUMBER,
            common.kind({INVOICE: _("фактура"), CREDIT: _("кредитно известие")}),
            common.MONTH,
            Column(name="issued_on", title=_("Издадена на"), type=ColumnType.DATE),
            Column(name="net", title=_("Сума без данък в евро"), type=ColumnType.NUMBER),
            Column(name="vat", title=_("Данък в евро"), type=ColumnType.NUMBER),
        ),
        rows=_rows,
        key=("number",),
        theme="ECON",
        chart=("month", "net"),
    ),
)
