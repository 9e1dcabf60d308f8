"""What services of a municipality refuse."""

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
from obshto.platform.storage.errors import FileRefused


class DefinitionBroken(Exception):
    """A definition of a service that may not be published: its own test cases say why."""


class NoSuchService(NotFound):
    sentence = _("Няма такава услуга")


class NoSuchDepartment(NotFound):
    sentence = _("Няма такъв отдел")


class StaleDepartment(StaleRow):
    sentence = _(
        "Отделът беше променен, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class DepartmentNameTaken(DomainError):
    sentence = _("Вече има отдел с това име")


class NotTheirService(NotAllowed):
    sentence = _("По тази услуга работи друг отдел")


class NotRenewable(Conflict):
    sentence = _("Този документ не може да се поднови сега. Вижте защо на страницата му.")


class DesignChanged(Conflict):
    sentence = _(
        "Някой промени услугата, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class DesignFaulty(DomainError):
    sentence = _("Поправете посоченото, преди да публикувате услугата")


class PublishedAlready(Conflict):
    sentence = _("Услугата вече е публикувана. Може да я оттеглите.")


class TooLargeDesign(DomainError):
    sentence = _(
        "Услугата стана твърде голяма: може да има най-много %(questions)s въпроса в %(steps)s"
        " стъпки"
    )


class TooManyColumns(DomainError):
    sentence = _("Групата може да има най-много %(most)s въпроса на ред")


class TooManyRecorded(DomainError):
    sentence = _("Записаните случаи може да са най-много %(most)s. Махнете някой ненужен.")


class CasesFail(DomainError):
    sentence = _("Записан случай вече дава друго. Прегледайте случаите, после публикувайте.")


class NotToOffer(DomainError):
    sentence = _(
        "Другите общини могат да вземат само публикувана услуга, която Вие сте съставили."
        " Публикувайте я отново и опитайте пак."
    )


class NotOfRegion(NotAllowed):
    sentence = _("За цялата област публикува само екипът на областта")


class UnknownApprover(DomainError):
    sentence = _("Някоя от ролите, които одобряват, я няма тук. Изберете други в „Одобрения“.")


class UnknownReceiver(DomainError):
    sentence = _("Някой от отделите или ролите, които получават, го няма тук. Изберете други.")


class NotWhole(DomainError):
    sentence = _("Този случай вече не стига до края. Запишете го наново с нова проба.")


class DesignFileRefused(DomainError):
    sentence = _("Файлът не е услуга, изнесена от портала, или е променян. Изберете друг файл.")


class NoSuchApplication(NotFound):
    """Not here: another municipality's, another person's, sent long ago, or never begun."""

    sentence = _("Няма такова заявление")


class WhoseApplication(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class NoSuchPower(NotFound):
    """Not here: another municipality's, another person's, or never registered."""

    sentence = _("Няма такова пълномощно")


class PowerNotFound(DomainError):
    """A number that somebody said at the counter."""

    sentence = _("Няма пълномощно с този номер. Проверете цифрите.")


class StalePower(StaleRow):
    sentence = _(
        "Пълномощното беше променено, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class PowerNotFromHere(Conflict):
    sentence = _("Пълномощното вече е „%(state)s“. Това действие не е възможно.")


class PowerOver(DomainError):
    sentence = _("Срокът на пълномощното вече е изтекъл. Не може да се приеме.")


class OwnPower(NotAllowed):
    """Nobody checks the power of attorney that they act under."""

    sentence = _("Това пълномощно е на Ваше име. Проверява го друг служител.")


class PowerNotInForce(Conflict):
    sentence = _(
        "Пълномощно %(number)s вече не важи или не е за тази услуга. Попълненото е запазено:"
        " изберете за кого подавате."
    )


class PowerOfAnother(DomainError):
    """The applicant that was typed is not who gave the power of attorney."""

    sentence = _(
        "Номерът на заявителя не е този от пълномощно %(number)s. Поправете го или изберете за"
        " кого подавате."
    )


class NoSuchDog(NotFound):
    sentence = _("Няма такова куче в регистъра на общината")


class NoKeeper(DomainError):
    """Nobody here keeps the dog any more."""

    sentence = _("Кучето няма собственик в регистъра")


class NotOffered(DomainError):
    sentence = _("Общината приема тази услуга само на гише")


class StillMissing(DomainError):
    """Questions that nobody answered yet."""

    sentence = _("Отговорете на въпросите, които липсват, и подайте заявлението")


class StaleVersion(StaleRow):
    sentence = _(
        "Това заявление беше променено, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class NotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Заявлението вече е „%(state)s“. Това действие не е възможно.")


class NotYours(NotAllowed):
    """A clerk works on cases that are theirs."""

    sentence = _("Първо поемете заявлението")


class NotPaidYet(Conflict):
    sentence = _("Таксата още не е платена. Документът се дава след плащането.")


class NeedsSecond(NotAllowed):
    sentence = _("По тази услуга решението се подписва от двама служители")


class NotTwice(NotAllowed):
    """Two signatures are of two people."""

    sentence = _("Вторият подпис е на друг служител: Вие сте подготвили решението")


class NotOwnPreparation(NotAllowed):
    """Who prepared a decision does not approve it."""

    sentence = _("Одобрява друг служител: Вие сте подготвили решението")


class NotYourApproval(NotAllowed):
    sentence = _("Това одобрение е на друга роля или на друг служител")


class NeedsApprovals(NotAllowed):
    sentence = _("По тази услуга решението се одобрява по ред, преди да се издаде")


class NothingCorrected(DomainError):
    """The corrected text is the text that was issued."""

    sentence = _("Нищо не е променено. Поправете текста или срока, после продължете.")


class CorrectionWaits(Conflict):
    """Another correction of the document has not been signed yet."""

    sentence = _("Друга поправка на този документ вече чака подпис или одобрение")


class NotLonger(Conflict):
    sentence = _("Този срок не може да се удължи така")


class NotOverYet(Conflict):
    sentence = _("Оценката се дава, след като услугата приключи")


class NeitherPhotoNorPdf(FileRefused):
    sentence = _("Изберете снимка JPG, PNG или WEBP, или файл PDF")


class NotThatKind(FileRefused):
    sentence = _("За този документ приемаме %(accepted)s. Изберете друг файл.")


class FileTooLarge(FileRefused):
    sentence = _("Изберете файл до %(most)s MB: толкова приемаме за този документ")


class TooManyPapers(FileRefused):
    sentence = _("Файловете може да са най-много %(most)s")


class TooManyOfPaper(FileRefused):
    sentence = _("За този документ файловете може да са най-много %(most)s. Махнете някой.")
