"""Who hears of polls by letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from obshto.modules.polls.events import PollClosed
from obshto.modules.polls.permissions import PollsPermission
from obshto.platform.modularity.manifest import Notification
from obshto.platform.work import Work


def letter(work: Work, fact: Mapping[str, Any]) -> tuple[str, str]:
    """Which poll is over, where its results stand, why this letter comes."""
    assert work.scope
    subject = gettext("Анкетата приключи – %(name)s", name=work.scope.title)
    address = f"{work.scope.address}/console/polls/{fact['subject_id']}/results"
    lines = (
        gettext("Анкетата „%(title)s“ приключи.", title=fact["title"]),
        gettext("Резултатите по начин на отговаряне са тук: %(address)s", address=address),
        gettext("Решете какво ще направи общината и го кажете на хората на същата страница."),
        gettext("Пишем Ви, защото следите анкетите на общината."),
    )
    return subject, "\n\n".join(lines) + "\n"


NOTIFICATIONS = (
    Notification(
        fact=PollClosed,
        title=lazy_gettext("Приключила анкета"),
        to=PollsPermission.FOLLOW,
        letter=letter,
    ),
)
