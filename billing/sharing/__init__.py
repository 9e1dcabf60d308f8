"""What the shared service costs each municipality: an open formula, fed by what was used."""
