"""The help desk: staff of a municipality ask the region's team, which answers, and both see it."""
