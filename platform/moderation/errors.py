"""Refusals of moderation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, NotAllowed, NotFound, StaleRow


class NoSuchDecision(NotFound):
    """Not here, or of a part that is off."""


class StaleDecision(StaleRow):
    """Somebody else has decided it meanwhile."""


class AppealClosed(Conflict):
    sentence = _("Възражение се подава веднъж, след като служител е решил. Вижте какво е решено.")


class SameReviewer(NotAllowed):
    sentence = _("Възражението се решава от друг човек, не от този, който е скрил текста")


class AppealWaits(Conflict):
    """Who hid it had their say; a page that was opened before the appeal still has the button."""

    sentence = _("Авторът възрази. Сега решава друг човек.")
