"""Forms of reports, and the words of their pages."""
