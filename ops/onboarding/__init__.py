"""A municipality comes: from a form to a living portal, and what is still missing in it."""
