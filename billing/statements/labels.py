"""States of lines of a bank statement, as people call them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.billing.statements.models import Doubt, LineState

# Of a line of a bank statement; the word agrees with „превод“.
LINES: dict[str, tuple[LazyString, str]] = {
    LineState.MATCHED: (_("Познат"), "blue"),
    LineState.DOUBTFUL: (_("За изясняване"), "yellow"),
    LineState.FOREIGN: (_("Непознат"), "grey"),
    LineState.BOOKED: (_("Вписан"), "green"),
    LineState.KNOWN: (_("Вече го има"), "grey"),
    LineState.ASIDE: (_("Настрана"), "grey"),
    LineState.DEBIT: (_("Изходящ"), "grey"),
}
# Of a list of such lines.
LINE_LISTS: dict[str, LazyString] = {
    LineState.MATCHED: _("Познати"),
    LineState.DOUBTFUL: _("За изясняване"),
    LineState.FOREIGN: _("Непознати"),
    LineState.BOOKED: _("В книгата"),
    LineState.KNOWN: _("Вече ги има"),
    LineState.ASIDE: _("Настрана"),
    LineState.DEBIT: _("Изходящи"),
}
DOUBTS: dict[str, LazyString] = {
    Doubt.SUM: _("Сумата е друга"),
    Doubt.PAID: _("Задължението вече е платено"),
    Doubt.CANCELLED: _("Задължението е отменено"),
    Doubt.SEVERAL: _("Може да е за повече от едно задължение"),
    Doubt.CODE: _("Няма задължение с този код"),
    Doubt.LIKELY: _("Няма код, но сумата и името съвпадат"),
    Doubt.UNDONE: _("Вписването му е върнато"),
    Doubt.USED: _("Номерът на превода е вписан с друга сума"),
}
