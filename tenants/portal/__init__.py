"""The front pages of the region and of a municipality, with the frame around every page."""
