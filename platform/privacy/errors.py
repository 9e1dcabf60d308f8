"""Refusals of legal holds and of restrictions."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotAllowed, NotFound, StaleRow


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


class NoSuchRestriction(NotFound):
    """The request asked for none, or it was refused."""

    sentence = _("По това искане няма ограничение")


class StaleRestriction(StaleRow):
    """The restriction was changed meanwhile."""


class DataRestricted(NotAllowed):
    """The person asked that their data be not used for now, and the municipality accepted it."""

    sentence = _(
        "От %(day)s данните на този човек не се ползват по негово искане %(number)s."
        " Ограничението вдига длъжностното лице по защита на данните, с причина."
    )
