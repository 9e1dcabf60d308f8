"""What happens to applications. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.events.powers import POWER_EVENTS
from obshto.modules.eservices.events.registers import RegisterChanged
from obshto.modules.eservices.events.versions import VERSION_EVENTS
from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CaseFact(DomainEvent):
    """The case, its number, its service: words that may stand in a log."""

    subject_id: UUID
    number: str
    service: str


class ApplicationSent(CaseFact):
    name: ClassVar[str] = "eservices:application.sent"
    label: ClassVar[LazyString] = lazy_gettext("Подадено заявление")


class ApplicationTaken(CaseFact):
    name: ClassVar[str] = "eservices:application.taken"
    label: ClassVar[LazyString] = lazy_gettext("Поето заявление")


class ApplicationHandedOver(CaseFact):
    name: ClassVar[str] = "eservices:application.handed-over"
    label: ClassVar[LazyString] = lazy_gettext("Предадено заявление на колега")


class ApplicationNoted(CaseFact):
    name: ClassVar[str] = "eservices:application.noted"
    label: ClassVar[LazyString] = lazy_gettext("Бележка по заявление")


class ApplicationLookedAt(CaseFact):
    """Somebody of the staff looked at what a person wrote; `purpose` is a word of ours."""

    name: ClassVar[str] = "eservices:application.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на заявление")


class InformationAsked(CaseFact):
    name: ClassVar[str] = "eservices:application.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискани данни по заявление")


class RequestServed(CaseFact):
    """What is asked reached the person: the days to answer run."""

    name: ClassVar[str] = "eservices:application.served"
    label: ClassVar[LazyString] = lazy_gettext("Връчено искане по заявление")


class InformationGiven(CaseFact):
    name: ClassVar[str] = "eservices:application.answered"
    label: ClassVar[LazyString] = lazy_gettext("Получени данни по заявление")


class ApplicationDecided(CaseFact):
    """A document was issued."""

    name: ClassVar[str] = "eservices:application.decided"
    label: ClassVar[LazyString] = lazy_gettext("Издаден документ по заявление")


@dataclass(frozen=True, kw_only=True)
class DocumentCorrected(CaseFact):
    """One with a mistake was replaced; both outgoing numbers stand here."""

    name: ClassVar[str] = "eservices:document.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправен документ, с нов номер")
    is_public: ClassVar[bool] = True  # or a kept page of the check goes on saying „genuine“
    replaced: str
    issued: str


class ApplicationRefused(CaseFact):
    name: ClassVar[str] = "eservices:application.refused"
    label: ClassVar[LazyString] = lazy_gettext("Отказ по заявление")


class ApplicationWithdrawn(CaseFact):
    name: ClassVar[str] = "eservices:application.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглено заявление")


class ApplicationClosed(CaseFact):
    """What was asked for did not come in time."""

    name: ClassVar[str] = "eservices:application.closed"
    label: ClassVar[LazyString] = lazy_gettext("Прекратено заявление")


class DecisionProposed(CaseFact):
    """A decision waits for its second signature."""

    name: ClassVar[str] = "eservices:decision.proposed"
    label: ClassVar[LazyString] = lazy_gettext("Решение за втори подпис")


class ApprovalWaits(CaseFact):
    """A prepared decision waits for whoever approves it next."""

    name: ClassVar[str] = "eservices:approval.waits"
    label: ClassVar[LazyString] = lazy_gettext("Решение за одобрение")


class ApprovalStuck(CaseFact):
    """Nobody but who prepared it could approve it."""

    name: ClassVar[str] = "eservices:approval.stuck"
    label: ClassVar[LazyString] = lazy_gettext("Няма кой да одобри решение")


class DecisionPrepared(CaseFact):
    """A decision is ready to be approved."""

    name: ClassVar[str] = "eservices:decision.prepared"
    label: ClassVar[LazyString] = lazy_gettext("Подготвено решение")


class DecisionApproved(CaseFact):
    name: ClassVar[str] = "eservices:decision.approved"
    label: ClassVar[LazyString] = lazy_gettext("Одобрено решение")


class DecisionTakenBack(CaseFact):
    """Who prepared a decision goes on working on it."""

    name: ClassVar[str] = "eservices:decision.taken_back"
    label: ClassVar[LazyString] = lazy_gettext("Взето обратно решение")


class ApprovalReassigned(CaseFact):
    name: ClassVar[str] = "eservices:approval.reassigned"
    label: ClassVar[LazyString] = lazy_gettext("Пренасочено одобрение")


class DecisionReturned(CaseFact):
    name: ClassVar[str] = "eservices:decision.returned"
    label: ClassVar[LazyString] = lazy_gettext("Върнато решение")


class TermExtended(CaseFact):
    name: ClassVar[str] = "eservices:term.extended"
    label: ClassVar[LazyString] = lazy_gettext("Удължен срок на заявление")


class TermNears(CaseFact):
    """Two days are left."""

    name: ClassVar[str] = "eservices:term.nearing"
    label: ClassVar[LazyString] = lazy_gettext("Срокът на заявление изтича")


class TermPassed(CaseFact):
    name: ClassVar[str] = "eservices:term.passed"
    label: ClassVar[LazyString] = lazy_gettext("Просрочено заявление")


class ExpiryNears(CaseFact):
    """What was issued ends soon; it may be asked for again."""

    name: ClassVar[str] = "eservices:document.expiring"
    label: ClassVar[LazyString] = lazy_gettext("Срокът на издаден документ изтича")


class ExpiryTold(CaseFact):
    """Staff told the holder that it ends."""

    name: ClassVar[str] = "eservices:document.expiry-told"
    label: ClassVar[LazyString] = lazy_gettext("Уведомен притежател на документ, който изтича")


class DocumentHanded(CaseFact):
    """It was given at the counter, or posted."""

    name: ClassVar[str] = "eservices:document.handed"
    label: ClassVar[LazyString] = lazy_gettext("Връчен документ")


class ComplaintSent(CaseFact):
    name: ClassVar[str] = "eservices:complaint.sent"
    label: ClassVar[LazyString] = lazy_gettext("Подадена жалба по заявление")


class ComplaintAnswered(CaseFact):
    name: ClassVar[str] = "eservices:complaint.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на жалба по заявление")


class RatingGiven(CaseFact):
    name: ClassVar[str] = "eservices:rating.given"
    label: ClassVar[LazyString] = lazy_gettext("Оценена услуга")


class ServiceRatedBad(CaseFact):
    """Somebody was not content."""

    name: ClassVar[str] = "eservices:rating.bad"
    label: ClassVar[LazyString] = lazy_gettext("Лоша оценка на услуга")


class RatingAnswered(CaseFact):
    name: ClassVar[str] = "eservices:rating.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на оценка")


class FeePaid(CaseFact):
    name: ClassVar[str] = "eservices:fee.paid"
    label: ClassVar[LazyString] = lazy_gettext("Платена такса по заявление")


class FeeReopened(CaseFact):
    """It was paid and is owed again."""

    name: ClassVar[str] = "eservices:fee.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Таксата по заявление отново се дължи")


class FeeLowered(CaseFact):
    """The law takes a part off for delay."""

    name: ClassVar[str] = "eservices:fee.lowered"
    label: ClassVar[LazyString] = lazy_gettext("Намалена такса заради забава")


@dataclass(frozen=True, kw_only=True)
class DogFact(DomainEvent):
    """The dog and its number in the register, never its keeper."""

    subject_id: UUID
    register_no: str


@dataclass(frozen=True, kw_only=True)
class DogEntered(DogFact):
    """A decision was written into the register; `event` is what happened to the dog."""

    name: ClassVar[str] = "eservices:dog.entered"
    label: ClassVar[LazyString] = lazy_gettext("Вписване в регистъра на кучетата")

    event: str


class DogLookedAt(DogFact):
    """Somebody of the staff looked up who keeps a dog."""

    name: ClassVar[str] = "eservices:dog.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на собственик на куче")


class DogBrought(DogFact):
    """Somebody brought or saw a dog; its keeper is told where it is."""

    name: ClassVar[str] = "eservices:dog.brought"
    label: ClassVar[LazyString] = lazy_gettext("Намерено куче")


class VaccinationNears(DogFact):
    """In two weeks the last vaccination counts no more."""

    name: ClassVar[str] = "eservices:dog.vaccination-nearing"
    label: ClassVar[LazyString] = lazy_gettext("Предстои ваксинация на куче")


@dataclass(frozen=True, kw_only=True)
class FormerSealFact(DomainEvent):
    """Former lines of the activity log; documents emit their own now."""

    subject_id: UUID
    fingerprint: str


class FormerSealPut(FormerSealFact):
    name: ClassVar[str] = "eservices:seal.put"
    label: ClassVar[LazyString] = lazy_gettext("Нов електронен печат за документите")


class FormerSealRemoved(FormerSealFact):
    name: ClassVar[str] = "eservices:seal.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат електронен печат")


@dataclass(frozen=True, kw_only=True)
class DraftForgotten(DomainEvent):
    """Nobody has touched it for some days; soon it is gone."""

    name: ClassVar[str] = "eservices:draft.forgotten"
    label: ClassVar[LazyString] = lazy_gettext("Неподадена чернова")

    service: str


@dataclass(frozen=True, kw_only=True)
class ServiceOpened(DomainEvent):
    """From now on it can be applied for by the portal."""

    name: ClassVar[str] = "eservices:service.opened"
    label: ClassVar[LazyString] = lazy_gettext("Нова услуга през портала")

    service: str


@dataclass(frozen=True, kw_only=True)
class OfferChanged(DomainEvent):
    """A service is offered otherwise: online or not, at another fee, signed by somebody else."""

    name: ClassVar[str] = "eservices:offer.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променена услуга")
    is_public: ClassVar[bool] = True

    service: str


@dataclass(frozen=True, kw_only=True)
class DepartmentFact(DomainEvent):
    """The department; who is in it no log says."""

    subject_id: UUID


class DepartmentMade(DepartmentFact):
    name: ClassVar[str] = "eservices:department.made"
    label: ClassVar[LazyString] = lazy_gettext("Нов отдел")


class DepartmentChanged(DepartmentFact):
    name: ClassVar[str] = "eservices:department.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен отдел")


class DepartmentRemoved(DepartmentFact):
    name: ClassVar[str] = "eservices:department.removed"
    label: ClassVar[LazyString] = lazy_gettext("Премахнат отдел")


@dataclass(frozen=True, kw_only=True)
class DesignSaved(DomainEvent):
    """Somebody changed a service that the municipality makes itself; nobody sees it yet."""

    name: ClassVar[str] = "eservices:design.saved"
    label: ClassVar[LazyString] = lazy_gettext("Променена собствена услуга")

    service: str


@dataclass(frozen=True, kw_only=True)
class ServicePublished(DomainEvent):
    """A version of an own service stands in the catalogue."""

    name: ClassVar[str] = "eservices:service.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувана собствена услуга")
    is_public: ClassVar[bool] = True

    service: str


@dataclass(frozen=True, kw_only=True)
class ServiceWithdrawn(DomainEvent):
    """An own service takes no more applications."""

    name: ClassVar[str] = "eservices:service.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглена собствена услуга")
    is_public: ClassVar[bool] = True

    service: str


@dataclass(frozen=True, kw_only=True)
class CallBackFact(DomainEvent):
    """About a draft that is filled in."""

    service: str


class CallBackAsked(CallBackFact):
    name: ClassVar[str] = "eservices:call.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискано обаждане при попълване")


class CallBackCancelled(CallBackFact):
    name: ClassVar[str] = "eservices:call.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Обаждането при попълване вече не е нужно")


class CallBackEnded(CallBackFact):
    """Somebody of the staff called, or put the call back."""

    name: ClassVar[str] = "eservices:call.ended"
    label: ClassVar[LazyString] = lazy_gettext("Обаждане за помощ при попълване")


EVENTS = (
    DesignSaved,
    ServicePublished,
    ServiceWithdrawn,
    ApplicationSent,
    ApplicationTaken,
    ApplicationHandedOver,
    ApplicationNoted,
    ApplicationLookedAt,
    InformationAsked,
    RequestServed,
    InformationGiven,
    ApplicationDecided,
    DocumentCorrected,
    ApplicationRefused,
    ApplicationWithdrawn,
    ApplicationClosed,
    DecisionProposed,
    DecisionReturned,
    DecisionPrepared,
    DecisionApproved,
    DecisionTakenBack,
    ApprovalWaits,
    ApprovalStuck,
    ApprovalReassigned,
    TermExtended,
    TermNears,
    TermPassed,
    DocumentHanded,
    ExpiryNears,
    ExpiryTold,
    ComplaintSent,
    ComplaintAnswered,
    RatingGiven,
    ServiceRatedBad,
    RatingAnswered,
    DraftForgotten,
    *(CallBackAsked, CallBackCancelled, CallBackEnded),
    ServiceOpened,
    FeePaid,
    FeeReopened,
    FeeLowered,
    OfferChanged,
    *(DepartmentMade, DepartmentChanged, DepartmentRemoved),
    *(DogEntered, DogLookedAt, DogBrought, VaccinationNears),
    *(FormerSealPut, FormerSealRemoved),
    RegisterChanged,
    *VERSION_EVENTS,
    *POWER_EVENTS,
)
