"""Domain events of reports. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ReportFact(DomainEvent):
    """The report, its number, its kind: words that may stand in a log."""

    subject_id: UUID
    number: str
    kind: str


class ReportSent(ReportFact):
    name: ClassVar[str] = "reports:report.sent"
    label: ClassVar[LazyString] = lazy_gettext("Подаден сигнал")


class ReportTaken(ReportFact):
    name: ClassVar[str] = "reports:report.taken"
    label: ClassVar[LazyString] = lazy_gettext("Поет сигнал")


class ReportAssigned(ReportFact):
    name: ClassVar[str] = "reports:report.assigned"
    label: ClassVar[LazyString] = lazy_gettext("Възложен сигнал")


class ReportSorted(ReportFact):
    """Kind, term, public words or publicity were set by staff."""

    name: ClassVar[str] = "reports:report.sorted"
    label: ClassVar[LazyString] = lazy_gettext("Определени вид и срок на сигнал")
    is_public: ClassVar[bool] = True


class ReporterAsked(ReportFact):
    name: ClassVar[str] = "reports:report.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискани данни по сигнал")


class ReporterAnswered(ReportFact):
    name: ClassVar[str] = "reports:report.answered"
    label: ClassVar[LazyString] = lazy_gettext("Дадени данни по сигнал")


class ReportFixed(ReportFact):
    name: ClassVar[str] = "reports:report.fixed"
    label: ClassVar[LazyString] = lazy_gettext("Решен сигнал")
    is_public: ClassVar[bool] = True


class ReportConfirmed(ReportFact):
    name: ClassVar[str] = "reports:report.confirmed"
    label: ClassVar[LazyString] = lazy_gettext("Потвърден сигнал")
    is_public: ClassVar[bool] = True


class ReportRefused(ReportFact):
    name: ClassVar[str] = "reports:report.refused"
    label: ClassVar[LazyString] = lazy_gettext("Сигнал, приключен без действие")
    is_public: ClassVar[bool] = True


class ReportPassedOn(ReportFact):
    name: ClassVar[str] = "reports:report.passed-on"
    label: ClassVar[LazyString] = lazy_gettext("Препратен сигнал")
    is_public: ClassVar[bool] = True


class ReportDisputed(ReportFact):
    name: ClassVar[str] = "reports:report.disputed"
    label: ClassVar[LazyString] = lazy_gettext("Оспорен сигнал")
    is_public: ClassVar[bool] = True


class ReportHidden(ReportFact):
    name: ClassVar[str] = "reports:report.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрит сигнал")
    is_public: ClassVar[bool] = True


class ReportPhotoCovered(ReportFact):
    """Something on a photograph is covered from now on."""

    name: ClassVar[str] = "reports:report.photo-covered"
    label: ClassVar[LazyString] = lazy_gettext("Закрито място на снимка към сигнал")
    is_public: ClassVar[bool] = True


class ReportHandedOver(ReportFact):
    """Another body has it; it stays open here."""

    name: ClassVar[str] = "reports:report.handed-over"
    label: ClassVar[LazyString] = lazy_gettext("Сигнал, предаден на друга служба")
    is_public: ClassVar[bool] = True


class ReportToNeighbour(ReportFact):
    """With the sender's consent a neighbour municipality gets it as a report."""

    name: ClassVar[str] = "reports:report.to-neighbour"
    label: ClassVar[LazyString] = lazy_gettext("Сигнал, предаден на съседна община")


class ReportReminded(ReportFact):
    name: ClassVar[str] = "reports:report.reminded"
    label: ClassVar[LazyString] = lazy_gettext("Напомняне за предаден сигнал")


class ReportMerged(ReportFact):
    name: ClassVar[str] = "reports:report.merged"
    label: ClassVar[LazyString] = lazy_gettext("Присъединен повторен сигнал")
    is_public: ClassVar[bool] = True


class ReportParted(ReportFact):
    name: ClassVar[str] = "reports:report.parted"
    label: ClassVar[LazyString] = lazy_gettext("Отделен повторен сигнал")
    is_public: ClassVar[bool] = True


class ReportGivenBack(ReportFact):
    name: ClassVar[str] = "reports:report.given-back"
    label: ClassVar[LazyString] = lazy_gettext("Сигнал, върнат от терен")


class ReportCrossed(ReportFact):
    """It turned out to be a violation, or to be none: others work on it from now on."""

    name: ClassVar[str] = "reports:report.crossed"
    label: ClassVar[LazyString] = lazy_gettext("Сигнал, преминал към или от инспектор")
    is_public: ClassVar[bool] = True


class ReportPassedToTeam(ReportFact):
    name: ClassVar[str] = "reports:report.passed-to-team"
    label: ClassVar[LazyString] = lazy_gettext("Сигнал, предаден на екип")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class TeamFact(DomainEvent):
    """The team; who is in it no log says."""

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class KindFact(DomainEvent):
    """An own kind of reports; `title` is its name for the log."""

    subject_id: UUID
    title: str


class KindMade(KindFact):
    name: ClassVar[str] = "reports:kind.made"
    label: ClassVar[LazyString] = lazy_gettext("Нов вид сигнали")


class KindChanged(KindFact):
    name: ClassVar[str] = "reports:kind.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен вид сигнали")


class KindRetired(KindFact):
    name: ClassVar[str] = "reports:kind.retired"
    label: ClassVar[LazyString] = lazy_gettext("Вид сигнали е спрян или пак се приема")


class KindRemoved(KindFact):
    name: ClassVar[str] = "reports:kind.removed"
    label: ClassVar[LazyString] = lazy_gettext("Премахнат вид сигнали")


class TeamMade(TeamFact):
    name: ClassVar[str] = "reports:team.made"
    label: ClassVar[LazyString] = lazy_gettext("Нов екип за сигнали")


class TeamChanged(TeamFact):
    name: ClassVar[str] = "reports:team.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен екип за сигнали")


class TeamRemoved(TeamFact):
    name: ClassVar[str] = "reports:team.removed"
    label: ClassVar[LazyString] = lazy_gettext("Премахнат екип за сигнали")


class ReporterLookedAt(ReportFact):
    name: ClassVar[str] = "reports:report.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на подателя на сигнал")


class ReportPhoneAsked(ReportFact):
    """A phone that was typed is asked by a code whether it wants news."""

    name: ClassVar[str] = "reports:report.phone-asked"
    label: ClassVar[LazyString] = lazy_gettext("Код до телефона на подател на сигнал")


class ReportDecisionTold(ReportFact):
    name: ClassVar[str] = "reports:report.decision-told"
    label: ClassVar[LazyString] = lazy_gettext("Съобщено решение по сигнал")


class ReportLate(ReportFact):
    name: ClassVar[str] = "reports:report.late"
    label: ClassVar[LazyString] = lazy_gettext("Просрочен сигнал")
    is_public: ClassVar[bool] = True


class ReportLateToMayor(ReportFact):
    name: ClassVar[str] = "reports:report.late-mayor"
    label: ClassVar[LazyString] = lazy_gettext("Просрочен сигнал стигна до кмета")
    is_public: ClassVar[bool] = True


class ReportLateToEverybody(ReportFact):
    name: ClassVar[str] = "reports:report.late-everybody"
    label: ClassVar[LazyString] = lazy_gettext("Просрочен сигнал е в публичния списък")
    is_public: ClassVar[bool] = True


class ReportLateToCouncil(ReportFact):
    name: ClassVar[str] = "reports:report.late-council"
    label: ClassVar[LazyString] = lazy_gettext("Просрочен сигнал е в списъка за съвета")
    is_public: ClassVar[bool] = True


EVENTS = (
    *(ReportSent, ReportTaken, ReportAssigned, ReportSorted, ReporterAsked, ReporterAnswered),
    *(ReportFixed, ReportConfirmed, ReportRefused, ReportPassedOn, ReportDisputed),
    *(ReportHidden, ReporterLookedAt, ReportLate, ReportHandedOver, ReportReminded),
    *(ReportToNeighbour, ReportPhoneAsked),
    *(ReportMerged, ReportParted, ReportGivenBack, ReportPhotoCovered, ReportDecisionTold),
    *(ReportCrossed, ReportPassedToTeam, TeamMade, TeamChanged, TeamRemoved),
    *(KindMade, KindChanged, KindRetired, KindRemoved),
    *(ReportLateToMayor, ReportLateToEverybody, ReportLateToCouncil),
)
