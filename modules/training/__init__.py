"""One paragraph about training: for whom, what it promises, what it refuses to do.

It promises that what staff publish is seen on the next request. It refuses to show citizens whom
staff turn to: that lies sealed, is forgotten when the entry is closed.
"""
