"""News of a municipality: written by editors without training, read by everybody.

It promises that what is published is seen on the next request, that a correction is told openly,
that a removed item can come back for 30 days. It refuses to publish for somebody else: posts on
other networks are the business of feeds.
"""
