"""The texts of a municipality's old site move in: read from its export, shown first, then made.

When not to use it: for pictures and files, which people attach by hand; nothing is ever fetched.
"""
