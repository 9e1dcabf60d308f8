"""What polls refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchPoll(NotFound):
    """Not here: another municipality's, removed, or not yet public."""

    sentence = _("Няма такава анкета")


class PollChanged(Conflict):
    """Somebody changed the poll after the page was opened on which this was decided."""

    sentence = _(
        "Друг служител промени тази анкета, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class QuestionFrozen(Conflict):
    """Who has answered has answered this question, not another one."""

    sentence = _(
        "На тази анкета вече има отговори, затова въпросите не се променят. Добавете поправка,"
        " която всички ще видят."
    )


class NothingAsked(DomainError):
    sentence = _("Добавете поне един въпрос, преди да отворите анкетата")


class ClosesTooEarly(DomainError):
    sentence = _("Изберете край, който е след сега и след началото")


class NotLonger(DomainError):
    sentence = _("Изберете край, който е след досегашния")


class NotOpen(Conflict):
    """It has not begun, or it ended while somebody was filling it in."""

    sentence = _("Анкетата не е отворена. Отговорът Ви не е записан.")


class ClosedMeanwhile(NotOpen):
    sentence = _(
        "Анкетата приключи, докато я попълвахте. Отговорът Ви не е записан. Написаното стои тук,"
        " за да го запазите за себе си."
    )


class AskedAnew(Conflict):
    """Before the first answer an editor may still change what is asked."""

    sentence = _(
        "Въпросите бяха променени, докато отговаряхте. Прегледайте ги и изпратете отговора пак."
    )


class AnsweredAlready(Conflict):
    sentence = _("Вече отговорихте на тази анкета. Броим по един отговор.")


class SignInFirst(DomainError):
    sentence = _("Влезте в профила си, за да отговорите. Отговорът Ви още не е записан.")


class SheetEntered(Conflict):
    sentence = _("Лист № %(number)s вече е въведен. Проверете номера на листа.")


class OptionUnclear(DomainError):
    """A number on a paper sheet that stands beside no option."""

    sentence = _("„%(piece)s“ не е номер на отговор. Напишете номерата от 1 до %(most)s")


class OneOption(DomainError):
    sentence = _("Напишете само един номер: този въпрос има един отговор")


class TooFewOptions(DomainError):
    sentence = _("Напишете поне два отговора, всеки на свой ред")


class TooManyOptions(DomainError):
    sentence = _("Оставете до %(limit)s отговора")


class OptionsRepeat(DomainError):
    sentence = _("„%(piece)s“ е написано два пъти. Оставете го веднъж.")


class OptionsDiffer(DomainError):
    """A translation that has more or fewer options than the Bulgarian text."""

    sentence = _("Напишете толкова отговори, колкото са на български: %(number)s")


class AskedOfNobody(DomainError):
    """A condition that looks at a later question, or at none of this poll."""

    sentence = _("Изберете отговори на въпроси, които стоят преди този")


class AnotherFollows(Conflict):
    """A question that is asked after answers to this one would be asked of nobody."""

    sentence = _(
        "От този въпрос зависи друг: „%(title)s“. Първо променете кога се задава той, после"
        " опитайте пак."
    )


class HasPicture(Conflict):
    sentence = _("Тук вече има снимка. Махнете я, преди да сложите друга.")
