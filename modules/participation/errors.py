"""Refusals of reports on participation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, NotFound, StaleRow


class NoSuchReportOfYear(NotFound):
    sentence = _("Няма такъв отчет")


class StaleReportOfYear(StaleRow):
    sentence = _("Някой промени отчета, след като отворихте страницата. Вижте го и решете отново.")


class ReportIsPublic(Conflict):
    sentence = _("Отчетът е публикуван и числата му вече не се променят.")
