"""Put the ways of paying, and their words for pages, into the app."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask

from obshto.billing.cashier import BillingCashier
from obshto.billing.collecting.discrepancies import told
from obshto.billing.entitlements import PlanEntitlements
from obshto.billing.gateways.bank import written_iban
from obshto.billing.gateways.collector import COLLECTOR, Collector
from obshto.billing.gateways.port import GATEWAYS, Gateway
from obshto.billing.labels import (
    BILLS,
    CHARGES,
    DISPUTES,
    INVOICES,
    REFUNDS,
    way_of,
)
from obshto.billing.sharing.formula_text import measure_of, title_of
from obshto.billing.statements.labels import DOUBTS, LINE_LISTS, LINES
from obshto.tenants.ports import CASHIER, ENTITLEMENTS


def install(app: Flask, gateways: Iterable[Gateway], collector: Collector | None = None) -> None:
    """`gateways` are those that the installation is configured for; none is a valid number."""
    app.extensions[GATEWAYS] = {gateway.slug: gateway for gateway in gateways}
    app.extensions[COLLECTOR] = collector
    app.extensions[CASHIER] = BillingCashier()
    app.extensions[ENTITLEMENTS] = PlanEntitlements()
    app.jinja_env.filters.update(
        iban=written_iban,
        way=way_of,
        line_title=title_of,
        line_measure=measure_of,
        finding=told,
    )
    states = {
        "charges": CHARGES,
        "refunds": REFUNDS,
        "disputes": DISPUTES,
        "invoices": INVOICES,
        "bills": BILLS,
        "lines": LINES,
    }
    app.jinja_env.globals.update(money_states=states, line_doubts=DOUBTS, line_lists=LINE_LISTS)
