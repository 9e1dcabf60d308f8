"""Usefulness: whether what is published was of use to its readers, counted without them.

A page shows `useful` of `ui/useful.html`; whatever its part tells the search can be asked about.
"""
