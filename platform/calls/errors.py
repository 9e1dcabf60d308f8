"""Refusals of calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, NotFound


class NoSuchCall(NotFound):
    """Not here: another municipality's, another part's, not for who asks."""

    sentence = _("Няма такова обаждане")


class StaleCall(Conflict):
    sentence = _("Друг служител вече записа как е минало това обаждане. Вижте списъка отново.")
