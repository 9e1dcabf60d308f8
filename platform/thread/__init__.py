"""Thread of public things: what led to one and what followed, a line of stations with days.

A component declares the stations of its things (`stations` of the manifest). They are written when
a thing changes, by a before-commit hook; a page reads its whole line in one statement and asks no
component. When not to use it: for the states of a case, which its own component keeps.
"""
