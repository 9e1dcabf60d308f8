"""States of a booking, and of a call about one."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

BOOKED, WAITING, OFFERED = "booked", "waiting", "offered"
CANCELLED, LAPSED = "cancelled", "lapsed"
ACTIVE = (BOOKED, WAITING, OFFERED)
HOLDING = (BOOKED, OFFERED)  # a seat
STATES: Mapping[str, LazyString] = {
    BOOKED: lazy_gettext("Запазен"),
    WAITING: lazy_gettext("Чака място"),
    OFFERED: lazy_gettext("Предложен"),
    CANCELLED: lazy_gettext("Отменен"),
    LAPSED: lazy_gettext("Срокът изтече"),
}
COLOURS: Mapping[str, str] = {
    **{BOOKED: "green", WAITING: "yellow", OFFERED: "purple"},
    **{CANCELLED: "grey", LAPSED: "grey"},
}

OWED, AGAIN, REACHED, UNREACHED, VOID = "owed", "again", "reached", "unreached", "void"
TO_CALL = (OWED, AGAIN)
CALLED = (REACHED, UNREACHED)
CALLS: Mapping[str, LazyString] = {
    OWED: lazy_gettext("Чака обаждане"),
    AGAIN: lazy_gettext("Да се опита пак"),
    REACHED: lazy_gettext("Казано"),
    UNREACHED: lazy_gettext("Не го намерихме"),
    VOID: lazy_gettext("Отпадна"),
}
CALL_COLOURS: Mapping[str, str] = {
    **{OWED: "yellow", AGAIN: "yellow", REACHED: "green"},
    **{UNREACHED: "red", VOID: "grey"},
}
