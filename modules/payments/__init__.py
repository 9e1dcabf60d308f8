"""Local taxes and fees: what is owed, by when, what is cheaper early, paid all at once or one.

For who holds a notice: its code shows what is owed without saying whose it is, so anybody may pay
for a neighbour. It promises that nothing counts as paid before the money has come, that nothing is
paid twice, that what the finance office imports changes nothing until every row is understood. It
refuses to look anybody up by a personal number, and keeps no payment details: `billing` does.
"""
