"""What is to be paid, what has come for it."""
