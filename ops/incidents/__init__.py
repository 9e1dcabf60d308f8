"""Incidents and maintenance: told at once, at the top of every page and on a page of their own."""
