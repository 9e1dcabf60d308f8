"""What money refuses."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchCharge(NotFound):
    """Not here: another municipality's, or never made."""

    sentence = _("Няма такова задължение")


class NoSuchPayment(NotFound):
    sentence = _("Няма такова плащане")


class NoSuchRefund(NotFound):
    sentence = _("Няма такова връщане")


class NoSuchKind(NotFound):
    sentence = _("Няма такъв вид приход")


class WrongCode(DomainError):
    """The check digits do not fit, or nothing bears the code."""

    sentence = _("Не намираме този код. Проверете цифрите на известието.")


class AlreadyPaid(Conflict):
    sentence = _("Това вече е платено. Не плащайте повторно.")


class Cancelled(Conflict):
    sentence = _("Общината отмени това задължение. Не плащайте.")


class StaleVersion(Conflict):
    """Something was paid, or changed, after the page was opened on which this was decided."""

    sentence = _("Междувременно нещо се промени. Вижте как е сега и решете отново.")


class UsedOtherwise(Conflict):
    """The same reference or number came again with another sum: somebody's mistake."""

    sentence = _("Този номер вече е вписан с друга сума. Проверете го.")


class HasMoney(Conflict):
    sentence = _("По това задължение има плащане. Първо върнете парите.")


class TooLittle(DomainError):
    sentence = _("Дадените пари не стигат. Трябват поне %(sum)s.")


class TooMuch(DomainError):
    sentence = _("Може да се върнат най-много %(sum)s")


class DayIsClosed(Conflict):
    sentence = _("Денят на това плащане е приключен. Поискайте връщане на парите.")


class NotTakenHere(Conflict):
    """Only what was taken at the counter can be undone at the counter."""

    sentence = _("Това плащане не е прието на каса")


class OwnRefund(DomainError):
    """The second pair of eyes must be another's."""

    status = 403
    sentence = _("Вие поискахте това връщане. Трябва да го одобри друг служител.")


class NotWaiting(Conflict):
    sentence = _("Това връщане вече е решено")


class ExplainTheDifference(DomainError):
    sentence = _("Преброеното се различава с %(sum)s. Напишете защо.")


class NothingToClose(DomainError):
    sentence = _("Няма плащания за приключване")


class NotSetUp(DomainError):
    """The municipality has not said where such money goes."""

    sentence = _("Общината още не приема плащания по този начин. Изберете друг.")


class GatewayAway(DomainError):
    """The payment provider did not answer; whether it acted is found out later."""

    status = 503
    sentence = _("Системата за плащане не отговори. Не е платено нищо. Опитайте пак след малко.")


class GatewayDeclines(DomainError):
    """The payment provider said no; whoever runs the installation must look."""

    status = 503
    sentence = _(
        "Сега не може да се плати с карта в интернет. Не е платено нищо. Изберете друг начин."
    )


class TooSmall(DomainError):
    sentence = _("С карта в интернет се плащат поне %(sum)s. Изберете друг начин.")


class TooManyRows(DomainError):
    """A file that ended in the middle would pass for whole."""

    sentence = _("За тези дни има повече от %(n)s реда. Изберете по-малко дни.")


class KindTaken(DomainError):
    sentence = _("Вече има вид приход с този код")
