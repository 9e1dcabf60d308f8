"""What editors, readers and counters fill in."""
