"""Domain events of referenda. No fact says who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ReferendumFact(DomainEvent):
    """The proposal and its number in the register, empty before it has one."""

    subject_id: UUID
    number: str


class ReferendumDrafted(ReferendumFact):
    name: ClassVar[str] = "referendum:proposal.drafted"
    label: ClassVar[LazyString] = lazy_gettext("Чернова на предложение за референдум")


class ReferendumEdited(ReferendumFact):
    name: ClassVar[str] = "referendum:proposal.edited"
    label: ClassVar[LazyString] = lazy_gettext("Поправено предложение за референдум")


class CommitteeChanged(ReferendumFact):
    name: ClassVar[str] = "referendum:committee.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен инициативен комитет")


class VotersCounted(ReferendumFact):
    name: ClassVar[str] = "referendum:voters.counted"
    label: ClassVar[LazyString] = lazy_gettext("Въведен брой гласоподаватели")
    is_public: ClassVar[bool] = True


class QuestionUpheld(ReferendumFact):
    name: ClassVar[str] = "referendum:question.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Юристът допусна въпроса")
    is_public: ClassVar[bool] = True


class ReferendumAdvanced(ReferendumFact):
    """A step before the public sees the proposal."""

    name: ClassVar[str] = "referendum:proposal.advanced"
    label: ClassVar[LazyString] = lazy_gettext("Следваща стъпка по предложение за референдум")


@dataclass(frozen=True, kw_only=True)
class ReferendumChanged(ReferendumFact):
    """A step that everybody sees; `state` is the one it led to."""

    name: ClassVar[str] = "referendum:proposal.changed"
    label: ClassVar[LazyString] = lazy_gettext("Следваща стъпка по местен референдум")
    is_public: ClassVar[bool] = True
    state: str


class ReferendumCalled(ReferendumFact):
    name: ClassVar[str] = "referendum:referendum.called"
    label: ClassVar[LazyString] = lazy_gettext("Насрочен местен референдум")
    is_public: ClassVar[bool] = True


class ReferendumDecided(ReferendumFact):
    name: ClassVar[str] = "referendum:referendum.decided"
    label: ClassVar[LazyString] = lazy_gettext("Резултат от местен референдум")
    is_public: ClassVar[bool] = True


class ReferendumLate(ReferendumFact):
    name: ClassVar[str] = "referendum:term.passed"
    label: ClassVar[LazyString] = lazy_gettext("Изтекъл срок по местен референдум")


class SheetsPrinted(ReferendumFact):
    name: ClassVar[str] = "referendum:sheets.printed"
    label: ClassVar[LazyString] = lazy_gettext("Отпечатани листа за подписи")


class SignatureEntered(ReferendumFact):
    name: ClassVar[str] = "referendum:signature.entered"
    label: ClassVar[LazyString] = lazy_gettext("Въведен ред от подписка")


class SignatureCorrected(ReferendumFact):
    name: ClassVar[str] = "referendum:signature.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправен ред от подписка")


class FindingsEntered(ReferendumFact):
    name: ClassVar[str] = "referendum:findings.entered"
    label: ClassVar[LazyString] = lazy_gettext("Въведен протокол от проверка на подписка")


class SignaturesLookedAt(ReferendumFact):
    name: ClassVar[str] = "referendum:signatures.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на подписка")


class CampaignFact(ReferendumFact):
    """Something about the campaign of a called referendum."""


class PartyRegistered(CampaignFact):
    name: ClassVar[str] = "referendum:party.registered"
    label: ClassVar[LazyString] = lazy_gettext("Регистрирана страна в кампания")
    is_public: ClassVar[bool] = True


class PartyStruck(CampaignFact):
    name: ClassVar[str] = "referendum:party.struck"
    label: ClassVar[LazyString] = lazy_gettext("Зачеркната страна в кампания")
    is_public: ClassVar[bool] = True


class StatementWritten(CampaignFact):
    name: ClassVar[str] = "referendum:statement.written"
    label: ClassVar[LazyString] = lazy_gettext("Текст на страна в кампания")


class CampaignShown(CampaignFact):
    name: ClassVar[str] = "referendum:campaign.shown"
    label: ClassVar[LazyString] = lazy_gettext("Показани са двете страни в кампания")
    is_public: ClassVar[bool] = True


class CampaignEventAnnounced(CampaignFact):
    name: ClassVar[str] = "referendum:event.announced"
    label: ClassVar[LazyString] = lazy_gettext("Обявена проява в кампания")
    is_public: ClassVar[bool] = True


class CampaignEventCancelled(CampaignFact):
    name: ClassVar[str] = "referendum:event.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменена проява в кампания")
    is_public: ClassVar[bool] = True


class HallAsked(CampaignFact):
    name: ClassVar[str] = "referendum:hall.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискана зала за проява в кампания")
    is_public: ClassVar[bool] = True


class HallAnswered(CampaignFact):
    name: ClassVar[str] = "referendum:hall.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на искане за зала в кампания")
    is_public: ClassVar[bool] = True


EVENTS = (
    *(ReferendumDrafted, ReferendumEdited, CommitteeChanged, VotersCounted, QuestionUpheld),
    *(ReferendumAdvanced, ReferendumChanged, ReferendumCalled, ReferendumDecided, ReferendumLate),
    *(SheetsPrinted, SignatureEntered, SignatureCorrected, FindingsEntered, SignaturesLookedAt),
    *(PartyRegistered, PartyStruck, StatementWritten, CampaignShown),
    *(CampaignEventAnnounced, CampaignEventCancelled, HallAsked, HallAnswered),
)
PUBLIC = frozenset(fact for fact in EVENTS if fact.is_public)
