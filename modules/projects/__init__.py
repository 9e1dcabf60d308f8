"""Projects of a municipality: why, where, who pays, what was promised for when, what came of it.

For who wants to know what happens with the money in their village. It promises that a date which
passed says so by itself, and that sums which do not add up say why. It refuses to publish names:
a contractor is a company, and who asked a question is not told.
"""
