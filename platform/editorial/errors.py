"""What is refused of any text."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError


class TextTooLong(DomainError):
    sentence = _("Съкратете текста до %(limit)s знака")


class FileChangedMeanwhile(Conflict):
    """Somebody changed the words of a file, or took it away."""

    sentence = _("Междувременно друг промени този файл. Вижте как е сега и решете отново.")


class TooManyFiles(DomainError):
    sentence = _("Тук може да има до %(most)s файла. Махнете някой, преди да добавите.")
