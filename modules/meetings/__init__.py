"""Meetings of a municipality: public discussions, forums, hearings, sessions of the council.

For who wants to be there, in the hall, by video or by phone, and for who wants to find afterwards
what was decided. It promises that a change reaches everybody who said they come, and that what was
published of the minutes stays to be read. It refuses to show a question that nobody looked at.
"""
