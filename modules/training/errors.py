"""Refusals of training."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchMission(NotFound):
    """No mission has that word."""

    sentence = _("Няма такава задача")


class NoSuchRecord(NotFound):
    """Not here: another municipality's, or never written."""

    sentence = _("Няма такъв запис за обучение")


class NotAtHome(DomainError):
    """Missions are kept where one works; in practice the night would take them."""

    sentence = _("Задачите се започват от портала на общината, в която работите.")


class NotStarted(DomainError):
    """Nothing is checked before the mission was begun."""

    sentence = _("Първо започнете задачата. Броим само стореното след това.")


class StaleRecord(Conflict):
    """Somebody else changed it first."""

    sentence = _("Междувременно друг промени този запис. Вижте как е сега.")
