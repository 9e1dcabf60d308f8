"""States of a booking."""

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
