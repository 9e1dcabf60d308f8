"""Digital centres and office hours: a computer, a room, an hour with somebody, by one press.

For anybody, with or without an account, by phone and at the counter. It promises that a time that
was given is one person's, and that it can be moved and given back by a press or a call. It refuses
to ask for a name from who just walks in. Office hours of the mayor and of departments (АПК чл. 110,
ал. 3) are a centre of the kind `office`: they are set, announced and booked by the same pages; a
part of its own would be a second copy of them.
"""
