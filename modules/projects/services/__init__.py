"""Acts upon projects, and reading of them."""
