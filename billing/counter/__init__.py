"""The counter: cash and cards across a table, counted at the end of the day."""
