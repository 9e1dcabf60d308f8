"""Followers of one public thing: who asked for letters about it, and how they stop by one press.

When not to use it: for topics and places (`notify` knows those), and for who supports a thing.
"""
