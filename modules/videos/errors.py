"""Refusals of videos."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow


class NoSuchVideo(NotFound):
    """Not here: another municipality's, not public, or gone with its term."""

    sentence = _("Няма такова видео")


class NoSuchVideoUpload(NotFound):
    """Not here: given up, somebody else's, or a recording that is still made."""

    sentence = _("Няма такова качване. Изберете файла отново.")


class NoSuchCue(NotFound):
    sentence = _("Няма такъв надпис")


class StaleVideo(StaleRow):
    """Somebody changed it after the page was opened."""

    sentence = _(
        "Междувременно друг промени това. Написаното от Вас стои тук: сравнете и запазете отново."
    )


class NothingToShow(DomainError):
    """Neither a file nor captions."""

    sentence = _("Качете видеото или надписите. После го публикувайте.")


class StillPublished(DomainError):
    sentence = _("Първо скрийте видеото от гражданите. После може да го изтриете.")


class NoMediaStore(DomainError):
    """The installation has no folder for videos."""

    status = 503
    sentence = _("На този сървър още няма място за видео. Обадете се на ИТ екипа.")


class VideoTooBig(DomainError):
    sentence = _("Изберете видео до %(most)s GB")


class VideoTooBigForForm(DomainError):
    sentence = _("Без скриптове в браузъра се качва видео до %(most)s MB")


class EmptyVideo(DomainError):
    sentence = _("Файлът е празен. Изберете друг.")


class UploadElsewhere(Conflict):
    """The part does not continue what is here: another tab or person was first."""

    sentence = _("Качването продължи другаде. Отворете страницата отново.")


class RecordingUnderWay(Conflict):
    """A browser is sending what it records into this video."""

    sentence = _("Записът на срещата още върви. Спрете го и после качете друг файл.")


class RecordingEnded(Conflict):
    sentence = _("Този запис вече е приключил. Започнете нов.")


class TooManyCues(DomainError):
    sentence = _("Във файла има над %(most)s надписа. Разделете видеото на части.")


class CaptionsTooBig(DomainError):
    sentence = _("Изберете файл с надписи до %(most)s KB")


class FaultyCaptions(DomainError):
    """`faults` are the sentences, each about one line of the file."""

    sentence = _("Във файла с надписи има грешки. Поправете ги и го качете пак.")

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__()
        self.faults = faults


class OverlappingCue(DomainError):
    sentence = _("В това време вече има друг надпис. Променете началото или края.")


class CueBehindEnd(DomainError):
    sentence = _("Това време е след края на видеото")


class CutBehindEnd(DomainError):
    sentence = _("Краят е след края на видеото")


class DoubledChapter(DomainError):
    sentence = _("Две части започват в една и съща секунда. Променете едното време.")
