"""States of a call."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

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
