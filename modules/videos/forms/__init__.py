"""Forms of videos."""
