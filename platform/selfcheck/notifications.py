"""The digest of the nightly look: what is new to mend, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.selfcheck.events import ReportFound
from obshto.platform.selfcheck.permissions import SelfcheckPermission
from obshto.platform.selfcheck.services import fresh, last_score
from obshto.platform.unit_of_work import UnitOfWork

NAMED = 10  # of what is new; the page has all


def digest(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is new, how much of the site is there, where everything stands. None when all of it was
    mended meanwhile.
    """
    found = fresh(uow)
    if not found:
        return None
    rows = [f"• {title}: {what}" for title, what in found[:NAMED]]
    if more := len(found) - len(rows):
        rows.append(gettext("и още %(n)s", n=more))
    address = f"{uow.scope.address}/console/selfcheck/"
    lines = (
        ngettext(
            "При проверката на портала намерихме %(num)s нов пропуск:",
            "При проверката на портала намерихме %(num)s нови пропуска:",
            len(found),
        ),
        "\n".join(rows),
        gettext("Порталът има %(score)s от 100 точки.", score=last_score(uow)),
        gettext("Всичко, с връзки до мястото: %(address)s", address=address),
        gettext("Всяко нещо Ви казваме веднъж. Пишем Ви, защото се грижите за портала."),
    )
    subject = gettext("Какво да поправите в портала – %(name)s", name=uow.scope.title)
    return worded(subject, *lines)


NOTIFICATIONS = (
    Notification(
        fact=ReportFound,
        title=lazy_gettext("Какво да се поправи в портала"),
        to=SelfcheckPermission.HEAR,
        letter=digest,
    ),
)
