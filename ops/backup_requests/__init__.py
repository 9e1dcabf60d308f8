"""What the team orders of the keeper: a backup now, a municipality as it was, and back."""
