"""Who is told when the region's specialist enters a municipality."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import format_datetime, gettext
from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Notification
from obshto.platform.work import Work
from obshto.tenants.people.events import StepInBegun
from obshto.tenants.people.permissions import PeoplePermission


def _told(work: Work, fact: Mapping[str, Any]) -> tuple[str, str]:
    ends_at = datetime.fromisoformat(fact["ends_at"])
    text = gettext(
        "Специалист от ИТ екипа на областта влезе в портала на общината.\n\n"
        "Причина: %(reason)s\nДо: %(until)s\n\n"
        "Всичко, което прави, стои в „Дневник“ на служебния портал. Ако не сте очаквали това,"
        " обадете се на екипа.",
        reason=fact["reason"],
        until=format_datetime(ends_at, "short"),
    )
    return gettext("ИТ екипът на областта влезе в портала Ви"), text


STEP_IN = Notification(
    fact=StepInBegun,
    title=_("ИТ екипът на областта влиза в общината"),
    to=PeoplePermission.MANAGE,
    letter=_told,
)
