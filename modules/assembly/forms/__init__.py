"""Forms of assembly."""
