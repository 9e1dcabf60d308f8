"""Forms of warnings and of the call list."""
