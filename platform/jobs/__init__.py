"""Work after the commit or by the clock, kept in PostgreSQL.

When not to use it: for what the person must see done on the next page.
"""
