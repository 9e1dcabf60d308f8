"""Who is told that somebody could not use the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from obshto.platform.accessibility.events import BarrierTold
from obshto.platform.accessibility.permissions import AccessibilityPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork


def letter(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """Where to read it; what was said stays in the portal."""
    address = f"{uow.scope.address}/console/accessibility/"
    lines = (
        gettext("Някой не успя да прочете или да направи нещо в портала и ни писа."),
        gettext("Прочетете и отговорете тук: %(address)s", address=address),
        gettext("Пишем Ви, защото отговаряте за достъпността на портала."),
    )
    return worded(gettext("Трудност с портала – %(name)s", name=uow.scope.title), *lines)


NOTIFICATIONS = (
    Notification(
        fact=BarrierTold,
        title=lazy_gettext("Някой не може да ползва портала"),
        to=AccessibilityPermission.ANSWER,
        letter=letter,
    ),
)
