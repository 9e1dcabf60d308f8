"""Acts upon referenda; the law's rules are pure functions, its numbers are data."""
