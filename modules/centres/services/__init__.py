"""Services of centres."""
