"""Services of open data."""
