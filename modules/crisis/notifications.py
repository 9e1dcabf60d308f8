"""Letters: to the second person; to everybody who can be reached; in a rehearsal to who agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.crisis.events import (
    CrisisBegun,
    CrisisEnded,
    CrisisUpdated,
    MessageAsked,
    RehearsalTold,
)
from obshto.modules.crisis.models import Crisis, CrisisMessage
from obshto.modules.crisis.permissions import CrisisPermission
from obshto.modules.crisis.services.spoken import (
    DANGER,
    REHEARSAL,
    audience_of,
    heading_of,
    told,
)
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address, addresses
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

Payload = Mapping[str, Any]
Letter = tuple[str, str] | None


def asked(uow: UnitOfWork, fact: Payload) -> Letter:
    """The whole text, and where it is confirmed; None where that was done by now."""
    crisis, message = _both(uow, fact)
    if message is None or message.sent_at or crisis.dropped_at:
        return None
    heading, paragraphs = told(uow, crisis, message)
    subject = gettext("Чака Вашето потвърждение: %(title)s", title=heading)
    who = gettext("%(name)s написа този текст. Без Вас той не тръгва.", name=message.changed_by)
    where = f"{uow.scope.address}{_prefix()}/console/crisis/{crisis.id}"
    return worded(subject, who, heading, *paragraphs, where)


def warning(uow: UnitOfWork, fact: Payload) -> Letter:
    """The whole text: who reads it has no time for a page. None for what was replaced by now."""
    crisis, message = _both(uow, fact)
    if message is None or message.number != crisis.edition:
        return None
    heading, paragraphs = told(uow, crisis, message)
    page = "" if crisis.is_rehearsal else f"{uow.scope.address}{_prefix()}{crisis.path}"
    return worded(heading_of(crisis, message), heading, *paragraphs, page)


def second_people(uow: UnitOfWork, fact: Payload) -> list[UUID | Address]:
    """Those who may confirm it, without who wrote it."""
    _crisis, message = _both(uow, fact)
    writer = message.changed_by_id if message else None
    holders = addresses().holders(uow, CrisisPermission.WARN)
    return [one for one in holders if one.person_id is None or one.person_id != writer]


def who_lives_there(uow: UnitOfWork, fact: Payload) -> Audience:
    """Everybody there who can be reached; of an update also who heard before, of the end they
    alone.
    """
    crisis, message = _both(uow, fact)
    assert message
    is_end = message.is_all_clear
    return audience_of(crisis, message, asked=not is_end, is_told=message.number > 1)


def _both(uow: UnitOfWork, fact: Payload) -> tuple[Crisis, CrisisMessage | None]:
    crisis = uow.session.get_one(Crisis, UUID(fact["subject_id"]))
    return crisis, uow.session.get(CrisisMessage, UUID(fact["message_id"]))


def _prefix() -> str:
    locale = get_locale()
    language = locale.language if locale else SOURCE
    return "" if language == SOURCE else f"/{language}"


TOPICS = (
    Topic(word=DANGER, title=_("Опасност: наводнение, пожар, буря"), stands_alone=True),
    Topic(
        word=REHEARSAL,
        title=_("Учения: пишете ми и когато само проверяваме"),
        stands_alone=True,
    ),
)
NOTIFICATIONS = (
    Notification(
        fact=MessageAsked,
        title=_("Предупреждение чака втори човек"),
        to=second_people,
        letter=asked,
    ),
    *(
        Notification(fact=fact, title=title, to=who_lives_there, letter=warning)
        for fact, title in (
            (CrisisBegun, _("Предупреждение при бедствие")),
            (CrisisUpdated, _("Обновено предупреждение")),
            (CrisisEnded, _("Край на опасността")),
            (RehearsalTold, _("Учение")),
        )
    ),
)
