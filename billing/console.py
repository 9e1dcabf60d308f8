"""All staff pages of money, under one roof."""

from __future__ import annotations

from obshto.billing.counter.console import console as counter
from obshto.billing.finance.books import books
from obshto.billing.finance.console import console
from obshto.billing.finance.costs import costs
from obshto.billing.finance.refund_pages import refunding
from obshto.billing.finance.setup import setup
from obshto.billing.statements.console import console as statements

__all__ = ["console"]

console.register_blueprint(counter, url_prefix="/counter")
console.register_blueprint(refunding, url_prefix="/refunds")
console.register_blueprint(books, url_prefix="/ledger")
console.register_blueprint(statements, url_prefix="/statements")
console.register_blueprint(setup, url_prefix="/setup")
console.register_blueprint(costs, url_prefix="/costs")
