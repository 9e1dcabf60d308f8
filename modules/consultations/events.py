"""Domain events of consultations. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ConsultationFact(DomainEvent):
    """The consultation and its title, both public words."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class ConsultationWritten(ConsultationFact):
    """A draft was begun."""

    name: ClassVar[str] = "consultations:consultation.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на консултация")
    is_public: ClassVar[bool] = False


class ConsultationEdited(ConsultationFact):
    """A draft was changed."""

    name: ClassVar[str] = "consultations:consultation.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на консултация")
    is_public: ClassVar[bool] = False


class ConsultationOpened(ConsultationFact):
    name: ClassVar[str] = "consultations:consultation.opened"
    label: ClassVar[LazyString] = lazy_gettext("Отворена консултация")


class ConsultationExtended(ConsultationFact):
    name: ClassVar[str] = "consultations:consultation.extended"
    label: ClassVar[LazyString] = lazy_gettext("Удължена консултация")


class ConsultationClosed(ConsultationFact):
    """Its term is over."""

    name: ClassVar[str] = "consultations:consultation.closed"
    label: ClassVar[LazyString] = lazy_gettext("Приключила консултация")


class ConsultationDecided(ConsultationFact):
    """The outcome stands in the portal, with an answer to each opinion."""

    name: ClassVar[str] = "consultations:outcome.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван резултат от консултация")


class ConsultationPutOnAgenda(ConsultationFact):
    """Its outcome is a point of a meeting's agenda."""

    name: ClassVar[str] = "consultations:outcome.put-on-agenda"
    label: ClassVar[LazyString] = lazy_gettext("Внесен в дневен ред резултат от консултация")
    is_public: ClassVar[bool] = False


class VersionPublished(ConsultationFact):
    """The text after the opinions can be read beside the one before."""

    name: ClassVar[str] = "consultations:version.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван нов текст след консултация")


class OpinionAuthorsLookedAt(ConsultationFact):
    """Somebody of the staff opened whom to tell, many at once; `subject_id` is the consultation."""

    name: ClassVar[str] = "consultations:authors.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Отворени данни на автори на становища")
    is_public: ClassVar[bool] = False


class OpinionWaveHidden(ConsultationFact):
    """Many opinions were hidden by one act; each of their authors hears of their own."""

    name: ClassVar[str] = "consultations:opinions.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрити наведнъж становища")


class OpinionWaveUndone(ConsultationFact):
    """They are shown again."""

    name: ClassVar[str] = "consultations:opinions.shown"
    label: ClassVar[LazyString] = lazy_gettext("Върнати наведнъж становища")


class TableSet(ConsultationFact):
    """The table of opinions and answers can be downloaded as PDF."""

    name: ClassVar[str] = "consultations:table.set"
    label: ClassVar[LazyString] = lazy_gettext("Готова справка за становищата като PDF")


class ConsultationDeleted(ConsultationFact):
    """A draft was deleted."""

    name: ClassVar[str] = "consultations:consultation.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита чернова на консултация")
    is_public: ClassVar[bool] = False


class ConsultationRestored(ConsultationFact):
    """A draft came back."""

    name: ClassVar[str] = "consultations:consultation.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната чернова на консултация")
    is_public: ClassVar[bool] = False


class InvitationsChanged(ConsultationFact):
    """Who is invited was changed; nobody has been told yet."""

    name: ClassVar[str] = "consultations:invitations.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променени покани за консултация")
    is_public: ClassVar[bool] = False


class OrganisationInvited(ConsultationFact):
    """A letter asks an organisation for its opinion; `title` is its name, the subject the letter.

    The pages that everybody sees say whom the municipality invited.
    """

    name: ClassVar[str] = "consultations:organisation.invited"
    label: ClassVar[LazyString] = lazy_gettext("Поканена организация за консултация")


class DocumentAdded(ConsultationFact):
    name: ClassVar[str] = "consultations:document.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен документ към консултация")


class DocumentRemoved(ConsultationFact):
    name: ClassVar[str] = "consultations:document.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат документ от чернова на консултация")


@dataclass(frozen=True, kw_only=True)
class OpinionFact(DomainEvent):
    """The opinion and its number, words that may stand in a log."""

    subject_id: UUID
    number: str


class OpinionAwaits(OpinionFact):
    """Somebody without a profile wrote; their address is asked whether it was they."""

    name: ClassVar[str] = "consultations:opinion.awaits"
    label: ClassVar[LazyString] = lazy_gettext("Становище чака потвърждение по имейл")


class OpinionGiven(OpinionFact):
    """It has a number and stands in the record."""

    name: ClassVar[str] = "consultations:opinion.given"
    label: ClassVar[LazyString] = lazy_gettext("Прието становище")


class OpinionAnswered(OpinionFact):
    name: ClassVar[str] = "consultations:opinion.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на становище")


class OpinionDecided(OpinionFact):
    """The outcome was published: its author is told what became of it."""

    name: ClassVar[str] = "consultations:opinion.decided"
    label: ClassVar[LazyString] = lazy_gettext("Съобщено какво стана със становище")


class OpinionHidden(OpinionFact):
    name: ClassVar[str] = "consultations:opinion.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито становище")
    is_public: ClassVar[bool] = True


class OpinionShown(OpinionFact):
    name: ClassVar[str] = "consultations:opinion.shown"
    label: ClassVar[LazyString] = lazy_gettext("Върнато становище")
    is_public: ClassVar[bool] = True


class OpinionUpheld(OpinionFact):
    name: ClassVar[str] = "consultations:opinion.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Становище, което остава скрито")


class OpinionAuthorTold(OpinionFact):
    """Staff told somebody whom no letter reaches; never whom."""

    name: ClassVar[str] = "consultations:author.told"
    label: ClassVar[LazyString] = lazy_gettext("Казано на автор какво стана със становище")


class OpinionAuthorLookedAt(OpinionFact):
    """Somebody of the staff opened who wrote it, for a purpose."""

    name: ClassVar[str] = "consultations:author.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Отворени данни на автор на становище")


class OpinionFlagged(OpinionFact):
    """A reader says that it breaks a rule."""

    name: ClassVar[str] = "consultations:opinion.flagged"
    label: ClassVar[LazyString] = lazy_gettext("Докладвано становище")


class OpinionLeft(OpinionFact):
    """Staff read what readers flagged and left it as it is."""

    name: ClassVar[str] = "consultations:opinion.left"
    label: ClassVar[LazyString] = lazy_gettext("Прегледано становище")


class OpinionSupportEntered(OpinionFact):
    """A clerk entered a support for somebody; never whose."""

    name: ClassVar[str] = "consultations:support.entered"
    label: ClassVar[LazyString] = lazy_gettext("Записана подкрепа на становище")


class OpinionSupportAsked(OpinionFact):
    """An address is asked whether it supports; by this name the outbox says why."""

    name: ClassVar[str] = "consultations:support.asked"
    label: ClassVar[LazyString] = lazy_gettext("Писмо за потвърждаване на подкрепа на становище")


PUBLIC = (ConsultationOpened, ConsultationExtended, ConsultationClosed, ConsultationDecided)
EVENTS = (
    ConsultationWritten,
    ConsultationEdited,
    *PUBLIC,
    ConsultationPutOnAgenda,
    VersionPublished,
    OpinionWaveHidden,
    OpinionWaveUndone,
    TableSet,
    ConsultationDeleted,
    ConsultationRestored,
    InvitationsChanged,
    OrganisationInvited,
    DocumentAdded,
    DocumentRemoved,
    OpinionAwaits,
    OpinionGiven,
    OpinionAnswered,
    OpinionDecided,
    OpinionHidden,
    OpinionShown,
    OpinionUpheld,
    OpinionAuthorsLookedAt,
    OpinionAuthorTold,
    OpinionAuthorLookedAt,
    OpinionFlagged,
    OpinionLeft,
    OpinionSupportEntered,
    OpinionSupportAsked,
)
