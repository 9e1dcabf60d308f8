"""Rules of the council."""
