"""Retention: the calendar of what goes when, the dry run, the proof of each run, legal holds.

It promises that the municipality can show that what it said would go is gone, without keeping what
is gone: counts and a keyed hash. It has no switch: the duty is that of Regulation (EU) 2016/679,
art. 5(1)(e) and 5(2). It takes nothing away itself: each part does that by its own jobs.
"""
