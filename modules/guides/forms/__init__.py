"""Forms of editors, readers and counters."""
