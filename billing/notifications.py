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
from obshto.platform.web.formats import day, euro
from obshto.platform.work import Work


def _issued(work: Work, fact: Mapping[str, Any]) -> tuple[str, str]:
    text = gettext(
        "Издадена е фактура № %(n)s за портала: %(sum)s с данъка, за плащане до %(day)s.\n\n"
        "Изтеглете я от служебния портал: %(address)s",
        **_told(work, fact),
    )
    return gettext("Фактура за портала: %(sum)s", sum=euro(fact["cents"])), text


def _reminded(work: Work, fact: Mapping[str, Any]) -> tuple[str, str]:
    text = gettext(
        "По фактура № %(n)s за портала остават за плащане %(sum)s. Срокът беше %(day)s.\n\n"
        "Порталът за гражданите работи, както и досега. Ако сте платили тези дни, не правете"
        " нищо.\n\nФактурата стои в служебния портал: %(address)s",
        **_told(work, fact),
    )
    return gettext("Неплатена фактура за портала"), text


def _told(work: Work, fact: Mapping[str, Any]) -> dict[str, str]:
    assert work.scope
    return {
        "n": fact["number"],
        "sum": euro(fact["cents"]),
        "day": day(date.fromisoformat(fact["due_on"])),
        "address": f"{work.scope.address}/console/billing/costs/",
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
