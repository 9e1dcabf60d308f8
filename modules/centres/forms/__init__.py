"""Forms of centres."""
