"""Who hears that hours are old."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from obshto.modules.places.events import HoursStale
from obshto.modules.places.permissions import PlacesPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork


def letter(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """How many there are, where they stand, why this letter comes."""
    subject = gettext("Проверете работно време – %(name)s", name=uow.scope.title)
    lines = (
        ngettext(
            "Работното време на %(num)s място не е потвърждавано отдавна.",
            "Работното време на %(num)s места не е потвърждавано отдавна.",
            fact["places"],
        ),
        gettext("Обадете се там и го потвърдете с един бутон. Ето списъка:")
        + f" {uow.scope.address}/console/places/?list=stale",
        gettext("Пишем Ви, защото поддържате местата на общината."),
    )
    return worded(subject, *lines)


NOTIFICATIONS = (
    Notification(
        fact=HoursStale,
        title=lazy_gettext("Напомняне за работно време"),
        to=PlacesPermission.WATCH,
        letter=letter,
    ),
)
