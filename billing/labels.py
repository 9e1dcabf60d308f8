"""How people call the ways and states of money."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.billing.charges.models import PaymentMethod, State
from obshto.billing.gateways.collector import BillState
from obshto.billing.gateways.port import STRIPE
from obshto.billing.refunds.models import DisputeState, RefundState

WAYS: dict[str, LazyString] = {
    PaymentMethod.CASH: _("В брой на каса"),
    PaymentMethod.POS: _("С карта на каса"),
    PaymentMethod.BANK: _("Банков превод"),
    STRIPE: _("С карта в интернет"),
}
# Word and colour of a tag; the word agrees with „задължение“, „връщане“, „плащане“.
CHARGES: dict[str, tuple[LazyString, str]] = {
    State.OPEN: (_("Чака плащане"), "yellow"),
    State.PAID: (_("Платено"), "green"),
    State.CANCELLED: (_("Отменено"), "grey"),
}
REFUNDS: dict[str, tuple[LazyString, str]] = {
    RefundState.ASKED: (_("Чака одобрение"), "yellow"),
    RefundState.APPROVED: (_("Одобрено, чака парите"), "blue"),
    RefundState.DONE: (_("Върнато"), "green"),
    RefundState.REFUSED: (_("Отказано"), "grey"),
    RefundState.FAILED: (_("Неуспешно"), "red"),
}
DISPUTES: dict[str, tuple[LazyString, str]] = {
    DisputeState.OPEN: (_("Банката решава"), "yellow"),
    DisputeState.WON: (_("В полза на общината"), "green"),
    DisputeState.LOST: (_("В полза на платеца"), "red"),
}

INVOICES: dict[str, tuple[LazyString, str]] = {
    "open": (_("Чака плащане"), "yellow"),
    "part": (_("Платена отчасти"), "blue"),
    "late": (_("Просрочена"), "red"),
    "paid": (_("Платена"), "green"),
    "credited": (_("Отменена с известие"), "grey"),
}
BILLS: dict[str, tuple[LazyString, str]] = {
    BillState.DRAFT: (_("Чака фактурата"), "grey"),
    BillState.OPEN: (_("Изпратено"), "yellow"),
    BillState.PAID: (_("Платено"), "green"),
    BillState.VOID: (_("Отменено"), "grey"),
    BillState.GIVEN_UP: (_("Отписано"), "red"),
}


def way_of(way: str) -> str:
    """The words for a way of paying; one that we do not know is money from the internet."""
    return str(WAYS.get(way, WAYS[STRIPE]))
