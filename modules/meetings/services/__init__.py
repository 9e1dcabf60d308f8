"""Acts upon meetings. Knows no web."""
