"""Calendars: when a thing that repeats takes place, and iCalendar files (RFC 5545).

When not to use it: for opening hours, and for terms of the law.
"""
