"""Recorded looks: staff open a person's data for a purpose, and the person reads who did.

When not to use it: for what everybody may read, and for data of staff at work.
"""
