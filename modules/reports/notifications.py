"""Letters of reports: to who told it, to who works on it, to who oversees."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.reports import events
from obshto.modules.reports.models import Report
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services.escalation import CouncilList
from obshto.modules.reports.services.inspection import handlers_of
from obshto.modules.reports.services.letters import (
    confirmed_email,
    confirmed_phone,
    letters_page,
    waits_for_yes,
)
from obshto.modules.reports.services.queries import followed, report_of
from obshto.modules.reports.services.signal_decisions import decision_of
from obshto.modules.reports.services.states import DONE
from obshto.modules.reports.services.teams import reached_by
from obshto.platform.followers.services import followers_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

Fact = Mapping[str, Any]


def reader(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was told from, else the confirmed address or the confirmed phone, or none."""
    report = report_of(uow, UUID(fact["subject_id"]))
    if report.person_id:
        return [report.person_id]
    email, phone = confirmed_email(report), confirmed_phone(report)
    if not (email or phone):
        return []
    stop = partial(_stop, uow, report) if email else None
    return [Address(None, report.applicant, email, report.language, phone, stop)]


def reader_by_letter(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who told it, without phones: they have just read it, and a number may be another's.

    To an address that nobody has confirmed this letter goes alone: it asks.
    """
    report = report_of(uow, UUID(fact["subject_id"]))
    if report.person_id:
        return [report.person_id]
    if not report.email:
        return []
    return [Address(None, report.applicant, report.email, report.language)]


def owner(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The official who works on it; nobody while nobody took it."""
    report = report_of(uow, UUID(fact["subject_id"]))
    return [report.assignee_id] if report.assignee_id else []


def handlers(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who works on reports of its kind: inspectors on violations, clerks on all others."""
    return list(handlers_of(uow, report_of(uow, UUID(fact["subject_id"]))))


def team(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who of the team that has it works on reports here."""
    return reached_by(uow, report_of(uow, UUID(fact["subject_id"])))


def followers(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who asked for letters about somebody else's report, while everybody may see it."""
    report = report_of(uow, UUID(fact["subject_id"]))
    return [] if report.hidden_at else list(followers_of(uow, followed(report)))


def public_news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That there is something new about it, and its public page."""
    address = f"{uow.scope.address}/reports/{fact['subject_id']}"
    return worded(
        gettext("Новина по сигнал %(number)s", number=fact["number"]),
        gettext("Има новина по сигнал %(number)s.", number=fact["number"]),
        gettext("Вижте го тук: %(address)s", address=address),
    )


def received(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That it arrived: its number, by when it is answered."""
    report = report_of(uow, UUID(fact["subject_id"]))
    promise = gettext("До %(day)s ще отговорим.", day=day(report.due_on)) if report.due_on else ""
    return worded(
        gettext("Приехме сигнал %(number)s", number=fact["number"]),
        gettext("Приехме сигнала Ви. Номерът му е %(number)s.", number=fact["number"]),
        promise,
        gettext("При опасност за хора се обадете на 112."),
        _where(uow, fact),
        *(_asked(uow, report) if waits_for_yes(report) else (_why(),)),
    )


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That there is something new about it, and where. Not what."""
    return worded(
        gettext("Новина по сигнал %(number)s", number=fact["number"]),
        gettext("Има новина по сигнал %(number)s.", number=fact["number"]),
        gettext("Там е и писменото решение (PDF).") if _is_decided(uow, fact) else "",
        _where(uow, fact),
        _why(),
    )


def waits(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a report waits for staff."""
    address = f"{uow.scope.address}/console/reports/{fact['subject_id']}"
    return worded(
        gettext("Сигнал %(number)s чака Вас", number=fact["number"]),
        gettext("Има нещо за решаване по сигнал %(number)s.", number=fact["number"]),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото работите по сигнали в общината."),
    )


def waits_for_team(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a report waits for the reader's team, in the list of the day."""
    return worded(
        gettext("Сигнал %(number)s е за Вашия екип", number=fact["number"]),
        gettext("Предадоха на екипа Ви сигнал %(number)s.", number=fact["number"]),
        gettext("Вижте го тук: %(address)s", address=f"{uow.scope.address}/console/reports/day"),
        gettext("Пишем Ви, защото работите по сигнали в общината."),
    )


def climbed(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That nobody has solved it in time, and where whom it reached reads the list."""
    return _overdue(uow, fact, "/console/reports/late")


def for_council(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """The same, with the list that the council reads."""
    return _overdue(uow, fact, CouncilList.path)


def _overdue(uow: UnitOfWork, fact: Fact, path: str) -> tuple[str, str]:
    report = report_of(uow, UUID(fact["subject_id"]))
    assert report.due_on
    late = gettext(
        "Срокът на сигнал %(number)s беше %(day)s, а резултат още няма.",
        number=fact["number"],
        day=day(report.due_on),
    )
    return worded(
        gettext("Просрочен сигнал %(number)s", number=fact["number"]),
        late,
        gettext("Вижте го в списъка: %(address)s", address=f"{uow.scope.address}{path}"),
        gettext("Пишем Ви, защото отговаряте за сроковете на сигналите в общината."),
    )


def _is_decided(uow: UnitOfWork, fact: Fact) -> bool:
    report = report_of(uow, UUID(fact["subject_id"]))
    return decision_of(uow, report) is not None and report.state in DONE


def _where(uow: UnitOfWork, fact: Fact) -> str:
    if report_of(uow, UUID(fact["subject_id"])).person_id:
        address = f"{uow.scope.address}/reports/case/{fact['subject_id']}"
        return str(gettext("Вижте го тук: %(address)s", address=address))
    address = f"{uow.scope.address}/reports/follow"
    return str(gettext("Вижте го с номера и кода си тук: %(address)s", address=address))


def _asked(uow: UnitOfWork, report: Report) -> tuple[str, str]:
    return (
        gettext(
            "Ако сте подали сигнала и искате да Ви пишем какво става с него, отворете тази страница"
            " и натиснете бутона: %(page)s",
            page=letters_page(uow, report),
        ),
        gettext("Ако не сте Вие, не правете нищо: няма да Ви пишем повече."),
    )


def _stop(uow: UnitOfWork, report: Report) -> str:
    return str(gettext("Спрете писмата: %(page)s", page=letters_page(uow, report)))


def _why() -> str:
    return str(gettext("Пишем Ви, защото този имейл е посочен за връзка в сигнала."))


def _to_sender(fact: type[events.ReportFact]) -> Notification:
    title = lazy_gettext("Новина по моя сигнал")
    return Notification(fact=fact, title=title, to=reader, letter=news, has_push=True)


def _to_staff(
    fact: type[events.ReportFact],
    title: LazyString,
    who: Permission | Callable[[UnitOfWork, Fact], Collection[UUID | Address]] = handlers,
    letter: Callable[[UnitOfWork, Fact], tuple[str, str]] = waits,
) -> Notification:
    return Notification(fact=fact, title=title, to=who, letter=letter)


def _to_followers(fact: type[events.ReportFact]) -> Notification:
    title = lazy_gettext("Новина по сигнал, който следя")
    return Notification(fact=fact, title=title, to=followers, letter=public_news, has_push=True)


def _to_owner(fact: type[events.ReportFact], title: LazyString) -> Notification:
    return Notification(fact=fact, title=title, to=owner, letter=waits)


NOTIFICATIONS = (
    # Before the letters to staff: who works here and tells something hears once, as who told it.
    Notification(
        fact=events.ReportSent,
        title=lazy_gettext("Потвърждение, че сигналът ми е приет"),
        to=reader_by_letter,
        letter=received,
    ),
    _to_staff(events.ReportSent, lazy_gettext("Нов сигнал")),
    _to_sender(events.ReportTaken),
    _to_sender(events.ReporterAsked),
    _to_sender(events.ReportFixed),
    _to_sender(events.ReportRefused),
    _to_sender(events.ReportPassedOn),
    _to_sender(events.ReportHandedOver),
    _to_sender(events.ReportMerged),
    _to_sender(events.ReportParted),
    _to_followers(events.ReportTaken),
    _to_followers(events.ReportFixed),
    _to_followers(events.ReportRefused),
    _to_followers(events.ReportPassedOn),
    _to_followers(events.ReportHandedOver),
    _to_followers(events.ReportMerged),
    _to_followers(events.ReportDisputed),
    _to_staff(events.ReportCrossed, lazy_gettext("Нов сигнал")),
    _to_staff(events.ReportGivenBack, lazy_gettext("Сигнал, върнат от терен")),
    _to_staff(events.ReportDisputed, lazy_gettext("Оспорен сигнал")),
    _to_staff(
        *(events.ReportLate, lazy_gettext("Просрочен сигнал")),
        *(ReportsPermission.HEAD, climbed),
    ),
    _to_staff(
        *(events.ReportLateToMayor, lazy_gettext("Просрочен сигнал стигна до кмета")),
        *(ReportsPermission.MAYOR, climbed),
    ),
    _to_staff(
        *(events.ReportLateToCouncil, lazy_gettext("Просрочен сигнал е в списъка за съвета")),
        *(ReportsPermission.COUNCIL, for_council),
    ),
    _to_sender(events.ReportLateToEverybody),
    _to_followers(events.ReportLateToEverybody),
    Notification(
        fact=events.ReportPassedToTeam,
        title=lazy_gettext("Сигнал за моя екип"),
        to=team,
        letter=waits_for_team,
    ),
    _to_owner(events.ReporterAnswered, lazy_gettext("Отговор на въпрос по сигнал")),
    _to_owner(events.ReportAssigned, lazy_gettext("Възложен ми е сигнал")),
    _to_owner(events.ReportReminded, lazy_gettext("Питайте за предаден сигнал")),
)
