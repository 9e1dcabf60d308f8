"""Data sets: what a component gives away as a table that anybody may use again.

A component declares them in its manifest (`datasets`): a query without personal data, its columns,
which of them count people. `rows.py` streams one, `writers.py` writes it in a format. When not to
use it: for a list that staff export for their own work (`platform.web.file_responses`).
"""
