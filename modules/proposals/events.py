"""Domain events of proposals. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ProposalFact(DomainEvent):
    """The proposal, its number, its subject: words that may stand in a log."""

    subject_id: UUID
    number: str
    topic: str


class ProposalSent(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.sent"
    label: ClassVar[LazyString] = lazy_gettext("Направено предложение")
    is_public: ClassVar[bool] = True


class ProposalChanged(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.changed"
    label: ClassVar[LazyString] = lazy_gettext("Подобрено предложение")
    is_public: ClassVar[bool] = True


class ProposalHandedIn(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.handed-in"
    label: ClassVar[LazyString] = lazy_gettext("Внесено предложение")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProposalReached(ProposalFact):
    """A threshold was reached; `level` is „mayor“ or „council“."""

    name: ClassVar[str] = "proposals:proposal.reached"
    label: ClassVar[LazyString] = lazy_gettext("Предложение с достатъчно подкрепа")
    is_public: ClassVar[bool] = True
    level: str


class ProposalTaken(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.taken"
    label: ClassVar[LazyString] = lazy_gettext("Поето предложение")
    is_public: ClassVar[bool] = True


class ProposalAssigned(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.assigned"
    label: ClassVar[LazyString] = lazy_gettext("Възложено предложение")


class ProposalSorted(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.sorted"
    label: ClassVar[LazyString] = lazy_gettext("Определени тема и място на предложение")
    is_public: ClassVar[bool] = True


class ProposalExtended(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.extended"
    label: ClassVar[LazyString] = lazy_gettext("Удължен срок по предложение")
    is_public: ClassVar[bool] = True


class ProposalDecided(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.decided"
    label: ClassVar[LazyString] = lazy_gettext("Решение по предложение")
    is_public: ClassVar[bool] = True


class ProposalAnnounced(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.announced"
    label: ClassVar[LazyString] = lazy_gettext("Съобщено решение по предложение")


class ProposalCarriedOut(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.carried-out"
    label: ClassVar[LazyString] = lazy_gettext("Изпълнено предложение")
    is_public: ClassVar[bool] = True


class ProposalWithdrawn(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглено предложение")
    is_public: ClassVar[bool] = True


class ProposalHidden(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито предложение")
    is_public: ClassVar[bool] = True


class ProposalShown(ProposalFact):
    """What was hidden is seen again: staff took it back, or the author was right."""

    name: ClassVar[str] = "proposals:proposal.shown"
    label: ClassVar[LazyString] = lazy_gettext("Отново показано предложение")
    is_public: ClassVar[bool] = True


class ProposalUpheld(ProposalFact):
    """Another person looked at the appeal; it stays hidden."""

    name: ClassVar[str] = "proposals:proposal.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Предложение остава скрито след възражение")


@dataclass(frozen=True, kw_only=True)
class ProposalVersionFact(ProposalFact):
    """One old version of the text."""

    version_id: UUID


class ProposalVersionHidden(ProposalVersionFact):
    name: ClassVar[str] = "proposals:version.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита стара версия на предложение")
    is_public: ClassVar[bool] = True


class ProposalVersionShown(ProposalVersionFact):
    """What was hidden is seen again: staff took it back, or the author was right."""

    name: ClassVar[str] = "proposals:version.shown"
    label: ClassVar[LazyString] = lazy_gettext("Отново показана стара версия на предложение")
    is_public: ClassVar[bool] = True


class ProposalVersionUpheld(ProposalVersionFact):
    """Another person looked at the appeal; it stays hidden."""

    name: ClassVar[str] = "proposals:version.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Стара версия остава скрита след възражение")


class ProposalFlagged(ProposalFact):
    """A reader says that it breaks a rule."""

    name: ClassVar[str] = "proposals:proposal.flagged"
    label: ClassVar[LazyString] = lazy_gettext("Докладвано предложение")


class ProposalLeft(ProposalFact):
    """Staff read what readers flagged and left it as it is."""

    name: ClassVar[str] = "proposals:proposal.left"
    label: ClassVar[LazyString] = lazy_gettext("Прегледано предложение")


class ProposalContinued(ProposalFact):
    """It became something in another part as well; what, stands in its history."""

    name: ClassVar[str] = "proposals:proposal.continued"
    label: ClassVar[LazyString] = lazy_gettext("Предложение продължава другаде")


class MergeAsked(ProposalFact):
    """Its author is asked whether it becomes one with an alike proposal."""

    name: ClassVar[str] = "proposals:merge.asked"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос за обединяване на предложения")


class MergeAgreed(ProposalFact):
    name: ClassVar[str] = "proposals:merge.agreed"
    label: ClassVar[LazyString] = lazy_gettext("Съгласие за обединяване на предложения")


class MergeTakenBack(ProposalFact):
    name: ClassVar[str] = "proposals:merge.taken-back"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглен въпрос за обединяване на предложения")


class MergeDeclined(ProposalFact):
    """The other author would rather not; told to who had agreed."""

    name: ClassVar[str] = "proposals:merge.declined"
    label: ClassVar[LazyString] = lazy_gettext("Предложенията остават отделно")


class ProposalMerged(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.merged"
    label: ClassVar[LazyString] = lazy_gettext("Предложение се обедини с друго")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProposalQuestionFact(ProposalFact):
    """A question under the proposal."""

    question_id: UUID


class ProposalQuestionAwaits(ProposalQuestionFact):
    """An address is asked whether it asked; by this name the outbox says why."""

    name: ClassVar[str] = "proposals:question.awaits"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос под предложение чака потвърждение")


class ProposalQuestionHeld(ProposalQuestionFact):
    """It has a link to another site: a moderator reads it first."""

    name: ClassVar[str] = "proposals:question.held"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос с връзка чака преглед")


class ProposalQuestionAsked(ProposalQuestionFact):
    name: ClassVar[str] = "proposals:question.asked"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос под предложение")
    is_public: ClassVar[bool] = True


class ProposalQuestionAnswered(ProposalQuestionFact):
    name: ClassVar[str] = "proposals:question.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на въпрос под предложение")
    is_public: ClassVar[bool] = True


class ProposalQuestionFlagged(ProposalQuestionFact):
    """A reader says that it breaks a rule."""

    name: ClassVar[str] = "proposals:question.flagged"
    label: ClassVar[LazyString] = lazy_gettext("Докладван въпрос под предложение")


class ProposalQuestionLeft(ProposalQuestionFact):
    """Staff read what readers flagged and left it as it is."""

    name: ClassVar[str] = "proposals:question.left"
    label: ClassVar[LazyString] = lazy_gettext("Прегледан въпрос под предложение")


class ProposalQuestionHidden(ProposalQuestionFact):
    name: ClassVar[str] = "proposals:question.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрит въпрос под предложение")
    is_public: ClassVar[bool] = True


class ProposalQuestionShown(ProposalQuestionFact):
    """What was hidden is seen again: staff took it back, or who asked was right."""

    name: ClassVar[str] = "proposals:question.shown"
    label: ClassVar[LazyString] = lazy_gettext("Отново показан въпрос под предложение")
    is_public: ClassVar[bool] = True


class ProposalQuestionUpheld(ProposalQuestionFact):
    """Another person looked at the appeal; it stays hidden."""

    name: ClassVar[str] = "proposals:question.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос остава скрит след възражение")


@dataclass(frozen=True, kw_only=True)
class ProposalAbsorbed(ProposalFact):
    """It stays, with the supporters of both; `other` is the number of what was merged into it."""

    name: ClassVar[str] = "proposals:proposal.absorbed"
    label: ClassVar[LazyString] = lazy_gettext("Към предложение се присъедини друго")
    is_public: ClassVar[bool] = True
    other: str


class CoauthorInvited(ProposalFact):
    """By this name the outbox says why the letter was written."""

    name: ClassVar[str] = "proposals:coauthor.invited"
    label: ClassVar[LazyString] = lazy_gettext("Покана за съавтор на предложение")


class CoauthorJoined(ProposalFact):
    name: ClassVar[str] = "proposals:coauthor.joined"
    label: ClassVar[LazyString] = lazy_gettext("Предложение има нов съавтор")
    is_public: ClassVar[bool] = True


class CoauthorLeft(ProposalFact):
    name: ClassVar[str] = "proposals:coauthor.left"
    label: ClassVar[LazyString] = lazy_gettext("Автор напусна предложение")
    is_public: ClassVar[bool] = True


class AuthorLookedAt(ProposalFact):
    name: ClassVar[str] = "proposals:author.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на автора на предложение")


class ProposalLate(ProposalFact):
    name: ClassVar[str] = "proposals:proposal.late"
    label: ClassVar[LazyString] = lazy_gettext("Просрочено предложение")


class ProposalCouncilLate(ProposalFact):
    """The council's day has passed without a recorded decision: its page says so."""

    name: ClassVar[str] = "proposals:council.late"
    label: ClassVar[LazyString] = lazy_gettext("Предложение, просрочено от общинския съвет")
    is_public: ClassVar[bool] = True


class SupportEntered(ProposalFact):
    """A clerk entered a support for somebody; never whose."""

    name: ClassVar[str] = "proposals:support.entered"
    label: ClassVar[LazyString] = lazy_gettext(
        "Записана подкрепа на гише, по телефона или по пощата"
    )


class SupportAsked(ProposalFact):
    """An address is asked whether it supports; by this name the outbox says why."""

    name: ClassVar[str] = "proposals:support.asked"
    label: ClassVar[LazyString] = lazy_gettext("Писмо за потвърждаване на подкрепа")


EVENTS = (
    *(ProposalSent, ProposalChanged, ProposalHandedIn, ProposalReached, ProposalTaken),
    *(ProposalAssigned, ProposalSorted, ProposalExtended, ProposalDecided, ProposalAnnounced),
    *(ProposalCarriedOut, ProposalWithdrawn, ProposalHidden, AuthorLookedAt, ProposalLate),
    *(
        ProposalFlagged,
        ProposalLeft,
        ProposalShown,
        ProposalUpheld,
        *(ProposalVersionHidden, ProposalVersionShown, ProposalVersionUpheld),
        *(ProposalContinued, ProposalMerged, ProposalAbsorbed),
        *(CoauthorInvited, CoauthorJoined, CoauthorLeft),
        *(MergeAsked, MergeAgreed, MergeTakenBack, MergeDeclined),
        *(ProposalQuestionAwaits, ProposalQuestionAsked, ProposalQuestionAnswered),
        *(ProposalQuestionFlagged, ProposalQuestionLeft, ProposalQuestionHidden),
        *(ProposalQuestionShown, ProposalQuestionUpheld, ProposalQuestionHeld),
        ProposalCouncilLate,
        SupportEntered,
        SupportAsked,
    ),
)
