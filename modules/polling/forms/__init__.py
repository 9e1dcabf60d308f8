"""Forms of polling."""
