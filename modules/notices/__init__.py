"""Notices of a municipality: no water here from nine to four, this road is closed until Friday.

For whoever lives there: what is in force and what comes, by place, until it is over, by letter to
those who asked. It promises that who was told of something is told when it changes or is called
off. It refuses to stand for ever: each notice says until when it holds.
"""
