"""Forms of initiatives and values of their pages."""
