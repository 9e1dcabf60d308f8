"""Rules of assembly: they raise errors, record facts, never commit."""
