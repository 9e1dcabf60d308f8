"""Acts and queries of courses."""
