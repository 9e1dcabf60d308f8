"""Refusals of events."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow


class NoSuchEvent(NotFound):
    """Not here: another municipality's, removed, or not public."""

    sentence = _("Няма такова събитие")


class NoSuchSuggestion(NotFound):
    """Not here: another municipality's, forgotten, or never sent."""

    sentence = _("Няма такова предложение")


class StaleVersion(StaleRow):
    """Somebody changed the event after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени това събитие, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class ChangedWhileWriting(StaleVersion):
    """The same, while a text was being written that must not be lost."""

    sentence = _(
        "%(who)s промени това събитие, докато пишехте. Сравнете двата текста по-долу"
        " и запазете отново."
    )


class DecidedAlready(Conflict):
    """Another editor answered the suggestion."""

    sentence = _("Друг служител вече отговори на това предложение")


class EndsBeforeStart(DomainError):
    sentence = _("Изберете край, който е след началото")


class LastsTooLong(DomainError):
    """Nothing takes so long: it repeats, or a year is mistyped."""

    sentence = _(
        "Едно събитие трае най-много 366 дни. Ако се повтаря, въведете първия път и изберете как се"
        " повтаря."
    )


class OverlapsItself(DomainError):
    sentence = _(
        "Следващият път започва, преди да е свършил предишният. Скъсете го или изберете"
        " по-рядко повторение."
    )


class RepeatsTooShortly(DomainError):
    sentence = _("Изберете последен ден, който е след първия път")


class NoSuchDay(DomainError):
    """The event does not take place on that day, so it cannot be called off or moved."""

    sentence = _("На този ден няма събитие. Изберете ден от списъка.")


class IsCancelled(Conflict):
    """Refusal to move an event that is cancelled."""

    sentence = _("Това събитие е отменено. Първо кажете, че пак ще се състои.")
