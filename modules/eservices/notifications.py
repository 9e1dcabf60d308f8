"""Letters: „there is news“ to the person, „something waits“ to staff; no personal datum."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.eservices import events
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.reading import case_of
from obshto.platform.modularity.manifest import Notification
from obshto.platform.work import Work


def person_of_case(work: Work, fact: Mapping[str, Any]) -> Collection[UUID]:
    """Whose application it is; nobody where there is no profile: staff tells the person then."""
    person_id = case_of(work, UUID(fact["subject_id"])).person_id
    return [person_id] if person_id else []


def news(work: Work, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That there is something new about an application, and where. Not what."""
    assert work.scope
    subject = gettext("Новина по заявление %(number)s", number=fact["number"])
    address = f"{work.scope.address}/eservices/cases/{fact['subject_id']}"
    lines = (
        gettext("Има новина по заявление %(number)s.", number=fact["number"]),
        gettext("Вижте я тук: %(address)s", address=address),
        gettext("Пишем Ви, защото подадохте това заявление през портала на общината."),
    )
    return subject, "\n\n".join(lines) + "\n"


def arrived(work: Work, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That an application waits in the queue."""
    assert work.scope
    subject = gettext("Ново заявление %(number)s", number=fact["number"])
    address = f"{work.scope.address}/console/eservices/{fact['subject_id']}"
    lines = (
        gettext("Ново заявление чака да бъде поето: %(number)s.", number=fact["number"]),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото работите по заявления в общината."),
    )
    return subject, "\n\n".join(lines) + "\n"


def _to_person(fact: type[events.CaseFact]) -> Notification:
    title = lazy_gettext("Новина по моето заявление")
    return Notification(fact=fact, title=title, to=person_of_case, letter=news)


NOTIFICATIONS = (
    Notification(
        fact=events.ApplicationSent,
        title=lazy_gettext("Ново заявление на гражданин"),
        to=ServicesPermission.HANDLE,
        letter=arrived,
    ),
    _to_person(events.InformationAsked),
    _to_person(events.ApplicationDecided),
    _to_person(events.ApplicationRefused),
    _to_person(events.ApplicationClosed),
)
