"""What is refused about the account of a year."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError


class YearIsToCome(DomainError):
    sentence = _("Отчетът се публикува за година, която вече е започнала")
