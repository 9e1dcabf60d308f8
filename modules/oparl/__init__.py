"""The council for programs, by OParl 1.1: who sits in it, sessions, agendas, decisions, files.

It promises that an address stays, that a change is told by its moment, and that what was taken back
is told as deleted. It refuses to tell anything that a page of the portal does not show now, and to
guess what the standard asks and nobody here knows.
"""
