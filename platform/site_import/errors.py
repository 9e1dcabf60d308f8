"""Why an export does not come in, and why a text of it is left behind."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchExport(NotFound):
    sentence = _("Няма такъв файл")


class ExportRefused(DomainError):
    """The file cannot be read. `word` is kept with it, to say later what was wrong."""

    word = ""


class NoExport(ExportRefused):
    word = "none"
    sentence = _(
        "Изберете файла XML, който WordPress дава от „Инструменти“, „Експортиране“, или RSS"
    )


class HostileExport(ExportRefused):
    """It defines entities, which no honest export does."""

    word = "hostile"
    sentence = _("Файлът съдържа нещо, което не е безопасно да се отвори. Изтеглете го наново.")


class BrokenExport(ExportRefused):
    word = "broken"
    sentence = _("Файлът е прекъснат или повреден. Изтеглете го наново.")


class TooManyTexts(ExportRefused):
    word = "many"
    sentence = _("Във файла има твърде много записи. Изтеглете го на части, например по години.")


REFUSALS = {one.word: one.sentence for one in (NoExport, HostileExport, BrokenExport, TooManyTexts)}


class StaleVersion(Conflict):
    sentence = _("Пренасянето продължи, след като отворихте страницата. Вижте докъде е стигнало.")


# Why a text is left behind, by the word that is kept with it.
VERDICTS = {
    "here": _("Вече е пренесено"),
    "twice": _("Стои два пъти във файла"),
    "kind": _("Не е новина или страница"),
    "hidden": _("Скрито е с парола или е изтрито"),
    "untitled": _("Няма заглавие"),
    "empty": _("Няма текст"),
    "long": _("Текстът е твърде дълъг"),
    "unclear": _("Текстът не може да се прочете"),
    "off": _("Модулът за това е изключен"),
}
