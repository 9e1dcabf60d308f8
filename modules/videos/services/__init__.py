"""Services of videos."""
