"""The books of a municipality: what was posted stays posted."""
