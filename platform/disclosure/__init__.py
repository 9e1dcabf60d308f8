"""Disclosure control: which numbers about groups of people may be told without exposing anybody.

Cells below ten are hidden, and with them as many others as it takes that nobody can reckon the
hidden ones by taking sums from each other. Pure functions: they see numbers, never rows.

When not to use it: for numbers of things (reports, buses); nobody hides behind those.
"""
