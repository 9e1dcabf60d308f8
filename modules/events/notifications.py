"""Letters about events, to followers at their place and to citizens who suggested one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.events.events import (
    EventCancelled,
    EventDue,
    EventMoved,
    EventPublished,
    SuggestionDeclined,
    SuggestionPublished,
    SuggestionSent,
)
from obshto.modules.events.models import Event, Suggestion
from obshto.modules.events.permissions import EventsPermission
from obshto.modules.events.services import queries
from obshto.modules.events.services.event_text import price_of, when_of
from obshto.modules.events.services.occurrences import next_of
from obshto.modules.events.services.reminders import followed
from obshto.modules.events.services.subjects import TOPIC
from obshto.platform.followers.services import followers_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

Payload = Mapping[str, Any]
Letter = tuple[str, str] | None


def published(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter about a new event, with time and place."""
    return _letter(uow, fact, gettext("Ново събитие: %(title)s"))


def cancelled(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter about a cancellation, with its reason."""
    return _letter(uow, fact, gettext("Отменено: %(title)s"))


def moved(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter about the new time."""
    return _letter(uow, fact, gettext("Преместено: %(title)s"))


def _letter(uow: UnitOfWork, fact: Payload, subject: str) -> Letter:
    """None for what shows no more."""
    event = uow.session.get(Event, UUID(fact["subject_id"]))
    if event is None or not event.shows_at(uow.now):
        return None
    language = get_locale().language if get_locale() else SOURCE
    text = queries.translations(uow, [event], language).get(event.id, event)
    place = queries.place_of(event.settlement, queries.settlements_here(uow), language)
    prefix = "" if language == SOURCE else f"/{language}"
    lines = [
        text.title,
        "\n".join(_time(one) for one in next_of(event, uow.now, 3)),
        ", ".join(filter(None, (place, event.address))),
        event.note,
        text.summary,
        price_of(event),
        f"{uow.scope.address}{prefix}{event.path}",
    ]
    return worded(subject % {"title": text.title}, *lines)


def _time(one: Any) -> str:
    """A day that is called off or moved says so, with its sentence."""
    words = {"cancelled": gettext("Отменено"), "moved": gettext("Преместено")}
    state = words.get(one.state, "")
    own = one.note if one.event.repeats else ""
    told = [when_of(one).replace("\xa0", " "), state.lower(), own]
    return " – ".join(filter(None, told))


def who_asked(uow: UnitOfWork, fact: Payload) -> Audience:
    """Those who follow events at its place."""
    event = uow.session.get_one(Event, UUID(fact["subject_id"]))
    places = frozenset(filter(None, [event.settlement]))
    return Audience(topic=TOPIC, places=places, until=event.last_at)


def who_was_told(uow: UnitOfWork, fact: Payload) -> Audience:
    """Audience of those who heard of it before, nobody else."""
    asked = who_asked(uow, fact)
    return Audience(
        topic=asked.topic, places=asked.places, until=asked.until, asked=False, told=True
    )


def due(uow: UnitOfWork, fact: Payload) -> Letter:
    """Reminder, with what is to be known of the day."""
    return _letter(uow, fact, gettext("Напомняме: %(title)s"))


def who_follows(uow: UnitOfWork, fact: Payload) -> list[Address]:
    """Those who follow this one event."""
    event = uow.session.get(Event, UUID(fact["subject_id"]))
    return list(followers_of(uow, followed(event))) if event and event.shows_at(uow.now) else []


def sender(uow: UnitOfWork, fact: Payload) -> list[Address]:
    """Sender of the suggestion, if they left an address."""
    row = uow.session.get(Suggestion, UUID(fact["subject_id"]))
    return [Address(None, "", row.email, row.language)] if row and row.email else []


def suggested(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter to staff about a new suggestion; its words stay in the portal."""
    address = f"{uow.scope.address}/console/events/suggestions/"
    return worded(
        gettext("Предложено събитие – %(name)s", name=uow.scope.title),
        gettext("Някой предложи събитие за календара."),
        gettext("Прочетете и отговорете тук: %(address)s", address=address),
    )


def taken(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter to the sender: it is in the calendar."""
    row = uow.session.get(Suggestion, UUID(fact["subject_id"]))
    if row is None or row.event_id is None:
        return None
    return worded(
        gettext("Събитието, което предложихте, е в календара"),
        row.title,
        f"{uow.scope.address}/events/{row.event_id}",
        gettext("Благодарим Ви."),
    )


def declined(uow: UnitOfWork, fact: Payload) -> Letter:
    """Letter to the sender: it was declined, with the reason."""
    row = uow.session.get(Suggestion, UUID(fact["subject_id"]))
    if row is None:
        return None
    return worded(
        gettext("Отговор за събитието, което предложихте"),
        row.title,
        gettext("Няма да го публикуваме: %(reason)s", reason=row.reason),
    )


TOPICS = (Topic(word=TOPIC, title=_("Събития")),)
NOTIFICATIONS = (
    Notification(
        fact=EventPublished, title=_("Публикувано събитие"), to=who_asked, letter=published
    ),
    Notification(
        fact=EventCancelled, title=_("Отменено събитие"), to=who_was_told, letter=cancelled
    ),
    Notification(fact=EventMoved, title=_("Преместено събитие"), to=who_was_told, letter=moved),
    Notification(fact=EventDue, title=_("Напомняне за събитие"), to=who_follows, letter=due),
    Notification(
        fact=EventCancelled,
        title=_("Отменено събитие, което следя"),
        to=who_follows,
        letter=cancelled,
    ),
    Notification(
        fact=EventMoved, title=_("Преместено събитие, което следя"), to=who_follows, letter=moved
    ),
    Notification(
        fact=SuggestionSent,
        title=_("Предложено събитие"),
        to=EventsPermission.ANSWER,
        letter=suggested,
    ),
    Notification(
        fact=SuggestionPublished,
        title=_("Предложеното събитие е публикувано"),
        to=sender,
        letter=taken,
    ),
    Notification(
        fact=SuggestionDeclined,
        title=_("Отговор за предложено събитие"),
        to=sender,
        letter=declined,
    ),
)
