"""What staff hear of the outbox itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.events import BudgetNearlySpent
from obshto.platform.notify.models import Channel
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.unit_of_work import UnitOfWork


def nearly_spent(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """How much of how much, what happens then, what can be done."""
    told = {"spent": fact["spent"], "most": fact["most"]}
    if fact["channel"] == Channel.SMS:
        subject = gettext("SMS за днес са на привършване")
        said = gettext("Днес са тръгнали %(spent)s SMS от най-много %(most)s.", **told)
    else:
        subject = gettext("Писмата за днес са на привършване")
        said = gettext("Днес са тръгнали %(spent)s писма от най-много %(most)s.", **told)
    what = gettext(
        "Когато лимитът свърши, останалите чакат до утре, спешните са първи. Променете го тук:"
    )
    return subject, f"{said}\n\n{what}\n{uow.scope.address}/console/settings/notify\n"


NOTIFICATIONS = (
    Notification(
        fact=BudgetNearlySpent,
        title=_("Дневният лимит е към края си"),
        to=NotifyPermission.HEAR,
        letter=nearly_spent,
    ),
)
