"""Places of a municipality: where something is, when it is open, how one gets in.

For who asks „which pharmacy is open now“ and for the visitor who looks for the fortress. It
promises that „open now“ is computed from the hours that stand on the page, holidays included, and
that hours which nobody has confirmed for long say so. It refuses to track: no map of others is
loaded, and no person's name is kept, only the phone of the office.
"""
