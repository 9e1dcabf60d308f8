"""Refusals of meetings."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, SignInNeeded, StaleRow


class NoSuchMeeting(NotFound):
    """Not here: another municipality's, removed, or not public."""

    sentence = _("Няма такава среща")


class NoSuchAgendaItem(NotFound):
    sentence = _("Няма такава точка в дневния ред")


class NoSuchGuest(NotFound):
    sentence = _("Няма такова записване. Проверете кода.")


class NoSuchInvitation(NotFound):
    """Of another meeting, withdrawn, or never made."""

    sentence = _("Няма такава покана")


class WhoseGuest(SignInNeeded):
    """It may be this person's, who is not signed in."""


class NoSuchQuestion(NotFound):
    sentence = _("Няма такъв въпрос")


class NoSuchMinutes(NotFound):
    sentence = _("Протоколът още не е публикуван")


class NoSuchDecision(NotFound):
    sentence = _("Няма такова решение")


class StaleMeeting(Conflict):
    """Somebody changed the meeting after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени тази среща, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class MoveNeedsReason(DomainError):
    """Another time or place of a published meeting, and nothing to tell those who come."""

    sentence = _("Напишете с едно изречение защо се сменят денят, часът или мястото")


class StaleGuest(Conflict):
    sentence = _("Междувременно записването беше променено. Вижте как е сега и решете отново.")


class StaleQuestion(Conflict):
    sentence = _("Междувременно друг отговори на въпроса. Вижте как е сега и решете отново.")


class StaleMinutes(Conflict):
    """Two people write the same minutes."""

    sentence = _(
        "%(who)s промени този запис, докато пишехте. Текстът Ви стои тук: сравнете го с новия и"
        " запазете отново."
    )


class StaleDecision(Conflict):
    sentence = _("Междувременно друг промени решението. Вижте как е сега и решете отново.")


class MeetingEndsTooEarly(DomainError):
    sentence = _("Изберете край, който е след началото")


class MeetingTooLong(DomainError):
    sentence = _("Една среща трае най-много 3 дни. Проверете деня на края.")


class TooManyItems(DomainError):
    sentence = _("В дневния ред може да има до %(most)s точки")


class ItemHasMinutes(DomainError):
    sentence = _("За тази точка вече има запис в протокола, затова не може да се махне")


class ItemHasMaterials(DomainError):
    sentence = _("По тази точка има материали. Първо ги махнете, после и точката.")


class MeetingCancelledAlready(Conflict):
    sentence = _("Тази среща е отменена")


class MeetingOver(DomainError):
    """It has ended, so nobody says that they come."""

    sentence = _(
        "Срещата свърши на %(when)s. Текстът Ви не е изпратен, но стои тук: запишете си го, ако Ви"
        " трябва."
    )


class RoomNotOpen(Conflict):
    sentence = _("Стаята не е отворена")


class RoomOver(DomainError):
    """Its meeting is cancelled, or was over some time ago."""

    sentence = _("Срещата свърши или е отменена, затова стаята не се отваря")


class RoomTooEarly(DomainError):
    sentence = _("В стаята се влиза от %(when)s нататък")


class NoRoom(NotFound):
    sentence = _("Тази среща няма видео стая")


class NoSuchParticipant(NotFound):
    sentence = _("Няма такова място в стаята. Влезте отново от страницата на срещата.")


class QuestionsClosed(DomainError):
    sentence = _(
        "Въпроси се приемаха до началото на срещата: %(when)s. Текстът Ви не е изпратен, но стои"
        " тук. Можете да питате и на самата среща."
    )


class NotHeldYet(DomainError):
    sentence = _("Протоколът се публикува, след като срещата започне")


class NothingRecorded(DomainError):
    sentence = _("Запишете поне една точка, преди да публикувате протокола")


class ReasonNeeded(DomainError):
    """A correction of published minutes says why."""

    sentence = _("Протоколът вече е публикуван. Напишете какво поправяте.")


class NothingDecided(Conflict):
    sentence = _("В този запис още няма решение. Първо го напишете.")


class NoStrawPollNow(Conflict):
    """Nobody is there to be asked: not yet, or not any more."""

    sentence = _("Мненията се питат, докато трае срещата: от час преди началото до час след края")


class StrawPollClosed(Conflict):
    sentence = _("Този въпрос вече е приключен. Обновете страницата.")


class StaleStrawPoll(StaleRow):
    sentence = _("Междувременно друг записа вдигнатите ръце. Вижте ги и запишете отново.")
