"""Bookings: times of a resource that people take, wait for, move and cancel.

A slot is computed from opening hours; its row is written and locked when somebody first books it,
so there is no arithmetic of overlaps. When not to use it: where anybody may come (a count is
enough), and for a term of law.
"""
