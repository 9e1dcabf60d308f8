"""Words of registrations: states, ways of the letter, proofs, reasons."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PART = "voters"
ASKED, ACCEPTED, REFUSED, WITHDRAWN = "asked", "accepted", "refused", "withdrawn"
LIVE = (ASKED, ACCEPTED)
STATES: Mapping[str, LazyString] = {
    ASKED: _("Чака проверка"),
    ACCEPTED: _("Приета"),
    REFUSED: _("Отказана"),
    WITHDRAWN: _("Оттеглена"),
}
COLOURS = {ASKED: "yellow", ACCEPTED: "green", REFUSED: "red", WITHDRAWN: "grey"}
POST, OFFICE = "post", "office"
DELIVERIES: Mapping[str, LazyString] = {
    POST: _("По пощата, срещу документ за самоличност"),
    OFFICE: _("В общината, срещу документ за самоличност"),
}
ONLINE, COUNTER = "online", "counter"
CHANNELS: Mapping[str, LazyString] = {ONLINE: _("През портала"), COUNTER: _("На гише")}
SIGN_IN, DOCUMENT = "signin", "document"
PROOFS: Mapping[str, LazyString] = {
    "": _("Още не е проверено"),
    SIGN_IN: _("Вход с ключ за достъп или код от телефона"),
    DOCUMENT: _("Документ за самоличност на гише"),
}
REASONS: Mapping[str, LazyString] = {
    "not-listed": _("Не сте в списъка с право на глас в общината"),
    "another": _("ЕГН е на друг човек"),
    "document": _("Документът за самоличност не е показан или не е валиден"),
    "replaced": _("Заменена е с регистрация на гише"),
}
