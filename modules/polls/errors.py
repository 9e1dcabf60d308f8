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


class TextFrozen(Conflict):
    """Who has answered has answered under this title, not another one."""

    sentence = _(
        "На тази анкета вече има отговори, затова заглавието и въведението не се променят. Може да"
        " добавите превод, който липсва, или поправка под въпрос."
    )


class NothingAsked(DomainError):
    sentence = _("Добавете поне един въпрос, преди да отворите анкетата")


class ClosesTooEarly(DomainError):
    sentence = _("Изберете край, който е след сега и след началото")


class PollNotLonger(DomainError):
    sentence = _("Изберете край, който е след досегашния")


class NotUnderWay(Conflict):
    """What staff wanted to do is done with an open poll, or with one that is over."""

    sentence = _("Това може само докато анкетата е отворена. Вижте как е сега.")


class NotOver(Conflict):
    sentence = _("Какво последва се казва, когато анкетата приключи.")


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


class AnsweredHere(AnsweredAlready):
    """From this device, by whoever it was."""

    sentence = _(
        "Вече отговорихте от това устройство. Ако отговорът не е Ваш, влезте в профила си или"
        " отговорете на хартия в общината."
    )


class NothingAnswered(DomainError):
    """An empty form or sheet says nothing, and would be one of the ten that hide the others."""

    sentence = _("Няма нито един отговор, затова не броим нищо. Отговорете поне на един въпрос.")


class SignInFirst(DomainError):
    sentence = _("Влезте в профила си, за да отговорите. Отговорът Ви още не е записан.")


class SheetEntered(Conflict):
    sentence = _("Лист № %(number)s вече е въведен. Проверете номера на листа.")


class FormUsed(Conflict):
    """Somebody went back and typed the next sheet into the form of the one before."""

    sentence = _(
        "С тази страница вече е записан лист № %(number)s. Проверете номера и запишете още веднъж."
    )


class OtherQuestions(Conflict):
    """The numbers of a sheet stand for other answers than those it was printed with."""

    sentence = _(
        "Въпросите бяха променени, докато въвеждахте. Проверете дали на листа стои знакът %(mark)s."
    )


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


class LastQuestion(Conflict):
    sentence = _("Публикувана анкета има поне един въпрос. Добавете друг, преди да махнете този.")


class HasPicture(Conflict):
    sentence = _("Тук вече има снимка. Махнете я, преди да сложите друга.")
