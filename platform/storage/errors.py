"""Which files are not taken, and what to do then."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound


class NoSuchFile(NotFound):
    """Not here: another municipality's, removed, or never kept."""

    sentence = _("Няма такъв файл")


class FileRefused(DomainError):
    """The file does not come in. The sentence says how to mend it."""


class NothingInside(FileRefused):
    sentence = _("Файлът е празен. Изберете друг.")


class TooBig(FileRefused):
    sentence = _("Изберете файл до %(most)s MB")


class NotTaken(FileRefused):
    """Neither by its bytes nor by its name one of the kinds that we take."""

    sentence = _("Изберете файл PDF, ODT, ODS, DOCX, XLSX, CSV или TXT")


class CarriesProgram(FileRefused):
    sentence = _("Във файла има макроси. Запазете го без тях и го изберете пак.")


class RunsByItself(FileRefused):
    """What is done when somebody opens it: scripts, programs, what is fetched."""

    sentence = _(
        "Файлът прави нещо сам, когато се отвори. Отпечатайте го като PDF и изберете новия."
    )


class HoldsFiles(FileRefused):
    """Files inside of a PDF, which nobody has looked at."""

    sentence = _("В този PDF има прикачени файлове. Изберете всеки от тях отделно.")


class Locked(FileRefused):
    """Nobody could look into it, neither we nor who receives it."""

    sentence = _("Файлът е заключен с парола. Запазете го без парола и го изберете пак.")


class SwellsUp(FileRefused):
    """Small when packed, huge when opened."""

    sentence = _("Файлът не може да се отвори безопасно. Запазете го наново и го изберете пак.")


class OldLetters(FileRefused):
    """A text whose letters nobody but the old Windows of its author can read."""

    sentence = _("Запазете текста с кодиране UTF-8 и го изберете пак")


class NoPicture(FileRefused):
    """No JPEG, PNG or WebP that can be drawn."""

    sentence = _("Изберете снимка JPG, PNG или WEBP. Този файл не може да се покаже.")


class TooManyPixels(FileRefused):
    sentence = _("Снимката е твърде голяма. Намалете я до %(most)s мегапиксела.")


class FilesBusy(FileRefused):
    """Others are drawn before it, and it has waited as long as people do."""

    status = 503
    sentence = _("Сега се проверяват много файлове. Изберете го пак след минута.")


class ChildEnded(FilesBusy):
    """Ended from outside while it was opened: that says nothing of the file. `why` is for us."""


class TooFewPixels(FileRefused):
    sentence = _("Изберете по-голямо изображение: поне %(least)s на %(least)s точки")


class NoTable(FileRefused):
    """No CSV and no XLSX whose first sheet can be read."""

    sentence = _("Изберете таблица CSV или XLSX")


class TooManyRows(FileRefused):
    sentence = _("Оставете в таблицата до %(most)s реда и прикачете останалите после")


class NoWordDocument(FileRefused):
    """No DOCX whose text can be read."""

    sentence = _("Изберете документ DOCX. От друг вид файл копирайте текста.")


class NoTextInside(FileRefused):
    """A document of pictures alone, or of a kind whose text is not read."""

    sentence = _("В документа няма текст. Изберете друг или копирайте текста в полето.")


class WordTextTooLong(FileRefused):
    sentence = _("Текстът е над %(most)s знака. Разделете го и прикачете останалото като файл.")


class NotVideo(FileRefused):
    """Neither MP4 nor WebM by its bytes."""

    sentence = _("Файлът не е видео, което порталът приема. Изберете видео MP4 или WEBM.")


class UnplayableVideo(FileRefused):
    """A container that we take with pictures that browsers do not play everywhere."""

    sentence = _(
        "Това видео не се отваря във всеки браузър. Запазете го наново като MP4 и го качете пак."
    )


class CutVideo(FileRefused):
    """It ends before its end."""

    sentence = _("Видеото не е цяло. Проверете дали се отваря при Вас и го качете пак.")


class StorageFull(FileRefused):
    """The disk has no room to spare."""

    status = 503
    sentence = _("Мястото за видео свърши. Обадете се на ИТ екипа.")


class StorageAway(FileRefused):
    """The store of large files does not answer, or refuses us."""

    status = 503
    sentence = _("Мястото за видео не отговаря. Опитайте пак след минута.")


class NoBankStatement(FileRefused):
    """Neither CAMT.053 nor MT940."""

    sentence = _(
        "Изберете извлечение CAMT (XML) или MT от банката. Ако е в архив, първо го отворете."
    )


class TooManyEntries(FileRefused):
    sentence = _("В извлечението има над %(most)s реда. Изтеглете го за по-малко дни.")


class NoContracts(FileRefused):
    """No OCDS package, or one without a contract."""

    sentence = _(
        "В този файл няма договори в отворения формат за поръчки. Изберете файла JSON, който сте"
        " свалили от системата за обществени поръчки."
    )


class TooManyContracts(FileRefused):
    sentence = _("Във файла има над %(most)s договора. Свалете файл само за тази поръчка.")
