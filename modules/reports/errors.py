"""Refusals of reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import (
    Conflict,
    DomainError,
    NotAllowed,
    NotFound,
    SignInNeeded,
    StaleRow,
)


class NoSuchReport(NotFound):
    """Not here: another municipality's, another person's, hidden, or never told."""

    sentence = _("Няма такъв сигнал. Проверете номера и кода.")


class WhoseReport(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class CodesOfToday(DomainError):
    """Codes to one number are counted, whoever asks for them."""

    sentence = _("Днес пратихме няколко кода на този номер. Опитайте утре или с имейл.")


class GuessesOfNow(DomainError):
    sentence = _("Кодът беше сгрешен много пъти. Опитайте пак след 15 минути.")


class StaleReport(StaleRow):
    sentence = _(
        "Сигналът беше променен, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class ReportNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Сигналът вече е „%(state)s“. Това действие не е възможно.")


class InspectorsAlone(Conflict):
    """A violation goes to no team, and to no colleague who is no inspector."""

    sentence = _("По сигнал за нарушение работят само инспекторите")


class ReportNotYours(NotAllowed):
    sentence = _("Първо поемете сигнала")


class NoSuchFirst(DomainError):
    """No open report of this number, or it is a double itself."""

    sentence = _("Няма отворен сигнал с този номер")


class NotMergeable(Conflict):
    """A signal by law is decided by itself; a report that has doubles stays the first."""

    sentence = _("Сигнал по закон или сигнал с повторни не се присъединява към друг")


class MergeFollowed(Conflict):
    sentence = _("По първия сигнал вече има работа. Разделянето не е възможно.")


class NoSuchTeam(NotFound):
    sentence = _("Няма такъв екип")


class StaleTeam(StaleRow):
    sentence = _(
        "Екипът беше променен, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class TeamNameTaken(DomainError):
    sentence = _("Вече има екип с това име")


class TeamAtWork(Conflict):
    sentence = _("При този екип има отворени сигнали. Първо ги предайте на друг.")


class NoSuchKind(NotFound):
    sentence = _("Няма такъв вид сигнали")


class StaleKind(StaleRow):
    sentence = _(
        "Видът беше променен, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class KindNameTaken(DomainError):
    sentence = _("Вече има вид с това име")


class KindAtWork(Conflict):
    sentence = _("Има сигнали от този вид. Спрете го: нови няма да идват, старите остават.")


class FieldReasonNeeded(DomainError):
    sentence = _("Напишете защо не може")


class SignalInWriting(Conflict):
    sentence = _("Сигнал по закон се приключва писмено от деловодителя. Върнете го с бележка.")


class NoWrittenDecision(NotFound):
    sentence = _("По този сигнал няма писмено решение")


class PhotoNeeded(DomainError):
    sentence = _("Приложете снимка на поправеното: без нея сигналът не е решен, дори отчасти")


class BodyNeeded(DomainError):
    sentence = _("Изберете на коя служба е")


class NoSuchNeighbour(DomainError):
    """Not of the region, or it takes no reports."""

    sentence = _("Изберете съседна община, която приема сигнали")


class PassingNotAllowed(DomainError):
    """The sender has not said that a neighbour may have it."""

    sentence = _(
        "Подателят не е разрешил сигналът му да отиде в друга община. Попитайте го или изберете"
        " „друга служба“ и му кажете къде да се обърне."
    )


class NameNeeded(DomainError):
    sentence = _("Напишете името си: законът не допуска анонимни сигнали за нарушение")


class AccountNeeded(DomainError):
    sentence = _("За този вид сигнали се иска профил. Влезте и изпратете отново.")


class NotTaken(DomainError):
    sentence = _("Общината не приема такива сигнали през портала")


class DisputedBefore(Conflict):
    sentence = _("Този сигнал вече беше оспорен веднъж. Обадете се в общината.")


class ChallengedBefore(Conflict):
    sentence = _("Вече показахте веднъж, че не е оправено. Обадете се в общината.")


class TooManyPhotos(DomainError):
    sentence = _("Снимките може да са най-много %(most)s")
