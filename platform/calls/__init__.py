"""Call lists: what staff say by phone to whom neither a letter nor an SMS reaches.

The tables are those of the parts; lists, results and pages are the same everywhere.
"""
