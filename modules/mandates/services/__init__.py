"""Services of mandates."""
