"""Refusals of OParl. Programs read them as an error object, in Bulgarian as all that is told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound


class NoSuchOparlObject(NotFound):
    """Never told, or of another municipality; what was deleted is told as deleted."""

    sentence = _("Няма такъв обект")


class NotAMoment(DomainError):
    status = 400
    sentence = _("„%(name)s“ трябва да е дата и час с часова зона: %(example)s")


class NotANumber(DomainError):
    status = 400
    sentence = _("„%(name)s“ трябва да е цяло число от 1 нагоре")
