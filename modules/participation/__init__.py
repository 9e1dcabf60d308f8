"""Yearly report on participation: who was heard in which way, and what came of it.

For everybody who doubts that an opinion counts, and for the mayor who has to show it. The figures
of a year that is over are counted once, by what each component tells already; what is published is
never counted anew, so nobody can take two editions from each other. It names nobody and ranks no
municipality: a larger one hears more.
"""
