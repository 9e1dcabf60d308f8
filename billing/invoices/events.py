"""What happens to invoices; each stands in the log of its municipality, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.domain_events import DomainEvent


class IssuerChanged(DomainEvent):
    name: ClassVar[str] = "billing:issuer.changed"
    label: ClassVar[LazyString] = _("Променени данни на издателя на фактури")


@dataclass(frozen=True, kw_only=True)
class CustomerChanged(DomainEvent):
    name: ClassVar[str] = "billing:customer.changed"
    label: ClassVar[LazyString] = _("Променени данни за фактура на общината")

    municipality: str


@dataclass(frozen=True, kw_only=True)
class InvoiceFact(DomainEvent):
    """`number` as it stands on the document, `cents` with VAT, `due_on` an ISO day."""

    municipality: str
    number: str
    cents: int
    due_on: str


class InvoiceIssued(InvoiceFact):
    name: ClassVar[str] = "billing:invoice.issued"
    label: ClassVar[LazyString] = _("Издадена фактура за портала")


class InvoiceCredited(InvoiceFact):
    """`number` is that of the credit note."""

    name: ClassVar[str] = "billing:invoice.credited"
    label: ClassVar[LazyString] = _("Издадено кредитно известие за портала")


class InvoiceReminded(InvoiceFact):
    """`cents` is what is still owed."""

    name: ClassVar[str] = "billing:invoice.reminded"
    label: ClassVar[LazyString] = _("Напомнена неплатена фактура за портала")


@dataclass(frozen=True, kw_only=True)
class RemittanceBooked(DomainEvent):
    """Money came from a municipality; less than nothing: one booked by mistake is taken back."""

    name: ClassVar[str] = "billing:remittance.booked"
    label: ClassVar[LazyString] = _("Вписано плащане от общината за портала")

    municipality: str
    cents: int


EVENTS = (
    IssuerChanged,
    CustomerChanged,
    InvoiceIssued,
    InvoiceCredited,
    InvoiceReminded,
    RemittanceBooked,
)
