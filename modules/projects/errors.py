"""Refusals of projects."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow


class NoSuchProject(NotFound):
    """Not here: another municipality's, removed, or never written."""

    sentence = _("Няма такъв проект")


class NoSuchStage(NotFound):
    sentence = _("Няма такъв етап")


class NoSuchProgramme(NotFound):
    sentence = _("Няма такава програма")


class NoSuchBudget(NotFound):
    sentence = _("Няма бюджет за тази година")


class NoSuchProjectQuestion(NotFound):
    sentence = _("Няма такъв въпрос")


class StaleVersion(StaleRow):
    """Somebody changed the project after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени този проект, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class ChangedWhileWriting(StaleVersion):
    """The same, while a text was being written that must not be lost."""

    sentence = _(
        "%(who)s промени този проект, докато пишехте. Сравнете двата текста по-долу"
        " и запазете отново."
    )


class StageChanged(Conflict):
    sentence = _(
        "Друг служител промени този етап, след като отворихте страницата. Вижте как е сега и"
        " запазете отново."
    )


class ProgrammeChanged(Conflict):
    sentence = _("Друг служител промени тази програма. Вижте как е сега и запазете отново.")


class QuestionDecided(Conflict):
    sentence = _("На този въпрос вече има отговор. Отворете го отново, за да го видите.")


class NumberTaken(DomainError):
    sentence = _("Вече има проект с този номер. Проверете номера или го оставете празен.")


class ProgrammeTaken(DomainError):
    sentence = _("Вече има програма с това име")


class ProjectEndsBeforeStart(DomainError):
    sentence = _("Изберете край, който е след началото")


class NotYetReached(DomainError):
    sentence = _("Етап се отбелязва като готов с днешна или минала дата")


class ProjectOver(DomainError):
    sentence = _("Проектът е приключил или спрян. Първо го отворете отново.")


class SumsDiffer(DomainError):
    sentence = _(
        "Дяловете са общо %(parts)s, а стойността на проекта е %(total)s. Поправете ги или"
        " напишете защо се различават."
    )


class NoTotal(DomainError):
    sentence = _("Въведете общата стойност на проекта")


class RowsWrong(Conflict):
    """Something changed between the preview and the press: nothing was written."""

    sentence = _("Нещо се промени, докато гледахте. Не записахме нищо. Прикачете файла отново.")


class NoAccountColumn(DomainError):
    sentence = _("Във файла няма колона „%(column)s“. Първият ред трябва да е със заглавията.")


class NoAccountRows(DomainError):
    sentence = _("Във файла няма нито един ред със сума")
