"""Services of polling."""
