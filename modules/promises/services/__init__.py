"""Acts upon promises, and how they are read."""
