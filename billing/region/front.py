"""What the room has on the region's hosts: pages for its team, open books for everybody."""

from __future__ import annotations

from obshto.billing.arrivals.machine import machine
from obshto.billing.collecting.webhook import hearing
from obshto.billing.region.collection_pages import collecting
from obshto.billing.region.desk import desk
from obshto.billing.region.invoice_pages import invoicing
from obshto.billing.region.open_books import open_books
from obshto.billing.region.tariffs import tariffs
from obshto.billing.region.yearly import yearly

__all__ = ["desk", "machine"]

desk.register_blueprint(tariffs, url_prefix="/costs/formula")
desk.register_blueprint(invoicing, url_prefix="/costs/invoices")
desk.register_blueprint(collecting, url_prefix="/costs/municipalities")
desk.register_blueprint(yearly, url_prefix="/costs/year")
machine.register_blueprint(hearing)
machine.register_blueprint(open_books, url_prefix="/costs")
