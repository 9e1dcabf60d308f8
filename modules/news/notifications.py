"""Who hears of news by letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from obshto.modules.news.events import NewsPublished
from obshto.modules.news.permissions import NewsPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork


def letter(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """What was published, where it stands, why this letter comes."""
    subject = gettext("Публикувана новина – %(name)s", name=uow.scope.title)
    address = f"{uow.scope.address}/news/{fact['subject_id']}"
    lines = (
        gettext("В портала има нова новина: „%(title)s“.", title=fact["title"]),
        gettext("Прочетете я тук: %(address)s", address=address),
        gettext("Пишем Ви, защото следите новините на общината."),
    )
    return worded(subject, *lines)


NOTIFICATIONS = (
    Notification(
        fact=NewsPublished,
        title=lazy_gettext("Публикувана новина"),
        to=NewsPermission.FOLLOW,
        letter=letter,
    ),
)
