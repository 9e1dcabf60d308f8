"""Proposals of citizens: one is improved, supported, decided in the law's term, and shown done.

For anybody, with or without an account, at the counter too. It promises that enough support puts a
proposal before mayor or council, and that each is answered with reasons. It refuses to name who
supports, and to name an author who does not want it.
"""
