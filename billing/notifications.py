"""Who is told of an invoice for the portal, and of one that was not paid in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.billing.invoices.events import InvoiceIssued, InvoiceReminded
from obshto.billing.permissions import BillingPermission
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, euro


def _issued(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    text = gettext(
        "Издадена е фактура № %(n)s за портала, за плащане до %(day)s: %(sum)s с данъка.\n\n"
        "Изтеглете я от служебния портал: %(address)s",
        **_told(uow, fact),
    )
    return gettext("Фактура за портала: %(sum)s", sum=euro(fact["cents"])), text


def _reminded(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    text = gettext(
        "По фактура № %(n)s за портала със срок %(day)s остават за плащане %(sum)s.\n\n"
        "Порталът за гражданите работи, както и досега. Ако сте платили тези дни, не правете"
        " нищо.\n\nФактурата стои в служебния портал: %(address)s",
        **_told(uow, fact),
    )
    return gettext("Неплатена фактура за портала"), text


def _told(uow: UnitOfWork, fact: Mapping[str, Any]) -> dict[str, str]:
    return {
        "n": fact["number"],
        "sum": euro(fact["cents"]),
        "day": day(date.fromisoformat(fact["due_on"])),
        "address": f"{uow.scope.address}/console/billing/costs/",
    }


NOTIFICATIONS = (
    Notification(
        fact=InvoiceIssued,
        title=_("Издадена фактура за портала"),
        to=BillingPermission.COSTS,
        letter=_issued,
    ),
    Notification(
        fact=InvoiceReminded,
        title=_("Неплатена фактура за портала"),
        to=BillingPermission.COSTS,
        letter=_reminded,
    ),
)
