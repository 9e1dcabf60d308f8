"""Letter of moderation: an appeal waits for somebody who decides. Authors hear from their part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from obshto.platform.moderation.events import AppealFiled
from obshto.platform.moderation.permissions import ModerationPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork


def waits(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That an appeal waits, and where it is decided."""
    address = f"{uow.scope.address}/console/moderation/{fact['subject_id']}"
    return worded(
        gettext("Възражение срещу скрито мнение чака решение"),
        gettext("Решава го друг човек, не този, който е скрил мнението."),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото решавате възражения в общината."),
    )


NOTIFICATIONS = (
    Notification(
        fact=AppealFiled,
        title=lazy_gettext("Ново възражение срещу скриване"),
        to=ModerationPermission.REVIEW,
        letter=waits,
    ),
)
