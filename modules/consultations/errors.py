"""Refusals of consultations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, SignInNeeded, StaleRow


class NoSuchConsultation(NotFound):
    """Not here: another municipality's, a draft, deleted, or never written."""

    sentence = _("Няма такава консултация")


class NoSuchOpinion(NotFound):
    """Not here, another person's, or not confirmed in time."""

    sentence = _("Няма такова становище. Проверете номера и кода.")


class WhoseOpinion(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class OwnOpinion(Conflict):
    """An author counts once."""

    sentence = _("Това е Ваше становище и вече се брои. Подкрепя се чуждо.")


class StaleConsultation(StaleRow):
    sentence = _(
        "Консултацията беше променена, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class TextPublished(Conflict):
    """What people have read and answered stays as they read it."""

    sentence = _("Консултацията е публикувана. Текстът ѝ вече не се променя.")


class TermTooShort(DomainError):
    sentence = _(
        "Срокът е твърде кратък. По закон становища се приемат поне до %(day)s включително."
        " По-кратък срок, но не преди %(short)s, се допуска само с причина."
    )


class TermTooShortForKind(DomainError):
    """A kind for which nothing shorter is allowed."""

    sentence = _("Срокът е твърде кратък. Становища се приемат поне до %(day)s включително.")


class TermNotLonger(DomainError):
    sentence = _("Изберете ден след досегашния последен ден")


class ConsultationNotOpen(Conflict):
    sentence = _("Консултацията не е отворена")


class ConsultationNotOver(Conflict):
    sentence = _("Консултацията още е отворена. Отговаря се, след като приключи.")


class TooLate(DomainError):
    """After the last second; what was typed stays on the page."""

    status = 409
    sentence = _(
        "На %(moment)s консултацията приключи. Становището не е прието. Текстът Ви стои по-долу:"
        " запазете го или се обадете в общината."
    )


class NotOpenYet(Conflict):
    sentence = _("Консултацията още не е отворена")


class ReceivedOutsideTerm(DomainError):
    sentence = _("Становището трябва да е получено от %(begin)s до %(end)s")


class EmailNeeded(DomainError):
    sentence = _("Напишете имейл, за да потвърдите становището, или влезте в профила си")


class NoCodeToday(DomainError):
    """The budget of the day is spent, or this phone got several codes."""

    sentence = _("Днес не можем да пратим повече SMS на този номер. Напишете имейл или се обадете.")


class GuessedTooOften(DomainError):
    sentence = _("Кодът беше сгрешен много пъти. Опитайте пак след 15 минути.")


class NoSuchParagraph(DomainError):
    sentence = _("Напишете номер на абзац от 1 до %(last)s или оставете полето празно")


class OutcomePublished(Conflict):
    """The record is complete."""

    sentence = _("Резултатът вече е публикуван и не се променя")


class Unanswered(DomainError):
    sentence = _("Резултатът не може да се публикува. Становища без отговор: %(number)s.")


class Unconfirmed(DomainError):
    sentence = _(
        "Резултатът не може да се публикува още. Становища, които до три дни чакат потвърждение по"
        " имейл: %(number)s."
    )


class ProofMissing(DomainError):
    sentence = _("Резултатът не може да се публикува: прикачете доказателство „%(what)s“")


class NothingChosen(DomainError):
    sentence = _("Изберете поне едно становище")


class TooManyChosen(DomainError):
    sentence = _("Изберете най-много %(most)s становища")


class HiddenBefore(Conflict):
    sentence = _("Становището вече е скрито")


class NoSuchWave(NotFound):
    sentence = _("Няма такова скриване")


class WaveAnswered(Conflict):
    """What was answered while it was hidden was read as it is."""

    sentence = _("На някои от становищата вече е отговорено. Те остават скрити.")


class TooManyDocuments(DomainError):
    sentence = _("Документите може да са най-много %(most)s")


class NothingChanged(DomainError):
    sentence = _("Новият текст е същият като досегашния")


class NoSuchOrigin(DomainError):
    sentence = _("В досегашния текст няма абзац %(number)s. Проверете полетата „От абзац“.")


class NoSuchMover(DomainError):
    """Only what was accepted moves a text."""

    sentence = _(
        "Няма прието становище %(number)s. Проверете полетата „Заради становища“ и отговорите."
    )


class AcceptedUntied(DomainError):
    """It may be right: who agrees with the draft asks for no change."""

    sentence = _(
        "Има приети становища, заради които нищо в текста не е променено. Свържете ги с промяна"
        " или отбележете, че знаете."
    )


class NoSuchAgenda(Conflict):
    """The meeting is over, is not planned by who asks, or there is no outcome to put on it."""

    sentence = _("Изберете среща, която още предстои")
