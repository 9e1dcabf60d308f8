"""Kinds and levels of courses."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PART = "courses"
CERTIFICATE = "certificate"  # the series of documents
KINDS: Mapping[str, LazyString] = {
    "basics": _("Първи стъпки с компютъра"),
    "internet": _("Интернет и безопасност"),
    "office": _("Документи и таблици"),
    "design": _("Графичен дизайн"),
    "services": _("Услугите на общината през интернет"),
    "programming": _("Програмиране"),
    "business": _("Социални мрежи за бизнеса"),
}
LEVELS: Mapping[str, LazyString] = {
    "first": _("за начинаещи"),
    "next": _("за напреднали"),
    "all": _("за всички"),
}
