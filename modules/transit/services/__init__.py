"""Rules of transit."""
