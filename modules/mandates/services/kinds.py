"""Words of mandates: states, how one ends, languages of letters."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PART = "mandates"
LAW = "Закон за задълженията и договорите"
GROUND = f"{LAW}, чл. 36"
DRAFT, SIGNED, WITHDRAWN, ENDED = "draft", "signed", "withdrawn", "ended"
OPEN = (DRAFT, SIGNED)
STATES: Mapping[str, LazyString] = {
    DRAFT: _("Чака подпис"),
    SIGNED: _("Важи"),
    WITHDRAWN: _("Оттеглено"),
    ENDED: _("Изтекло"),
}
COLOURS = {DRAFT: "yellow", SIGNED: "green", WITHDRAWN: "grey", ENDED: "grey"}
CALL, PAGE, CODE, TERM, ERASED = "call", "page", "code", "term", "erased"
ENDINGS: Mapping[str, LazyString] = {
    CALL: _("по телефона или на гише"),
    PAGE: _("от профила на човека"),
    CODE: _("с кода от писмото"),
    TERM: _("срокът изтече"),
    ERASED: _("данните са изтрити"),
}
