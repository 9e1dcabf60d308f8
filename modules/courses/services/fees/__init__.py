"""Paid courses: who pays less, what is owed for a seat, how long an unpaid seat is held."""
