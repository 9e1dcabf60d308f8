"""Letters about lines, to those who follow buses at one of their stops and to followers of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.transit.events import AlertPublished, AlertWithdrawn
from obshto.modules.transit.models import BusLine, ServiceAlert, Stop
from obshto.modules.transit.services.line_followers import followed
from obshto.platform.clock import SOFIA
from obshto.platform.followers.services import followers_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import short_day
from obshto.platform.web.language import SOURCE

TOPIC = "transit:alerts"
Payload = Mapping[str, Any]
Letter = tuple[str, str] | None


def published(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter about a change or a cancellation; None for what was withdrawn meanwhile."""
    alert, line = _read(uow, fact)
    if alert.withdrawn_at or not line.is_published:
        return None
    return worded(_subject(alert, line), alert.text, _days(alert), _address(uow, line))


def withdrawn(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter that the line runs as written again."""
    alert, line = _read(uow, fact)
    return worded(_again(line), _days(alert), _address(uow, line))


def published_shortly(uow: UnitOfWork, fact: Payload) -> tuple[str, str]:
    """What changes on which days, and why, in an SMS."""
    alert, line = _read(uow, fact)
    return f"{_subject(alert, line)}. {_days(alert)}. {alert.text}", ""


def withdrawn_shortly(uow: UnitOfWork, fact: Payload) -> tuple[str, str]:
    """That the line runs as written again, on days that were said to be otherwise."""
    alert, line = _read(uow, fact)
    return f"{_again(line)}. {_days(alert)}", ""


def _subject(alert: ServiceAlert, line: BusLine) -> str:
    words = gettext("Не се движи: %(line)s") if alert.is_cancelled else gettext("Промяна: %(line)s")
    return str(words % {"line": line.title})


def _again(line: BusLine) -> str:
    return str(gettext("Пак по разписание: %(line)s") % {"line": line.title})


def _read(uow: UnitOfWork, fact: Payload) -> tuple[ServiceAlert, BusLine]:
    alert = uow.session.get_one(ServiceAlert, UUID(fact["subject_id"]))
    return alert, uow.session.get_one(BusLine, alert.line_id)


def _days(alert: ServiceAlert) -> str:
    first, last = (short_day(day).replace("\xa0", " ") for day in (alert.starts_on, alert.ends_on))
    if first == last:
        return first
    return str(gettext("От %(first)s до %(last)s", first=first, last=last))


def _address(uow: UnitOfWork, line: BusLine) -> str:
    language = get_locale().language if get_locale() else SOURCE
    prefix = "" if language == SOURCE else f"/{language}"
    return f"{uow.scope.address}{prefix}{line.path}"


def who_asked(uow: UnitOfWork, fact: Payload) -> Audience:
    """Those who follow buses in a village where the line halts, until its last day is over."""
    alert, line = _read(uow, fact)
    used = {key for way in line.shown.get("directions", {}).values() for key in way["stops"]}
    own = select(Stop.settlement).where(Stop.id.in_([UUID(key) for key in used]))
    over = datetime.combine(alert.ends_on + timedelta(days=1), time(), SOFIA)
    return Audience(
        topic=TOPIC,
        places=frozenset(filter(None, uow.session.scalars(own))),
        is_urgent=alert.is_cancelled,
        until=over,
    )


def who_was_told(uow: UnitOfWork, fact: Payload) -> Audience:
    """Audience of those who heard of it before, nobody else."""
    asked = who_asked(uow, fact)
    return Audience(topic=TOPIC, places=asked.places, until=asked.until, asked=False, told=True)


def who_follows(uow: UnitOfWork, fact: Payload) -> Collection[Address]:
    """Whoever follows the line itself, wherever it halts."""
    _, line = _read(uow, fact)
    return followers_of(uow, followed(line))


TOPICS = (Topic(word=TOPIC, title=_("Промени в автобусите")),)
NOTIFICATIONS = (
    Notification(
        fact=AlertPublished, title=_("Промяна или отмяна на линия"), to=who_asked, letter=published
    ),
    Notification(
        fact=AlertWithdrawn,
        title=_("Линия пак се движи по разписание"),
        to=who_was_told,
        letter=withdrawn,
    ),
    Notification(
        fact=AlertPublished,
        title=_("Промяна или отмяна на линия, която следя"),
        to=who_follows,
        letter=published,
        short=published_shortly,
    ),
    Notification(
        fact=AlertWithdrawn,
        title=_("Линия, която следя, пак се движи по разписание"),
        to=who_follows,
        letter=withdrawn,
        short=withdrawn_shortly,
    ),
)
