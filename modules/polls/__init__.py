"""Polls: a municipality asks, residents answer once, everybody sees what came of it.

It promises that answers online and on paper are counted by the same rules, that a question which
has answers is never changed behind their backs, that results are told from ten answers on. It
refuses to know who answered what: not even the database links a person to an answer.
"""
