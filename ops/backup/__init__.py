"""Backups that are proven: taken in one snapshot, restored beside, compared, swapped in."""
