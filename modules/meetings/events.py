"""Domain events of meetings. Names and keys are fixed; no event says who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.editorial.events import TextFact


class MeetingWritten(TextFact):
    """A draft was begun."""

    name: ClassVar[str] = "meetings:meeting.written"
    label: ClassVar[LazyString] = lazy_gettext("Начената среща")


class MeetingEdited(TextFact):
    """A draft was changed."""

    name: ClassVar[str] = "meetings:meeting.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на среща")


class MeetingPublished(TextFact):
    """Citizens see it from now on, and those who follow are told."""

    name: ClassVar[str] = "meetings:meeting.announced"
    label: ClassVar[LazyString] = lazy_gettext("Обявена среща")
    is_public: ClassVar[bool] = True


class MeetingScheduled(TextFact):
    """Its hours of publication were set."""

    name: ClassVar[str] = "meetings:meeting.scheduled"
    label: ClassVar[LazyString] = lazy_gettext("Определено кога да се вижда среща")
    is_public: ClassVar[bool] = True


class MeetingCorrected(TextFact):
    """A published meeting was changed, not its time or place."""

    name: ClassVar[str] = "meetings:meeting.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправена среща")
    is_public: ClassVar[bool] = True


class MeetingMoved(TextFact):
    """It takes place at another time or elsewhere."""

    name: ClassVar[str] = "meetings:meeting.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместена среща")
    is_public: ClassVar[bool] = True


class MeetingCancelled(TextFact):
    """It does not take place."""

    name: ClassVar[str] = "meetings:meeting.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменена среща")
    is_public: ClassVar[bool] = True


class MeetingReinstated(TextFact):
    """It was called off by mistake, or goes ahead after all."""

    name: ClassVar[str] = "meetings:meeting.reinstated"
    label: ClassVar[LazyString] = lazy_gettext("Срещата пак ще се състои")
    is_public: ClassVar[bool] = True


class MeetingHidden(TextFact):
    """Back to the drafts."""

    name: ClassVar[str] = "meetings:meeting.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита среща")
    is_public: ClassVar[bool] = True


class MeetingDeleted(TextFact):
    """A draft was deleted, for thirty days."""

    name: ClassVar[str] = "meetings:meeting.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита чернова на среща")


class MeetingRestored(TextFact):
    """A deletion was undone."""

    name: ClassVar[str] = "meetings:meeting.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната чернова на среща")


class MeetingReverted(TextFact):
    """An earlier text stands again."""

    name: ClassVar[str] = "meetings:meeting.reverted"
    label: ClassVar[LazyString] = lazy_gettext("Върната по-ранна версия на среща")
    is_public: ClassVar[bool] = True


class AgendaChanged(TextFact):
    """A point was added, changed or taken away."""

    name: ClassVar[str] = "meetings:agenda.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен дневен ред")
    is_public: ClassVar[bool] = True


class MaterialAdded(TextFact):
    """`subject_id` is the meeting, `title` what the file is called there."""

    name: ClassVar[str] = "meetings:file.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен материал към среща")
    is_public: ClassVar[bool] = True


class MaterialDescribed(TextFact):
    """The words of a file were changed."""

    name: ClassVar[str] = "meetings:file.described"
    label: ClassVar[LazyString] = lazy_gettext("Променено описание на материал")
    is_public: ClassVar[bool] = True


class MaterialMoved(TextFact):
    """It stands before or after others now."""

    name: ClassVar[str] = "meetings:file.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен материал")
    is_public: ClassVar[bool] = True


class MaterialRemoved(TextFact):
    """A file was taken away for good."""

    name: ClassVar[str] = "meetings:file.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат материал")
    is_public: ClassVar[bool] = True


class MinutesPublished(TextFact):
    """Minutes were published, or corrected by a new edition."""

    name: ClassVar[str] = "meetings:minutes.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван протокол")
    is_public: ClassVar[bool] = True


class MeetingNear(TextFact):
    """Those who come are reminded of it."""

    name: ClassVar[str] = "meetings:meeting.near"
    label: ClassVar[LazyString] = lazy_gettext("Напомняне за среща")


@dataclass(frozen=True, kw_only=True)
class MeetingFact(DomainEvent):
    """`subject_id` is the guest, the question or the decision; `meeting_id` its meeting."""

    subject_id: UUID
    meeting_id: UUID


class AgendaPointRemoved(MeetingFact):
    """`subject_id` is the point that is there no more."""

    name: ClassVar[str] = "meetings:agenda.point-removed"
    label: ClassVar[LazyString] = lazy_gettext("Махната точка от дневния ред")
    is_public: ClassVar[bool] = True


class GuestRegistered(MeetingFact):
    """Somebody said that they come."""

    name: ClassVar[str] = "meetings:guest.registered"
    label: ClassVar[LazyString] = lazy_gettext("Записан за среща")


class GuestChanged(MeetingFact):
    """They come otherwise, or more or fewer of them."""

    name: ClassVar[str] = "meetings:guest.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променено записване за среща")


class GuestWithdrawn(MeetingFact):
    """They do not come."""

    name: ClassVar[str] = "meetings:guest.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Отказано записване за среща")


class GuestsLookedAt(MeetingFact):
    """Staff opened the list; `subject_id` is the meeting."""

    name: ClassVar[str] = "meetings:guest.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на записаните за среща")


class GuestCallEnded(MeetingFact):
    """Somebody of the staff called a guest about a change, or put the call back."""

    name: ClassVar[str] = "meetings:call.ended"
    label: ClassVar[LazyString] = lazy_gettext("Обаждане за промяна на среща")


class GroupsChanged(MeetingFact):
    """Who is invited was changed, nobody has been written to; `subject_id` is the meeting."""

    name: ClassVar[str] = "meetings:groups.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променени покани за среща")
    is_public: ClassVar[bool] = True


class GroupInvited(MeetingFact):
    """A letter to a group; `subject_id` is the invitation."""

    name: ClassVar[str] = "meetings:group.invited"
    label: ClassVar[LazyString] = lazy_gettext("Покана за среща")
    is_public: ClassVar[bool] = True


class GroupAnswered(MeetingFact):
    """A group said whether it comes; `subject_id` is the invitation."""

    name: ClassVar[str] = "meetings:group.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на покана за среща")


class AttendanceCounted(MeetingFact):
    """`subject_id` is the meeting."""

    name: ClassVar[str] = "meetings:attendance.counted"
    label: ClassVar[LazyString] = lazy_gettext("Преброени присъствали на среща")


class QuestionAsked(MeetingFact):
    """It waits for a moderator."""

    name: ClassVar[str] = "meetings:question.asked"
    label: ClassVar[LazyString] = lazy_gettext("Зададен въпрос преди среща")


class QuestionShown(MeetingFact):
    """Everybody may read it."""

    name: ClassVar[str] = "meetings:question.shown"
    label: ClassVar[LazyString] = lazy_gettext("Показан въпрос преди среща")
    is_public: ClassVar[bool] = True


class QuestionDeclined(MeetingFact):
    """It is not shown, for a reason."""

    name: ClassVar[str] = "meetings:question.declined"
    label: ClassVar[LazyString] = lazy_gettext("Върнат въпрос преди среща")
    is_public: ClassVar[bool] = True


class QuestionAnswered(MeetingFact):
    """The organiser answered it in writing."""

    name: ClassVar[str] = "meetings:question.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговорен въпрос преди среща")
    is_public: ClassVar[bool] = True


class QuestionSupported(MeetingFact):
    """One more person waits for its answer; nobody is told who."""

    name: ClassVar[str] = "meetings:question.supported"
    label: ClassVar[LazyString] = lazy_gettext("Подкрепен въпрос преди среща")


class MinutesWritten(MeetingFact):
    """A draft entry of the minutes; `subject_id` is the entry."""

    name: ClassVar[str] = "meetings:minutes.written"
    label: ClassVar[LazyString] = lazy_gettext("Записано в протокол")


class DecisionAnnounced(MeetingFact):
    """It is read while the meeting goes on; `subject_id` is the entry of the minutes."""

    name: ClassVar[str] = "meetings:decision.announced"
    label: ClassVar[LazyString] = lazy_gettext("Обявено решение по време на среща")
    is_public: ClassVar[bool] = True


class LiveDecisionTakenBack(MeetingFact):
    """It was announced too early."""

    name: ClassVar[str] = "meetings:decision.taken-back"
    label: ClassVar[LazyString] = lazy_gettext("Решение вече не се показва преди протокола")
    is_public: ClassVar[bool] = True


class DecisionTaken(MeetingFact):
    """It stands in published minutes for the first time."""

    name: ClassVar[str] = "meetings:decision.taken"
    label: ClassVar[LazyString] = lazy_gettext("Взето решение")
    is_public: ClassVar[bool] = True


class DecisionReached(MeetingFact):
    """The municipality says that it was carried out, and how."""

    name: ClassVar[str] = "meetings:decision.reached"
    label: ClassVar[LazyString] = lazy_gettext("Изпълнено решение")
    is_public: ClassVar[bool] = True


class DecisionLate(MeetingFact):
    """Its term passed."""

    name: ClassVar[str] = "meetings:decision.late"
    label: ClassVar[LazyString] = lazy_gettext("Неизпълнено в срок решение")


class RoomOpened(MeetingFact):
    """The room was opened; `subject_id` is the meeting."""

    name: ClassVar[str] = "meetings:room.opened"
    label: ClassVar[LazyString] = lazy_gettext("Отворена видео стая")


class QuestionTaken(MeetingFact):
    """It is spoken of in the room."""

    name: ClassVar[str] = "meetings:question.taken"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос е взет на срещата")
    is_public: ClassVar[bool] = True


class QuestionSettled(MeetingFact):
    name: ClassVar[str] = "meetings:question.settled"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос е отговорен на срещата")
    is_public: ClassVar[bool] = True


class StrawPollAsked(MeetingFact):
    """Who leads asks everybody what they think; `subject_id` is the poll."""

    name: ClassVar[str] = "meetings:straw-poll.asked"
    label: ClassVar[LazyString] = lazy_gettext("Попитани са мненията на среща")


class StrawPollEnded(MeetingFact):
    name: ClassVar[str] = "meetings:straw-poll.ended"
    label: ClassVar[LazyString] = lazy_gettext("Преброени са мненията на среща")


class RoomClosed(MeetingFact):
    """The room was closed; `subject_id` is the meeting."""

    name: ClassVar[str] = "meetings:room.closed"
    label: ClassVar[LazyString] = lazy_gettext("Затворена видео стая")


class ParticipantCalled(MeetingFact):
    """Somebody was given the word; `subject_id` is their place in the room."""

    name: ClassVar[str] = "meetings:participant.called"
    label: ClassVar[LazyString] = lazy_gettext("Дадена дума във видео стая")


class ParticipantRemoved(MeetingFact):
    """Somebody was sent out of the room, for a reason that they read."""

    name: ClassVar[str] = "meetings:participant.removed"
    label: ClassVar[LazyString] = lazy_gettext("Отстранен от видео стая")


class FeedbackSent(MeetingFact):
    """`subject_id` is the meeting: nobody knows whose. The page shows how many answered what."""

    name: ClassVar[str] = "meetings:feedback.sent"
    label: ClassVar[LazyString] = lazy_gettext("Изпратено мнение след среща")
    is_public: ClassVar[bool] = True


class MeetingEnded(TextFact):
    """Those who came are asked how it was."""

    name: ClassVar[str] = "meetings:meeting.ended"
    label: ClassVar[LazyString] = lazy_gettext("Въпроси след среща")


class MeetingReportPublished(TextFact):
    """What was said and what follows can be read."""

    name: ClassVar[str] = "meetings:report.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано какво следва след среща")
    is_public: ClassVar[bool] = True


class MeetingReportChanged(TextFact):
    name: ClassVar[str] = "meetings:report.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променено какво следва след среща")
    is_public: ClassVar[bool] = True


PUBLIC = (
    *(MeetingPublished, MeetingScheduled, MeetingCorrected, MeetingMoved, MeetingCancelled),
    *(MeetingReinstated, MeetingHidden, MeetingReverted),
)
FILES = (MaterialAdded, MaterialDescribed, MaterialMoved, MaterialRemoved)
EVENTS = (
    *(MeetingWritten, MeetingEdited, MeetingDeleted, MeetingRestored, *PUBLIC, *FILES),
    *(AgendaChanged, AgendaPointRemoved, MinutesPublished, MeetingNear),
    *(GuestRegistered, GuestChanged, GuestWithdrawn, GuestsLookedAt, AttendanceCounted),
    *(GuestCallEnded, GroupsChanged, GroupInvited, GroupAnswered),
    *(QuestionAsked, QuestionShown, QuestionDeclined, QuestionAnswered, QuestionSupported),
    *(MinutesWritten, RoomOpened, RoomClosed, ParticipantCalled, ParticipantRemoved),
    *(
        QuestionTaken,
        QuestionSettled,
        StrawPollAsked,
        StrawPollEnded,
        DecisionAnnounced,
        LiveDecisionTakenBack,
    ),
    *(DecisionTaken, DecisionReached, DecisionLate, FeedbackSent),
    *(MeetingEnded, MeetingReportPublished, MeetingReportChanged),
)
