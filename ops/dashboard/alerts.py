"""What is wrong with a municipality, in sentences; the heaviest decides who needs help first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from obshto.ops.dashboard.objectives import QUICK

if TYPE_CHECKING:
    from obshto.ops.dashboard.health import Health
    from obshto.ops.dashboard.region import RegionHealth

SILENT = timedelta(minutes=15)  # three times the interval of readings
BACKUP_AGE, REHEARSAL_AGE = timedelta(hours=26), timedelta(days=30)
SLOW_MS = 200
MANY_TRIES = 50  # in an hour, of eleven municipalities: more than forgetfulness
NEARLY = 0.8  # of the letters of a day
FULL, FILLING = 0.05, 0.15  # of a disk that is free
FEW_DAYS = 21  # until it is full, at the pace of two weeks
GRAVE, MILD = 60, 30  # from these weights on it is red, yellow


@dataclass(frozen=True, slots=True, order=True)
class Alert:
    """A sentence and how heavily it weighs, 0 to 100."""

    weight: int
    sentence: str


def alerts_of(it: Health) -> list[Alert]:
    """The heaviest first."""
    found = [
        *_of_service(it),
        *_of_promises(it),
        *_of_backups(it),
        *_of_letters(it),
        *_of_tickets(it),
        *_of_people(it),
    ]
    return sorted(found, reverse=True)


def alerts_of_region(it: RegionHealth) -> list[Alert]:
    """The same of what is done for all of them."""
    found = [*_of_jobs(it), *_of_last_backup(it), *_of_sign_ins(it), *_of_disks(it)]
    if it.log_broken:
        found.append(Alert(75, gettext("Дневникът на областта е променян отвън")))
    return sorted(found, reverse=True)


def colour_of(findings: Sequence[Alert]) -> str:
    """Of the heaviest, which stands first; green where there is none."""
    weight = findings[0].weight if findings else 0
    return "red" if weight >= GRAVE else "yellow" if weight >= MILD else "green"


def _of_service(it: Health) -> Iterator[Alert]:
    if it.hour.errors:
        said = ngettext(
            "%(num)s грешка за последния час", "%(num)s грешки за последния час", it.hour.errors
        )
        yield Alert(90, said)
    if it.now - (it.heard_at or it.joined_at) > SILENT:
        yield Alert(80, gettext("Фоновите задачи не са се обаждали отдавна"))
    if it.readings.get("log.broken"):
        yield Alert(75, gettext("Дневникът на общината е променян отвън"))
    if not it.is_up_to_date:
        yield Alert(70, gettext("Таблиците са от по-стара версия"))
    yield from _of_jobs(it)
    if (it.hour.p95 or 0) > SLOW_MS:
        yield Alert(50, gettext("Страниците се отварят бавно"))


def _of_promises(it: Health) -> Iterator[Alert]:
    promised = it.objective
    if promised.burns:
        yield Alert(85, gettext("Грешките изяждат месечния запас твърде бързо"))
    elif promised.is_known and not promised.left:
        yield Alert(58, gettext("Достъпността за 30 дни е под обещаните 99,95 на сто"))
    if promised.is_known and promised.quick < QUICK:
        yield Alert(48, gettext("За 30 дни твърде много страници са бавни"))


def _of_jobs(it: Health | RegionHealth) -> Iterator[Alert]:
    if it.jobs.failed:
        said = ngettext(
            "%(num)s неуспешна фонова задача", "%(num)s неуспешни фонови задачи", it.jobs.failed
        )
        yield Alert(60, said)


def _of_last_backup(it: Health | RegionHealth) -> Iterator[Alert]:
    # Who has just joined is in no trouble yet.
    if it.backup is not None and not it.backup.is_good:
        yield Alert(66, gettext("Последното резервно копие не стана"))
    elif it.now - (it.backup.at if it.backup else it.joined_at) > BACKUP_AGE:
        yield Alert(64, gettext("Няма резервно копие от последното денонощие"))


def _of_backups(it: Health) -> Iterator[Alert]:
    yield from _of_last_backup(it)
    rehearsal = it.rehearsal
    if rehearsal is not None and not rehearsal.is_good:
        yield Alert(63, gettext("Пробното възстановяване не успя"))
    elif it.now - (rehearsal.at if rehearsal else it.joined_at) > REHEARSAL_AGE:
        yield Alert(30, gettext("Няма пробно възстановяване от последния месец"))
    if it.is_beside:
        yield Alert(25, gettext("Възстановено копие чака решение"))


def _of_sign_ins(it: RegionHealth) -> Iterator[Alert]:
    if (tries := it.failed_sign_ins) > MANY_TRIES:
        said = ngettext(
            "%(num)s неуспешен опит за вход за последния час",
            "%(num)s неуспешни опита за вход за последния час",
            tries,
        )
        yield Alert(56, said)


def _of_disks(it: RegionHealth) -> Iterator[Alert]:
    for disk in it.disks:
        words = {"disk": disk.title, "percent": int(100 * disk.share)}
        if disk.share < FULL:
            said = gettext(
                "Дискът „%(disk)s“ е почти пълен: свободни са %(percent)s на сто", **words
            )
            yield Alert(88, said)
        elif disk.days_left is not None and disk.days_left < FEW_DAYS:
            said = ngettext(
                "Дискът „%(disk)s“ ще се напълни след %(num)s ден",
                "Дискът „%(disk)s“ ще се напълни след %(num)s дни",
                disk.days_left,
                disk=disk.title,
            )
            yield Alert(62, said)
        elif disk.share < FILLING:
            said = gettext("Дискът „%(disk)s“ се пълни: свободни са %(percent)s на сто", **words)
            yield Alert(46, said)


def _of_letters(it: Health) -> Iterator[Alert]:
    if refused := it.readings.get("letters.refused", 0):
        said = ngettext(
            "%(num)s върнато писмо за седмица", "%(num)s върнати писма за седмица", refused
        )
        yield Alert(40, said)
    today, most = it.readings.get("letters.today", 0), it.readings.get("letters.budget", 0)
    if most and today >= most:
        yield Alert(45, gettext("Писмата за днес са изчерпани, останалите чакат до утре"))
    elif most and today >= NEARLY * most:
        yield Alert(32, gettext("Писмата за днес са на привършване"))
    if it.readings.get("letters.held"):
        yield Alert(15, gettext("Писма получават само служители, останалите се задържат"))


def _of_tickets(it: Health) -> Iterator[Alert]:
    if late := it.tickets.overdue:
        said = ngettext("%(num)s просрочено запитване", "%(num)s просрочени запитвания", late)
        yield Alert(55, said)
    if waiting := it.tickets.tickets:
        said = ngettext(
            "%(num)s запитване чака отговор", "%(num)s запитвания чакат отговор", waiting
        )
        yield Alert(38, said)


def _of_people(it: Health) -> Iterator[Alert]:
    if it.heard_at is not None and not it.readings.get("people.admins"):
        yield Alert(35, gettext("Порталът няма администратор"))
    if missing := sum(n for word, n in it.readings.items() if word.startswith("missing.")):
        said = ngettext(
            "%(num)s стъпка остава преди откриването",
            "%(num)s стъпки остават преди откриването",
            missing,
        )
        yield Alert(12, said)
    if not it.has_contact:
        yield Alert(20, gettext("Няма телефон за връзка"))
