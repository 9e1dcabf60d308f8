"""Refusals of legal holds."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound, StaleRow


class NoSuchHold(NotFound):
    """There is no such hold in this municipality."""


class StaleHold(StaleRow):
    """The hold was changed meanwhile."""


class NoSuchCaseToHold(DomainError):
    """The kind has no case under this number."""

    sentence = _("В този вид няма преписка с такъв номер. Проверете номера.")


class NobodyBehindCase(DomainError):
    """The case was handed in without a profile, or its person was erased before."""

    sentence = _("Преписката не е подадена с профил. Изберете само преписката.")


class HoldHasEnded(DomainError):
    """An ended hold is not changed."""

    sentence = _("Забраната вече не е в сила")
