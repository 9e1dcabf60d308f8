"""Who hears of notices by letter: whoever follows their kind at their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.notices.events import NoticeCorrected, NoticePublished, NoticeWithdrawn
from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.kinds import KINDS, topic_of
from obshto.modules.notices.services.notice_text import audience_of, spoken, subject_of, when
from obshto.modules.notices.services.settlements import names_of, settlements_here
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

Payload = Mapping[str, Any]


def published(uow: UnitOfWork, fact: Payload) -> tuple[str, str] | None:
    """The whole notice: who reads it by the well has no network for the page."""
    return _letter(uow, fact, "%(kind)s: %(title)s")


def corrected(uow: UnitOfWork, fact: Payload) -> tuple[str, str] | None:
    """What is otherwise, then the whole notice as it is now."""
    return _letter(uow, fact, gettext("Поправка: %(title)s"), "correction")


def withdrawn(uow: UnitOfWork, fact: Payload) -> tuple[str, str] | None:
    """That it does not hold, and why."""
    return _letter(uow, fact, gettext("Отменено: %(title)s"), "reason")


def _letter(uow: UnitOfWork, fact: Payload, subject: str, part: str = "") -> tuple[str, str] | None:
    """None for what has changed so that there is nothing to say: another letter says it."""
    notice = uow.session.get(Notice, UUID(fact["subject_id"]))
    if notice is None or (notice.withdrawn_at and part != "reason"):
        return None
    language = get_locale().language if get_locale() else SOURCE
    title = spoken(notice, "title", language)
    names = names_of(notice.settlements, settlements_here(uow), language)
    where = ", ".join(
        filter(None, (names or gettext("Цялата община"), spoken(notice, "address", language)))
    )
    prefix = "" if language == SOURCE else f"/{language}"
    lines = [
        spoken(notice, part, language) if part else "",
        title,
        f"{where}\n{when(notice)}".replace("\xa0", " "),
        "" if notice.withdrawn_at else spoken(notice, "text", language),
        f"{uow.scope.address}{prefix}{notice.path}",
    ]
    return worded(subject_of(notice, title, subject), *lines)


def who_asked(uow: UnitOfWork, fact: Payload) -> Audience:
    """Those who follow the kind at one of the places."""
    return _audience(uow, fact)


def who_asked_or_was_told(uow: UnitOfWork, fact: Payload) -> Audience:
    """They, and everybody who heard of it before."""
    return _audience(uow, fact, told=True)


def who_was_told(uow: UnitOfWork, fact: Payload) -> Audience:
    """Whoever heard of it, and nobody else."""
    return _audience(uow, fact, asked=False, told=True)


def _audience(
    uow: UnitOfWork, fact: Payload, *, asked: bool = True, told: bool = False
) -> Audience:
    notice = uow.session.get_one(Notice, UUID(fact["subject_id"]))
    return audience_of(notice, asked=asked, told=told)


TOPICS = tuple(Topic(word=topic_of(kind), title=title) for kind, title in KINDS.items())
NOTIFICATIONS = (
    Notification(
        fact=NoticePublished, title=_("Публикувано съобщение"), to=who_asked, letter=published
    ),
    Notification(
        fact=NoticeCorrected,
        title=_("Поправено съобщение"),
        to=who_asked_or_was_told,
        letter=corrected,
    ),
    Notification(
        fact=NoticeWithdrawn, title=_("Отменено съобщение"), to=who_was_told, letter=withdrawn
    ),
)
