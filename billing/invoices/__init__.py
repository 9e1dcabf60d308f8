"""Invoices of the shared service, and the money that comes for them."""
