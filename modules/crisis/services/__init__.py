"""Rules of warnings, without the web."""
