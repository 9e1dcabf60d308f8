"""Rules of retention: calendar, dry runs, proofs."""
