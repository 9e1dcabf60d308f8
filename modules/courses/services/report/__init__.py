"""Funder's report: what a programme paid for in a year, in numbers that name nobody."""
