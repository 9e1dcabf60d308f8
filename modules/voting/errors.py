"""Refusals of votes, each with a sentence for the person."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchElection(NotFound):
    """Not here: another municipality's, a draft, or never written."""

    sentence = _("Няма такова допитване")


class ElectionFrozen(Conflict):
    """It is announced: neither text nor roll nor keys may change."""

    sentence = _("Допитването е обявено и вече не се променя")


class NotReady(DomainError):
    """Something that it needs is missing."""

    sentence = _("Преди обявяването трябва да има списък с кодове и ключове на пазителите")


class FewerCodes(DomainError):
    """Some of the registered voters would get no letter."""

    sentence = _(
        "Кодовете са %(codes)s, а хората в списъка от регистрации са %(voters)s. Направете писма"
        " за всички и качете новия публичен списък."
    )


class OpensTooEarly(DomainError):
    """Announced after its own beginning."""

    sentence = _("Началото вече е минало. Изберете по-късно начало.")


class NoDecision(DomainError):
    """A vote without a decision of the council before it."""

    sentence = _("Добавете решението на общинския съвет. Без него се провежда само проба.")


class NotAStep(Conflict):
    """The board has not come so far, or is past it."""

    sentence = _("Тази стъпка сега не може да се направи. Вижте докъде е стигнало допитването.")


class NotARoll(DomainError):
    """A file that holds anything but public credentials; nothing of it is kept."""

    sentence = _(
        "Този файл не е публичният списък. Кодове и писма не се качват никъде: ако сте качили файл"
        " с кодове, направете нови."
    )


class NotPractised(DomainError):
    """Whoever makes the keys for the first time must not do it in earnest."""

    sentence = _(
        "Преди истинско допитване пазителите минават през проба: ключове и отваряне. Отбележете я."
    )


class NotTrustees(DomainError):
    """A file that is not the public file of the trustees; nothing of it is kept."""

    sentence = _(
        "Този файл не е публичният файл на церемонията. Частните ключове остават при пазителите."
        " Ако сте качили частен ключ, направете церемонията отново."
    )


class TooFewTrustees(DomainError):
    """One person alone could open the result."""

    sentence = _("Резултатът трябва да се отваря поне от двама пазители. Направете нови ключове.")


class NotAShare(DomainError):
    """A partial decryption that does not prove itself."""

    sentence = _(
        "Файлът не е частично отваряне на тези гласове с ключа на този пазител. Проверете кой файл"
        " качвате."
    )


class NotTheLists(DomainError):
    """A file that does not follow from the one before it, or names what is not on the roll."""

    sentence = _(
        "Този файл не е списъкът на резервните писма за това допитване или е по-стар от качения."
    )


class NotOnRoll(DomainError):
    """A credential that no letter has."""

    sentence = _("Този публичен код не е в списъка")


class HasVoted(Conflict):
    """Its ballot lies on the board, so the voter votes again and is given no paper."""

    sentence = _("С този код вече е гласувано. Човекът гласува отново с таблета на гише.")


class LostHasVoted(Conflict):
    """The ballot of a letter that is called lost lies on the board and counts."""

    sentence = _(
        "С едно от изгубените писма вече е гласувано и гласът остава. Не давайте резервно писмо и"
        " върнете в папката предишния списък от страницата на допитването."
    )


class PaperDoesNotAgree(DomainError):
    """More paper votes than codes that were made void for it."""

    sentence = _(
        "Хартиените бюлетини са повече от кодовете, анулирани за тях. Проверете протокола."
    )


class VillagesDoNotAgree(DomainError):
    """Villages that do not add up to those who voted; the difference would tell of a few."""

    sentence = _(
        "Гласувалите по села са общо %(typed)s, а гласували са %(voters)s. Проверете таблицата:"
        " двете числа трябва да са еднакви."
    )


class BallotRefused(DomainError):
    """A ballot that does not go onto the board; `reason` is a word for the booth."""

    sentence = _("Гласът не беше приет")

    def __init__(self, reason: str, status: int) -> None:
        super().__init__()
        self.reason, self.status = reason, status


class ToolMissing(DomainError):
    """The program that checks and counts is not installed on the server."""

    status = 503
    sentence = _("На сървъра липсва програмата, която проверява и брои. Поискайте я от ИТ екипа.")


class ToolBusy(DomainError):
    """Too many ballots are being checked."""

    status = 503
    sentence = _("Много хора гласуват в момента. Опитайте пак след малко.")


class ToolRefused(DomainError):
    """The program said no; its last words are for staff."""

    sentence = _("Програмата за проверка отказа: %(words)s")
