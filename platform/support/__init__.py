"""Support of public things: one person counts once, however they come, and is never named.

A part gives its things by id; rows lie here, without a foreign key. When not to use it: for secret
answers (polls), and for signatures that the law wants with names.
"""
