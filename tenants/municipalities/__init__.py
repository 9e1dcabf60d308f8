"""The municipalities: their rows, how they are found, how they join and leave."""
