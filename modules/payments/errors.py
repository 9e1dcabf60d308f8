"""What taxes and fees refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchTaxNotice(NotFound):
    """No notice here bears the code, or the id."""

    sentence = _("Не намираме известие с този код. Проверете цифрите.")


class NoSuchImport(NotFound):
    sentence = _("Няма такъв файл")


class NoSuchTerm(NotFound):
    sentence = _("Няма такъв вид плащане")


class NothingToPay(Conflict):
    """It was paid meanwhile, or corrected."""

    sentence = _("Това вече е платено или поправено. Вижте какво остава.")


class OlderFirst(Conflict):
    """Code of tax procedure, art. 169, para. 3a."""

    sentence = _("Първо се плаща по-старата година от същия вид. Изберете нея или всичко.")


class UnderWay(Conflict):
    """Money has come for a part of it, so its charge stays."""

    sentence = _("По част от това вече има плащане. Довършете първо него или питайте на каса.")


class StaleVersion(Conflict):
    sentence = _("Междувременно нещо се промени. Вижте как е сега и решете отново.")


class NotUnderstood(DomainError):
    """Some rows must be mended first."""

    sentence = _("Поправете грешните редове и качете файла отново. Не е въведено нищо.")


class PaidMeanwhile(Conflict):
    """What has been paid is not undone by taking back a file."""

    sentence = _("По въведеното вече има плащане. Поправете сумите с нов файл.")


class ChangedByLater(Conflict):
    sentence = _("По-нов файл е променил същите задължения. Първо върнете него.")


class AnotherFileAtWork(Conflict):
    sentence = _("Друг файл се въвежда или се връща в момента. Опитайте след минута.")


class NotThePercent(DomainError):
    """Local Taxes and Fees Act, art. 28, para. 2; art. 60, para. 1."""

    sentence = _(
        "За този данък законът определя отстъпка %(n)s на сто. Общината не може да я мени."
    )


class Unreadable(DomainError):
    """Neither a table with commas or semicolons nor an XLSX file."""

    sentence = _("Не можем да прочетем файла. Запазете го като CSV или XLSX и опитайте пак.")


class EmptyFile(DomainError):
    sentence = _("Във файла няма редове под заглавията")


class NoColumns(DomainError):
    sentence = _("Липсват колони: %(names)s. Сравнете с образеца.")


class TooManyRows(DomainError):
    sentence = _("Файлът има повече от %(n)s реда. Разделете го.")


class TooManyInSheet(DomainError):
    """To open a sheet costs much more than to read a text."""

    sentence = _("Таблицата има повече от %(n)s реда. Запазете я като CSV и качете него.")


class TooLarge(DomainError):
    sentence = _("Файлът е по-голям от %(n)s MB. Разделете го.")


class TooManyLines(DomainError):
    """A file that ended in the middle would pass for whole."""

    sentence = _("За тези дни има повече от %(n)s реда. Изберете по-малко дни.")
