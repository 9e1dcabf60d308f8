"""Files of a municipality, kept in its own schema in pieces.

When not to use it: for what the platform brings along itself, and for anything beyond 25 MB.
"""
