"""Petitions on paper: numbered sheets, rows entered from them, what each row is worth.

Columns are mixins, so each module keeps its own tables and keys. A row that does not count stays
with the reason. When not to use it: for support given online; nobody signs here by a click.
"""
