"""Asks addresses that people typed in, without being led into our own network.

When not to use it: for servers that the operator configures, which have clients of their own.
"""
