"""Who is told when the region's specialist enters, when somebody's second factor is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import format_datetime, gettext
from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.events import PhoneLost, StepInBegun
from obshto.tenants.people.permissions import PeoplePermission


def _told(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
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


def _whose_phone(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID]:
    return [UUID(fact["subject_id"])]


def _phone_lost(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    text = gettext(
        "Администратор на портала на общината премахна кодовете и ключовете Ви за достъп,"
        " защото телефонът Ви е загубен или сменен.\n\n"
        "Влезте с паролата си и настройте новия телефон.\n\n"
        "Ако не сте молили за това, сменете паролата си веднага и се обадете в общината."
    )
    return gettext("Втората Ви проверка при вход е премахната"), text


PHONE_LOST = Notification(
    fact=PhoneLost,
    title=_("Втората Ви проверка при вход е премахната"),
    to=_whose_phone,
    letter=_phone_lost,
)
