"""Acts and rules of votes."""
