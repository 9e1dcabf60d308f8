"""Refusals of promises."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, NotFound, StaleRow


class NoSuchPromise(NotFound):
    sentence = _("Няма такова обещание")


class StalePromise(StaleRow):
    sentence = _(
        "Някой промени обещанието, след като отворихте страницата. Вижте го и решете отново."
    )


class PromiseEnded(Conflict):
    sentence = _("Обещанието вече е приключено. Върнете го сред неизпълнените, за да го промените.")
