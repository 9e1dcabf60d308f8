"""Letters of assistants: who comes and when, a missed check-in. None says where anybody lives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.assistants import events
from obshto.modules.assistants.models import Assistant, HelpRequest, HomeVisit
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services.check_ins import ARRIVAL
from obshto.modules.assistants.services.duty import duty_phones
from obshto.modules.assistants.services.kinds import MORNING
from obshto.modules.assistants.services.queries import (
    assistant_of,
    problem_of,
    request_of,
    visit_of,
)
from obshto.modules.assistants.services.states import AHEAD, RECEIVED
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, short_day
from obshto.platform.web.language import OTHERS, SOURCE

Fact = Mapping[str, Any]
Letter = tuple[str, str]


def asker(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was sent from, else the e-mail or the phone left in it, or nobody."""
    return _reach(request_of(uow, UUID(fact["subject_id"])))


def host(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same for a visit."""
    visit = visit_of(uow, UUID(fact["subject_id"]))
    return _reach(request_of(uow, visit.case_id))


def visitor(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The assistant who visits."""
    visit = visit_of(uow, UUID(fact["subject_id"]))
    person_id = assistant_of(uow, visit.assistant_id).person_id
    return [person_id] if person_id else []


def official(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who was given the problem by name."""
    problem = problem_of(uow, UUID(fact["subject_id"]))
    return [problem.official_id] if problem.official_id else []


def problem_host(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Whose problem it is."""
    problem = problem_of(uow, UUID(fact["subject_id"]))
    return _reach(request_of(uow, problem.case_id))


def on_duty(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The phones of who is on duty: an SMS rings where an e-mail lies unread."""
    return [Address(None, "", "", SOURCE, phone) for phone in duty_phones(uow)]


def received(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it arrived, by when somebody calls."""
    row = request_of(uow, UUID(fact["subject_id"]))
    due = row.due_on
    promise = gettext("До %(day)s ще Ви се обадим за деня.", day=day(due)) if due else ""
    return worded(
        gettext("Приехме молбата за помощник, номер %(number)s", number=row.number),
        promise,
        _where(uow, row),
        _why(),
    )


def coming(uow: UnitOfWork, fact: Fact) -> Letter | None:
    """Who comes, when, the word at the door. The subject alone is enough for an SMS."""
    visit, row, assistant = _all_of(uow, fact)
    if visit.state != AHEAD:
        return None
    words = {"when": _when(visit), "name": assistant.name, "word": visit.code_word}
    return worded(
        gettext("%(when)s идва %(name)s. Парола на вратата: %(word)s", **words),
        gettext("Не отваряйте на човек, който не я казва. Обадете се в общината."),
        gettext("Помощникът не иска пари, пароли и банкови карти."),
        _where(uow, row),
        _why(),
    )


def cancelled(uow: UnitOfWork, fact: Fact) -> Letter:
    """That nobody comes then."""
    visit, row, _ = _all_of(uow, fact)
    return worded(
        gettext("Отменено е посещението %(when)s. Никой няма да идва.", when=_when(visit)),
        gettext("Ще Ви се обадим за нов ден.") if row.state == RECEIVED else "",
        _where(uow, row),
        _why(),
    )


def ended(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it took place: whoever asked for a parent far away wants to know."""
    visit, row, assistant = _all_of(uow, fact)
    return worded(
        gettext(
            "Посещението се състоя: %(name)s, %(when)s", name=assistant.name, when=_when(visit)
        ),
        _where(uow, row),
        _why(),
    )


def missed(uow: UnitOfWork, fact: Fact) -> Letter:
    """That nobody opened."""
    visit, row, assistant = _all_of(uow, fact)
    return worded(
        gettext(
            "%(name)s звъня %(when)s и никой не отвори", name=assistant.name, when=_when(visit)
        ),
        gettext("Ще Ви се обадим за нов ден."),
        _where(uow, row),
        _why(),
    )


def solved(uow: UnitOfWork, fact: Fact) -> Letter:
    """That an official answered; not what."""
    problem = problem_of(uow, UUID(fact["subject_id"]))
    row = request_of(uow, problem.case_id)
    return worded(
        gettext("Има отговор на въпроса от посещението, номер %(number)s", number=row.number),
        _where(uow, row),
        _why(),
    )


def alarm(uow: UnitOfWork, fact: Fact) -> Letter:
    """No word of a visitor. Whose home it is stands behind the sign-in."""
    visit, row, assistant = _all_of(uow, fact)
    subject = (
        gettext(
            "Няма вест от %(name)s: не е отбелязано пристигане. Обадете се сега.",
            name=assistant.name,
        )
        if visit.alarm == ARRIVAL
        else gettext(
            "Няма вест от %(name)s: не е отбелязан край. Обадете се сега.", name=assistant.name
        )
    )
    return worded(
        subject,
        gettext("Посещение %(when)s по молба %(number)s.", when=_when(visit), number=row.number),
        gettext("Ако не вдига, адресът се отваря оттук: %(address)s", address=_desk(uow, "alarms")),
        gettext("При опасност за живота се обадете на 112."),
        gettext("Пишем Ви, защото уреждате посещенията на помощниците."),
    )


def waits(uow: UnitOfWork, fact: Fact) -> Letter:
    """That a request waits for a day."""
    return worded(
        gettext("Молба за помощник %(number)s чака ден", number=fact["number"]),
        gettext("Отворете я тук: %(address)s", address=_desk(uow, fact["subject_id"])),
        gettext("Пишем Ви, защото уреждате посещенията на помощниците."),
    )


def yours(uow: UnitOfWork, fact: Fact) -> Letter:
    """For the assistant: when, and where the day stands."""
    visit, _, _ = _all_of(uow, fact)
    return worded(
        gettext("Ново посещение: %(when)s", when=_when(visit)),
        gettext("Денят Ви е тук: %(address)s", address=_desk(uow, "day")),
        gettext("Пишем Ви, защото посещавате хора като помощник."),
    )


def off(uow: UnitOfWork, fact: Fact) -> Letter:
    """For the assistant: it is off."""
    visit, _, _ = _all_of(uow, fact)
    return worded(
        gettext("Отпада посещението %(when)s", when=_when(visit)),
        gettext("Денят Ви е тук: %(address)s", address=_desk(uow, "day")),
        gettext("Пишем Ви, защото посещавате хора като помощник."),
    )


def handed(uow: UnitOfWork, fact: Fact) -> Letter:
    """For the named official."""
    return worded(
        gettext("Помощник Ви предаде проблем от посещение %(number)s", number=fact["number"]),
        gettext(
            "Отворете го тук: %(address)s", address=_desk(uow, f"problems/{fact['subject_id']}")
        ),
        gettext("Пишем Ви, защото проблемът е предаден лично на Вас."),
    )


def _all_of(uow: UnitOfWork, fact: Fact) -> tuple[HomeVisit, HelpRequest, Assistant]:
    visit = visit_of(uow, UUID(fact["subject_id"]))
    return visit, request_of(uow, visit.case_id), assistant_of(uow, visit.assistant_id)


def _reach(row: HelpRequest) -> Collection[UUID | Address]:
    if row.person_id:
        return [row.person_id]
    if not (row.email or row.phone):
        return []
    name = row.asked_by or row.applicant
    return [Address(None, name, row.email or "", _language(row), row.phone or "")]


def _language(row: HelpRequest) -> str:
    """Of letters: that of the talk where the portal speaks it, else Bulgarian."""
    return row.language if row.language in (SOURCE, *OTHERS) else SOURCE


def _when(visit: HomeVisit) -> str:
    """„26.11. в 10:00 ч.“, or the half of the day that was promised."""
    moment: datetime = visit.starts_at
    values = {"day": short_day(moment), "hour": clock(moment)}
    if visit.half == MORNING:
        return str(gettext("на %(day)s преди обяд", **values))
    if visit.half:
        return str(gettext("на %(day)s след обяд", **values))
    return str(gettext("на %(day)s, %(hour)s", **values))


def _where(uow: UnitOfWork, row: HelpRequest) -> str:
    if row.person_id:
        address = f"{uow.scope.address}/assistants/case/{row.id}"
        return str(gettext("Вижте го тук: %(address)s", address=address))
    address = f"{uow.scope.address}/assistants/follow"
    return str(gettext("Вижте го с номера и кода си тук: %(address)s", address=address))


def _desk(uow: UnitOfWork, path: str) -> str:
    return f"{uow.scope.address}/console/assistants/{path}"


def _why() -> str:
    return str(gettext("Пишем Ви, защото този имейл или телефон е посочен в молбата."))


_MINE = lazy_gettext("Новина за помощник у дома")


def _to_host(fact: type[events.VisitFact], letter: Any) -> Notification:
    return Notification(fact=fact, title=_MINE, to=host, letter=letter)


def _to_coordinators(fact: type[Any], title: LazyString, letter: Any) -> Notification:
    return Notification(fact=fact, title=title, to=AssistantsPermission.COORDINATE, letter=letter)


NOTIFICATIONS = (
    Notification(fact=events.HelpAsked, title=_MINE, to=asker, letter=received),
    _to_coordinators(events.HelpAsked, lazy_gettext("Нова молба за помощник"), waits),
    _to_coordinators(events.HelpReturned, lazy_gettext("Молба за помощник чака нов ден"), waits),
    _to_coordinators(events.HelpLate, lazy_gettext("Молба за помощник чака твърде дълго"), waits),
    _to_host(events.VisitPlanned, coming),
    _to_host(events.VisitDue, coming),
    _to_host(events.VisitCancelled, cancelled),
    _to_host(events.VisitEnded, ended),
    _to_host(events.NobodyHome, missed),
    Notification(
        fact=events.VisitPlanned,
        title=lazy_gettext("Ново посещение за мен"),
        to=visitor,
        letter=yours,
    ),
    Notification(
        fact=events.VisitCancelled,
        title=lazy_gettext("Отпаднало мое посещение"),
        to=visitor,
        letter=off,
    ),
    _to_coordinators(events.CheckInMissed, lazy_gettext("Няма вест от помощник"), alarm),
    Notification(
        fact=events.CheckInMissed,
        title=lazy_gettext("Няма вест от помощник: съобщение на дежурния телефон"),
        to=on_duty,
        letter=alarm,
    ),
    Notification(
        fact=events.ProblemHandedOver,
        title=lazy_gettext("Предаден ми е проблем от посещение"),
        to=official,
        letter=handed,
    ),
    Notification(fact=events.ProblemAnswered, title=_MINE, to=problem_host, letter=solved),
)
