"""Statements of the bank: whose each transfer is, booked once it is agreed to."""
