"""A person's data over all parts of a municipality: taken out, or erased."""
